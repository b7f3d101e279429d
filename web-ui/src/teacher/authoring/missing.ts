/** What a question still needs before a student can answer it. The box looks more closely; this is said at once. */

import { readNumber } from "../../items/reading";
import { readStem } from "./stem";
import type { Choice, Item } from "./types";

export type Missing =
  | "stem"
  | "alt"
  | "options"
  | "same"
  | "key"
  | "number"
  | "words"
  | "gaps"
  | "pairs"
  | "objects"
  | "bins"
  | "photo"
  | "areas"
  | "line";

const full = (list: Choice[]): Choice[] => list.filter((one) => one.text.trim() !== "");
const folded = (text: string): string => text.trim().toLowerCase();
const hasTwins = (list: Choice[]): boolean => new Set(full(list).map((one) => folded(one.text))).size < full(list).length;
const isNumber = (text: string): boolean => readNumber(text) !== undefined;

/** In the order in which the fields stand. */
export function missingIn(item: Item): Missing[] {
  const found: (Missing | false)[] = [needsStem(item) && "stem", needsAlt(item) && "alt", ...missingOf(item)];
  return found.filter((one): one is Missing => one !== false);
}

function needsStem(item: Item): boolean {
  const stem = readStem(item.stem);
  // The text with gaps is the question itself.
  return item.type !== "cloze" && stem.text.trim() === "" && !stem.math?.trim() && !stem.rest.length;
}

function needsAlt(item: Item): boolean {
  const picture = readStem(item.stem).picture;
  return picture !== null && picture.alt.trim() === "";
}

function missingOf(item: Item): (Missing | false)[] {
  switch (item.type) {
    case "single":
    case "multiple": {
      const key = item.type === "single" ? [item.answer ?? ""] : item.answer;
      const named = full(item.options).filter((one) => key.includes(one.id));
      return [
        full(item.options).length < Math.max(2, item.options.length) && "options",
        hasTwins(item.options) && "same",
        named.length === 0 && "key",
      ];
    }
    case "truefalse":
      return [item.answer === undefined && "key"];
    case "number":
      return [!isNumber(item.answer.value) && "number"];
    case "short":
      return [!item.answer.accept.some((one) => one.trim() !== "") && "words"];
    case "cloze":
      return [(item.gaps.length === 0 || item.gaps.some((gap) => !isGap(gap.answer, gap.options))) && "gaps"];
    case "match":
      return [
        (item.left.length < 2 || full(item.left).length < item.left.length || full(item.right).length < item.right.length) &&
          "pairs",
        (hasTwins(item.left) || hasTwins(item.right)) && "same",
      ];
    case "order":
      return [full(item.options).length < Math.max(3, item.options.length) && "objects", hasTwins(item.options) && "same"];
    case "sort":
      return [
        full(item.bins).length < Math.max(2, item.bins.length) && "bins",
        full(item.options).length < Math.max(2, item.options.length) && "objects",
        (hasTwins(item.bins) || hasTwins(item.options)) && "same",
        full(item.options).some((one) => !item.bins.some((bin) => bin.id === item.answer[one.id])) && "key",
      ];
    case "hotspot":
      return [
        item.image === "" && "photo",
        item.image !== "" && item.alt.trim() === "" && "alt",
        (item.areas.length === 0 || item.areas.some((area) => area.label.trim() === "")) && "areas",
        item.answer.length === 0 && "key",
      ];
    case "numberline":
      return [!isLine(item.line) && "line", !isNumber(item.answer.value) && "number"];
    case "tapword":
      return [item.words.length < 2 && "words", item.answer.length === 0 && "key"];
  }
}

function isGap(answer: string | string[], options: Choice[] | undefined): boolean {
  if (options) return options.length >= 2 && options.some((one) => one.id === answer);
  return [answer].flat().some((one) => one.trim() !== "");
}

/** A line on which steps can be counted: its ends apart, its step not below nothing. */
function isLine({ from, to, step }: { from: string; to: string; step: string }): boolean {
  const [start, end, by] = [from, to, step].map((text) => (isNumber(text) ? value(text) : NaN));
  return start! < end! && by! > 0 && (end! - start!) / by! <= MOST_STEPS;
}

/** More ticks can't be told apart on a phone. */
const MOST_STEPS = 40;

function value(text: string): number {
  const [one] = readNumber(text)!.values;
  return Number(one!.top) / Number(one!.bottom);
}
