/** The pieces of a page: headings, words, lists, photos. */

import type { PageBlock } from "./types";

export type BlockKind = "heading" | "text" | "list" | "photo";

export function kindOf(block: PageBlock): BlockKind {
  if ("heading" in block) return "heading";
  if ("text" in block) return "text";
  return "list" in block ? "list" : "photo";
}

/** A piece without words. A photo has none: it comes with its picture. */
export function emptyBlock(kind: Exclude<BlockKind, "photo">): PageBlock {
  if (kind === "heading") return { heading: "" };
  return kind === "text" ? { text: "" } : { list: [] };
}

/** Words as paragraphs: an empty line begins a new one. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
