/** The stem of a question as a teacher writes it: words, and at most one sum, picture or drawing. */

import type { Block, Drawing } from "../../items/types";

export interface StemParts {
  /** Paragraphs, one a line. */
  text: string;
  /** One line of arithmetic, large. */
  math: string | null;
  picture: { image: string; alt: string } | null;
  drawing: Drawing | null;
  /** What the editor has no field for stays as it is, below the rest. */
  rest: Block[];
}

export function readStem(stem: Block[]): StemParts {
  const parts: StemParts = { text: "", math: null, picture: null, drawing: null, rest: [] };
  const lines: string[] = [];
  for (const block of stem) {
    if (typeof block === "string") lines.push(block);
    else if ("p" in block) lines.push(block.p);
    else if ("math" in block && parts.math === null) parts.math = block.math;
    else if ("image" in block && !parts.picture) parts.picture = { image: block.image, alt: block.alt };
    else if ("drawing" in block && !parts.drawing) parts.drawing = block;
    else parts.rest.push(block);
  }
  return { ...parts, text: lines.join("\n") };
}

export function writeStem({ text, math, picture, drawing, rest }: StemParts): Block[] {
  const paragraphs = readParagraphs(text);
  return [
    ...paragraphs,
    ...(math === null ? [] : [{ math }]),
    ...(picture ? [picture] : []),
    ...(drawing ? [drawing] : []),
    ...rest,
  ];
}

/** Lines as paragraphs. While somebody types, a blank at the end and a new line must stay. */
export function readParagraphs(text: string): { p: string }[] {
  return text === "" ? [] : text.split("\n").map((p) => ({ p }));
}

/** The words of blocks, for a list of questions. */
export function wordsOf(stem: Block[]): string {
  const words = stem.map((block) => {
    if (typeof block === "string") return block;
    if ("p" in block) return block.p;
    if ("math" in block) return block.math;
    if ("cloze" in block) return block.cloze.replace(/\{\{.*?\}\}/g, "…");
    return "";
  });
  return words
    .join(" ")
    .replace(/\*\*(.+?)\*\*|\*(.+?)\*|\[\[(.+?)\]\]/g, "$1$2$3")
    .trim();
}

/** What a new drawing shows before anybody chose. */
export function emptyDrawing(name: Drawing["drawing"]): Drawing {
  switch (name) {
    case "base-ten":
      return { drawing: name, value: 24 };
    case "ten-frame":
      return { drawing: name, value: 7 };
    case "array":
      return { drawing: name, rows: 3, columns: 4 };
    case "fraction-bar":
    case "fraction-circle":
      return { drawing: name, parts: 4, shaded: 3 };
    case "number-line":
      return { drawing: name, from: "0", to: "10", step: "1" };
  }
}
