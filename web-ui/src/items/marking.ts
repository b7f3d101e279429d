/**
 * Marking on the tablet, for feedback at once. The box marks every answer again by the same rules, and
 * `tests/fixtures/marking.json` holds both to the section "Marking" of the format page.
 */

import { type Fraction, ZERO, asciiDigits, compare, fraction, subtract } from "./number";
import { type Written, numeral, readNumber } from "./reading";
import type { Gap, Mark, Response, Variant, VariantOf } from "./types";

type Answers = Record<string, string>;

/** Whether every part of the question has an answer, so that it may be handed in. */
export function isComplete(variant: Variant, value: Response): boolean {
  if (value === null) return false;
  switch (variant.type) {
    case "single":
      return value !== "";
    case "truefalse":
      return typeof value === "boolean";
    case "number":
      return readWithUnit(value, variant.unit) !== undefined;
    case "numberline":
      return readWithUnit(value, undefined) !== undefined;
    case "short":
      return typeof value === "string" && value.trim() !== "";
    case "multiple":
    case "hotspot":
    case "tapword":
      return picks(value).length > 0;
    case "order":
      return picks(value).length === variant.options.length;
    case "cloze":
      return variant.gaps.every((gap) => isFilled(gap, answers(value)[gap.id]));
    case "match":
      return variant.left.every((option) => answers(value)[option.id]);
    case "sort":
      return variant.options.every((option) => answers(value)[option.id]);
  }
}

function isFilled(gap: Gap, text: string | undefined): boolean {
  if (gap.kind === "number") return readWithUnit(text ?? null, undefined) !== undefined;
  return text !== undefined && text.trim() !== "";
}

/** Marks a response; without a key (in a running check) nothing is right. */
export function mark(variant: Variant, response: Response): Mark {
  const score = scoreOf(variant, response);
  const right = score === 1;
  const told = right ? undefined : wordsFor(variant, response);
  return {
    score,
    right,
    ...(told?.misconception ? { misconception: told.misconception } : {}),
    ...(told?.feedback ? { feedback: told.feedback } : {}),
  };
}

function scoreOf(variant: Variant, response: Response): number {
  if (response === null) return 0;
  switch (variant.type) {
    case "single":
    case "truefalse":
      return variant.answer !== undefined && response === variant.answer ? 1 : 0;
    case "number":
      return numberRight(variant, response) ? 1 : 0;
    case "numberline":
      return numberNear(variant.answer?.value, variant.answer?.tolerance, readWithUnit(response, undefined)) ? 1 : 0;
    case "short":
      return shortRight(variant.answer?.accept, variant.answer ?? {}, response) ? 1 : 0;
    case "multiple":
      return pickScore(variant.answer, picks(response), variant.options.length);
    case "hotspot":
      return pickScore(variant.answer, picks(response), variant.areas.length);
    case "tapword":
      return pickScore(variant.answer, picks(response), variant.words.length);
    case "order":
      return orderScore(variant.answer, picks(response));
    case "cloze":
    case "match":
    case "sort":
      return shareScore(variant, response);
  }
}

/**
 * Which answered parts are right, by id: options that were picked, gaps, objects, places. Parts without an answer are
 * absent, and so is everything when the key is not there.
 */
export function partsRight(variant: Variant, response: Response): Record<string, boolean> {
  const parts: Record<string, boolean> = {};
  if (response === null) return parts;
  switch (variant.type) {
    case "single":
    case "truefalse":
    case "number":
    case "numberline":
    case "short":
      if (variant.answer !== undefined) parts[String(response)] = scoreOf(variant, response) === 1;
      return parts;
    case "multiple":
    case "hotspot":
    case "tapword":
      for (const id of picks(response)) if (variant.answer) parts[id] = variant.answer.includes(id);
      return parts;
    case "order":
      picks(response).forEach((id, place) => {
        if (variant.answer) parts[id] = variant.answer[place] === id;
      });
      return parts;
    case "cloze":
      for (const gap of variant.gaps) {
        const text = answers(response)[gap.id];
        if (text !== undefined && gap.answer !== undefined) parts[gap.id] = gapRight(gap, text);
      }
      return parts;
    case "match":
    case "sort":
      for (const [id, key] of Object.entries(variant.answer ?? {})) {
        const given = answers(response)[id];
        if (given !== undefined) parts[id] = given === key;
      }
      return parts;
  }
}

function shareScore(variant: VariantOf<"cloze" | "match" | "sort">, response: Response): number {
  const ids = variant.type === "cloze" ? variant.gaps.map((gap) => gap.id) : Object.keys(variant.answer ?? {});
  const unknown = Object.keys(answers(response)).filter((id) => !ids.includes(id)).length;
  const right = Object.values(partsRight(variant, response)).filter(Boolean).length;
  return ids.length === 0 ? 0 : right / (ids.length + unknown);
}

function pickScore(key: string[] | undefined, picked: string[], count: number): number {
  if (!key || key.length === 0) return 0;
  const right = new Set(picked.filter((id) => key.includes(id))).size;
  const everything = new Set(picked).size === count && key.length < count;
  return everything ? 0 : Math.max(0, right - (picked.length - right)) / key.length;
}

function orderScore(key: string[] | undefined, given: string[]): number {
  if (!key || new Set(given).size < given.length || given.some((id) => !key.includes(id))) return 0;
  const pairs = key.slice(1).map((second, place) => [given.indexOf(key[place] ?? ""), given.indexOf(second)] as const);
  if (pairs.length === 0) return given.length === 1 ? 1 : 0;
  return pairs.filter(([first, second]) => first >= 0 && second > first).length / pairs.length;
}

function readWithUnit(response: Response, unit: string | undefined): Written | undefined {
  if (typeof response !== "string") return undefined;
  const text = response.trim();
  const bare = unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
  return readNumber(bare);
}

/** Whether one reading of a written number is within `tolerance` of a key. */
function numberNear(key: string | undefined, tolerance: string | undefined, written: Written | undefined): boolean {
  if (key === undefined || !written) return false;
  const wanted = readNumber(key);
  if (!wanted || (written.percent && !wanted.percent)) return false;
  const target = numeral(key);
  const most = numeral(tolerance ?? "0");
  return written.values.some((value) => {
    const meant = written.percent ? fraction(value.top, value.bottom * BigInt(100)) : value;
    return compare(distance(meant, target), most) <= 0;
  });
}

function distance(a: Fraction, b: Fraction): Fraction {
  const difference = subtract(a, b);
  return difference.top < ZERO ? { top: -difference.top, bottom: difference.bottom } : difference;
}

function numberRight(variant: VariantOf<"number">, response: Response): boolean {
  const key = variant.answer;
  const written = readWithUnit(response, variant.unit);
  if (!key || !numberNear(key.value, key.tolerance, written)) return false;
  return !key.simplest || written?.simplest === true;
}

interface Comparing {
  caseMatters?: boolean;
  accentsMatter?: boolean;
}

const LONGEST_SHORT = 1000;
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;

/** Brings a short answer into the form in which answers are compared. */
export function foldShort(text: string, { caseMatters, accentsMatter }: Comparing): string {
  let folded = asciiDigits(text.normalize("NFKC").replace(INVISIBLE, "").replace(/[‘’ʼ]/g, "'"));
  if (!caseMatters) folded = folded.toLowerCase();
  if (!accentsMatter) folded = folded.normalize("NFD").replace(ACCENTS, "");
  return folded
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(.)[.。।۔]$/u, "$1")
    .trim();
}

function shortRight(accept: string[] | undefined, comparing: Comparing, response: Response): boolean {
  if (!accept || typeof response !== "string" || response.length > LONGEST_SHORT) return false;
  const given = foldShort(response, comparing);
  return given !== "" && accept.some((accepted) => foldShort(accepted, comparing) === given);
}

function gapRight(gap: Gap, text: string): boolean {
  const key = gap.answer;
  if (gap.kind === "choice") return text === key;
  if (gap.kind === "number") return !Array.isArray(key) && numberNear(key, undefined, readWithUnit(text, undefined));
  return shortRight(Array.isArray(key) ? key : [String(key)], {}, text);
}

interface Words {
  feedback?: string;
  misconception?: string;
}

/** The author's words that fit a wrong response, by the rules of the format page. */
function wordsFor(variant: Variant, response: Response): Words | undefined {
  const list = wrongParts(variant, response);
  return list.find((words) => words && (words.feedback || words.misconception));
}

function wrongParts(variant: Variant, response: Response): (Words | undefined)[] {
  const parts = partsRight(variant, response);
  const given = answers(response);
  switch (variant.type) {
    case "single":
      return variant.options.filter((option) => option.id === response);
    case "multiple":
      return picks(response)
        .filter((id) => parts[id] === false)
        .map((id) => variant.options.find((option) => option.id === id));
    case "match":
      return variant.left
        .filter((option) => parts[option.id] === false)
        .map((option) => variant.right.find((right) => right.id === given[option.id]));
    case "sort":
      return variant.options.filter((option) => parts[option.id] === false);
    case "cloze":
      return variant.gaps
        .filter((gap) => gap.kind === "choice" && parts[gap.id] === false)
        .map((gap) => gap.options?.find((option) => option.id === given[gap.id]));
    case "number":
      return (variant.mistakes ?? []).filter((mistake) =>
        numberNear(mistake.value, undefined, readWithUnit(response, variant.unit)),
      );
    case "short":
      return (variant.mistakes ?? []).filter((mistake) => shortRight([mistake.value], variant.answer ?? {}, response));
    default:
      return [];
  }
}

/** The list of ids in a response, or none where it is something else. What is no text counts as an unknown id. */
export function picks(response: Response): string[] {
  return Array.isArray(response) ? response.map((id) => (typeof id === "string" ? id : "")) : [];
}

/** The answers by part in a response, or none where it is something else. */
export function answers(response: Response): Answers {
  return typeof response === "object" && !Array.isArray(response) && response !== null ? response : {};
}
