/** Lists that are typed as lines of one field: the fastest way on a phone. */

import { nextId } from "./skeleton";
import type { Choice, ItemOf } from "./types";

export const readLines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The lines as they are kept, for telling whether a field shows what is kept. */
export const tidyLines = (text: string): string => readLines(text).join("\n");

export const choiceLines = (list: Choice[]): string =>
  list
    .map((one) => one.text)
    .filter((text) => text !== "")
    .join("\n");

/** Things named line by line. One that was there keeps its id: by its words, else by its place. */
export function readChoices(text: string, before: Choice[], taken: Choice[] = before): Choice[] {
  const lines = readLines(text);
  const left = [...before];
  const known = lines.map((line) => {
    const at = left.findIndex((one) => one.text === line);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  const made: Choice[] = [];
  lines.forEach((line, place) => {
    const same = known[place] ?? takeAt(left, before[place]);
    made.push(same ? { ...same, text: line } : { id: nextId([...taken, ...before, ...made]), text: line });
  });
  return made;
}

function takeAt(left: Choice[], wanted: Choice | undefined): Choice | undefined {
  const at = wanted ? left.indexOf(wanted) : -1;
  return at < 0 ? undefined : left.splice(at, 1)[0];
}

/** Things in the right order. */
export function withOrder(item: ItemOf<"order">, text: string): ItemOf<"order"> {
  const options = readChoices(text, item.options);
  return { ...item, options, answer: options.map((one) => one.id) };
}

/** What belongs into one bin. */
export const inBin = (item: ItemOf<"sort">, bin: string): Choice[] =>
  item.options.filter((one) => item.answer[one.id] === bin && one.text !== "");

export function withBin(item: ItemOf<"sort">, bin: string, text: string): ItemOf<"sort"> {
  const others = item.options.filter((one) => item.answer[one.id] !== undefined && item.answer[one.id] !== bin);
  const mine = readChoices(text, inBin(item, bin), item.options);
  const answer: Record<string, string> = {};
  for (const one of others) answer[one.id] = item.answer[one.id]!;
  for (const one of mine) answer[one.id] = bin;
  // In the order of the bins; students see them mixed.
  const options = item.bins.reduce<Choice[]>((all, { id }) => {
    const here = id === bin ? mine : others.filter((one) => answer[one.id] === id);
    return [...all, ...here];
  }, []);
  return { ...item, options, answer };
}

/** One bin less, with what was in it. */
export function withoutBin(item: ItemOf<"sort">, bin: string): ItemOf<"sort"> {
  const emptied = withBin(item, bin, "");
  return { ...emptied, bins: emptied.bins.filter((one) => one.id !== bin) };
}
