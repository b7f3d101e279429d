/** Empty questions of every kind, and one kind made from another. */

import { readStem, writeStem } from "./stem";
import type { Choice, Item, ItemOf, OwnType } from "./types";

/** In the order in which they are offered: what is made most comes first. */
export const OWN_TYPES: OwnType[] = [
  "single",
  "truefalse",
  "number",
  "short",
  "cloze",
  "multiple",
  "match",
  "order",
  "sort",
  "numberline",
  "hotspot",
  "tapword",
];

const choices = (letters: string): Choice[] => [...letters].map((id) => ({ id, text: "" }));

/** A question without words, with as many empty fields as such a question usually has. */
export function emptyItem(type: OwnType, id: string, skill: string): Item {
  const common = { id, skills: [skill], stem: [] };
  switch (type) {
    case "single":
      return { ...common, type, options: choices("abc") };
    case "multiple":
      return { ...common, type, options: choices("abcd"), answer: [] };
    case "truefalse":
      return { ...common, type };
    case "number":
      return { ...common, type, answer: { value: "" } };
    case "short":
      return { ...common, type, answer: { accept: [""] } };
    case "cloze":
      return { ...common, type, stem: [{ cloze: "" }], gaps: [] };
    case "match":
      return { ...common, type, left: pairs("l"), right: pairs("r"), answer: { l1: "r1", l2: "r2", l3: "r3" } };
    case "order":
      return { ...common, type, options: choices("abc"), answer: ["a", "b", "c"] };
    case "sort":
      return { ...common, type, bins: choices("xy"), options: choices("abcd"), answer: {} };
    case "hotspot":
      return { ...common, type, image: "", alt: "", areas: [], answer: [] };
    case "numberline":
      return { ...common, type, line: { from: "0", to: "10", step: "1" }, answer: { value: "" } };
    case "tapword":
      return { ...common, type, words: [], answer: [] };
  }
}

const pairs = (letter: string): Choice[] => ["1", "2", "3"].map((number) => ({ id: letter + number, text: "" }));

/** The same question as another kind: the stem, the help and, where both have them, what can be chosen stay. */
export function asType(item: Item, type: OwnType): Item {
  if (item.type === type) return item;
  const empty = emptyItem(type, item.id, item.skills[0] ?? "");
  const { skills, hints, solution, feedback, difficulty } = item;
  const kept = { skills, hints, solution, feedback, difficulty };
  const next = { ...empty, ...withoutGone(kept), stem: stemFor(item, type) } as Item;
  if ("options" in item && "options" in next && type !== "cloze") {
    next.options = item.options.length > 0 ? item.options : next.options;
    if (next.type === "order") next.answer = next.options.map((option) => option.id);
    if (next.type === "single" && item.type === "multiple" && item.answer.length === 1) next.answer = item.answer[0];
    if (next.type === "multiple" && item.type === "single" && item.answer) next.answer = [item.answer];
  }
  return next;
}

function stemFor(item: Item, type: OwnType) {
  if (type === "cloze") return [...item.stem, { cloze: "" }];
  const stem = readStem(item.stem);
  return writeStem({ ...stem, rest: stem.rest.filter((block) => !("cloze" in block)) });
}

/** Without members that say nothing. */
export function withoutGone<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** A copy under another name. */
export const copyOf = (item: Item, id: string): Item => ({ ...(JSON.parse(JSON.stringify(item)) as Item), id });

/** An id for one more of a list: the first letter, or number behind `start`, that is free. */
export function nextId(list: { id: string }[], start = ""): string {
  const taken = new Set(list.map((one) => one.id));
  const names = start === "" ? [..."abcdefghijklmnopqrstuvwxyz"] : [];
  for (let number = 1; names.length < 60; number += 1) names.push(`${start || "o"}${number}`);
  return names.find((name) => !taken.has(name))!;
}

/** One more thing to choose; what has an order gets it at the end. */
export function withOption<T extends ItemOf<"single" | "multiple" | "order" | "sort">>(item: T): T {
  const id = nextId(item.options);
  const options = [...item.options, { id, text: "" }];
  return item.type === "order" ? { ...item, options, answer: options.map((one) => one.id) } : { ...item, options };
}

/** One thing less to choose, also in the key. */
export function withoutOption<T extends ItemOf<"single" | "multiple" | "order" | "sort">>(item: T, id: string): T {
  const options = item.options.filter((one) => one.id !== id);
  const next = { ...item, options };
  if (next.type === "single") return next.answer === id ? { ...next, answer: undefined } : next;
  if (next.type === "sort") {
    const { [id]: _, ...answer } = next.answer;
    return { ...next, answer };
  }
  return { ...next, answer: (next.answer as string[]).filter((one) => one !== id) };
}

/** One more pair to match. */
export function withPair(item: ItemOf<"match">): ItemOf<"match"> {
  const left = nextId(item.left, "l");
  const right = nextId(item.right, "r");
  return {
    ...item,
    left: [...item.left, { id: left, text: "" }],
    right: [...item.right, { id: right, text: "" }],
    answer: { ...item.answer, [left]: right },
  };
}

export function withoutPair(item: ItemOf<"match">, left: string): ItemOf<"match"> {
  const { [left]: right, ...answer } = item.answer;
  return {
    ...item,
    left: item.left.filter((one) => one.id !== left),
    right: item.right.filter((one) => one.id !== right),
    answer,
  };
}

/** The question as it goes to the box: what is empty and not needed is left out. */
export function tidied(item: Item): Item {
  const texts = (list: string[] | undefined) => {
    const full = (list ?? []).filter((one) => one.trim() !== "");
    return full.length > 0 ? full : undefined;
  };
  const right = item.feedback?.right?.trim() ? item.feedback.right : undefined;
  const wrong = item.feedback?.wrong?.trim() ? item.feedback.wrong : undefined;
  return withoutGone({
    ...item,
    hints: texts(item.hints),
    solution: item.solution && item.solution.length > 0 ? item.solution : undefined,
    feedback: right || wrong ? withoutGone({ right, wrong }) : undefined,
  });
}

/** Whether nobody has written anything in it. */
export function isBlank(item: Item): boolean {
  return (
    JSON.stringify(tidied({ ...item, difficulty: undefined })) ===
    JSON.stringify(tidied(emptyItem(item.type, item.id, item.skills[0] ?? "")))
  );
}
