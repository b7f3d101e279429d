/** A sentence whose words are tapped, and lists that are typed as lines. */

import type { ItemOf } from "./types";

type Words = Pick<ItemOf<"tapword">, "words" | "answer">;

/** The words of a sentence. A word that is right stays right when the sentence changes around it. */
export function readWords(sentence: string, before: Words): Words {
  const right = before.words.filter((word) => before.answer.includes(word.id)).map((word) => word.text);
  const words = sentence
    .split(/\s+/)
    .filter(Boolean)
    .map((text, at) => ({ id: `w${at + 1}`, text }));
  const answer: string[] = [];
  for (const word of words) {
    const at = right.indexOf(word.text);
    if (at < 0) continue;
    right.splice(at, 1);
    answer.push(word.id);
  }
  return { words, answer: sameCountLater(words, before, answer) };
}

/** Of a word that occurs twice the one at its old place stays right. */
function sameCountLater(words: Words["words"], before: Words, answer: string[]): string[] {
  const unchanged = words.length === before.words.length && words.every((word, at) => word.text === before.words[at]!.text);
  return unchanged ? before.answer : answer;
}

export const sentenceOf = ({ words }: Words): string => words.map((word) => word.text).join(" ");

/** Ids in the order of a list, so that a key reads as the question does. */
export function toggledIn<T extends { id: string }>(list: T[], picked: string[], id: string): string[] {
  const next = picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id];
  return list.filter((one) => next.includes(one.id)).map((one) => one.id);
}
