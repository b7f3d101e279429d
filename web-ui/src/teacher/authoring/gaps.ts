/**
 * A text with gaps as a teacher types it: `The sky is [blue] and grass is [green / light green].` What is right stands in
 * brackets; `/` parts several right words, `|` makes it a gap to choose in, the right word first. A number is a gap for
 * numbers. Fractions keep their double brackets.
 */

import { readNumber } from "../../items/reading";
import type { Block } from "../../items/types";
import type { Choice, ItemOf, OwnGap } from "./types";

const GAP = /(\[\[.*?\]\])|\[([^[\]]*)\]/g;

/** The text and its gaps as a pack has them; gaps are numbered in the order in which they stand. */
export function readGaps(text: string): { cloze: string; gaps: OwnGap[] } {
  const gaps: OwnGap[] = [];
  const cloze = text.replace(GAP, (whole, fraction: string | undefined, inner: string) => {
    if (fraction !== undefined) return whole;
    const id = String(gaps.length + 1);
    gaps.push(gapOf(id, inner));
    return `{{${id}}}`;
  });
  return { cloze, gaps };
}

function gapOf(id: string, inner: string): OwnGap {
  if (inner.includes("|")) {
    const options = inner.split("|").map((text, at): Choice => ({ id: optionId(at), text: text.trim() }));
    return { id, kind: "choice", answer: options[0]!.id, options: options.filter((one) => one.text !== "") };
  }
  if (readNumber(inner.trim())) return { id, kind: "number", answer: inner.trim() };
  const accept = inner.split("/").map((one) => one.trim());
  return { id, kind: "short", answer: accept.filter((one) => one !== "") };
}

const optionId = (at: number): string => "abcdefghijklmnopqrstuvwxyz"[at] ?? `z${at}`;

/** The text of gaps back as it is typed. */
export function writeGaps(cloze: string, gaps: OwnGap[]): string {
  return cloze.replace(/\{\{\s*(.+?)\s*\}\}/g, (whole, id: string) => {
    const gap = gaps.find((one) => one.id === id);
    return gap ? `[${innerOf(gap)}]` : whole;
  });
}

function innerOf({ kind, answer, options = [] }: OwnGap): string {
  if (kind !== "choice") return [answer].flat().join(" / ");
  const first = options.filter((one) => one.id === answer);
  return [...first, ...options.filter((one) => one.id !== answer)].map((one) => one.text).join(" | ");
}

/** The text of a question with gaps. */
export function clozeText(item: ItemOf<"cloze">): string {
  const block = item.stem.find((one): one is { cloze: string } => typeof one !== "string" && "cloze" in one);
  return writeGaps(block?.cloze ?? "", item.gaps);
}

/** The question with another text; what else stands in its stem stays above. */
export function withClozeText(item: ItemOf<"cloze">, text: string): ItemOf<"cloze"> {
  const { cloze, gaps } = readGaps(text);
  const rest = item.stem.filter((one: Block) => typeof one === "string" || !("cloze" in one));
  return { ...item, stem: [...rest, { cloze }], gaps };
}

/** The text with brackets round what is marked, and where the cursor goes: behind them, or into them when they are empty. */
export function bracketed(text: string, from: number, to: number): { text: string; cursor: number } {
  const inner = text.slice(from, to);
  const word = inner.trim();
  const start = from + inner.indexOf(word);
  const after = start + word.length;
  return { text: `${text.slice(0, start)}[${word}]${text.slice(after)}`, cursor: word === "" ? start + 1 : after + 2 };
}
