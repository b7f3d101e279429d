/** Splits a paragraph into what is shown: words, bold, italic, fractions, and runs of arithmetic. */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic"; parts: Inline[] }
  | { kind: "fraction"; sign: string; whole: string; top: string; bottom: string }
  /** Arithmetic inside a sentence; it stays left to right in any script. */
  | { kind: "run"; text: string };

const FRACTION = /^\s*([-−]?)\s*(?:(\S+)\s+)?([^\s/⁄]+)\s*[/⁄]\s*([^\s/⁄]+)\s*$/u;
const MARKED = /\*\*(.+?)\*\*|\*(.+?)\*|\[\[(.+?)\]\]/u;

// A signed number, or numbers joined by signs of arithmetic. A lone unsigned number needs no care.
const NUMBER = String.raw`\p{Nd}+(?:[.,٫/⁄]\p{Nd}+)*%?`;
const TERM = String.raw`(?:[-−]?${NUMBER}|_+|\?|\{\{[^}]+\}\})`;
const SIGN = String.raw`\s*[-+−×÷·*/=<>≤≥≠:]\s*`;
const RUN = new RegExp(String.raw`(?<![\p{L}\p{Nd}])(?:${TERM}(?:${SIGN}${TERM})+(?:\s*=)?|[-−]${NUMBER})`, "gu");

/** Reads `3/4`, `-3/4` or `2 3/4`; undefined when it is none of them. */
export function readFraction(text: string): Extract<Inline, { kind: "fraction" }> | undefined {
  const found = FRACTION.exec(text);
  if (!found) return undefined;
  return {
    kind: "fraction",
    sign: found[1] ? "−" : "",
    whole: found[2] ?? "",
    top: found[3] ?? "",
    bottom: found[4] ?? "",
  };
}

/** Splits a paragraph of a pack into its inline parts. */
export function readInline(text: string): Inline[] {
  const found = MARKED.exec(text);
  if (!found) return readRuns(text);
  const before = readRuns(text.slice(0, found.index));
  const after = readInline(text.slice(found.index + found[0].length));
  const [whole, bold, italic, inner] = found;
  if (bold !== undefined) return [...before, { kind: "bold", parts: readInline(bold) }, ...after];
  if (italic !== undefined) return [...before, { kind: "italic", parts: readInline(italic) }, ...after];
  const fraction = readFraction(inner ?? "");
  return [...before, fraction ?? { kind: "text", text: whole }, ...after];
}

function readRuns(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  RUN.lastIndex = 0; // a loop of exec, because Chrome 70 has no matchAll
  for (let found = RUN.exec(text); found; found = RUN.exec(text)) {
    if (found.index > from) parts.push({ kind: "text", text: text.slice(from, found.index) });
    parts.push({ kind: "run", text: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

export type MathPart = { kind: "text"; text: string } | { kind: "blank" } | Extract<Inline, { kind: "fraction" }>;

/** Splits one line of arithmetic: `3/4` without spaces is a fraction, `_` a blank. */
export function readMath(line: string): MathPart[] {
  const parts: MathPart[] = [];
  for (const piece of line.split(/(\[\[.+?\]\]|[^\s()=+×÷·<>≤≥_/⁄−-]+[/⁄][^\s()=+×÷·<>≤≥_/⁄−-]+|_+)/u)) {
    if (piece === "") continue;
    const bare = piece.startsWith("[[") ? piece.slice(2, -2) : piece;
    const fraction = readFraction(bare);
    if (/^_+$/.test(piece)) parts.push({ kind: "blank" });
    else parts.push(fraction ?? { kind: "text", text: piece });
  }
  return parts;
}

/** Whether a text is arithmetic only (no letters), and so belongs left to right in any script. */
export function isArithmetic(text: string): boolean {
  const bare = text.replace(/\{\{[^}]*\}\}/g, "").replace(/[*[\]]/g, "");
  return /\p{Nd}/u.test(bare) && !/\p{L}/u.test(bare);
}

/** Splits a text at the gaps of a cloze: what is shown at even places, the ids of gaps at odd ones. */
export const splitGaps = (text: string): string[] => text.split(/\{\{\s*(.+?)\s*\}\}/);

/** The words of a text without its marks, for labels that a screen reader speaks. */
export function plainText(text: string): string {
  return text.replace(/\*\*(.+?)\*\*|\*(.+?)\*|\[\[(.+?)\]\]/gu, "$1$2$3");
}
