/** Which keys a question's keypad needs, and what may be typed into a number. */

import { formatNumber } from "../i18n";
import type { KeypadKeys } from "./Keypad";
import type { Variant } from "./types";

/** The longest number that anyone has to type. */
const LONGEST = 24;
const DECIMAL = /\p{Nd}([.,٫])\p{Nd}/u;
const ARABIC_ZERO = 0x660;
const PERSIAN_ZERO = 0x6f0;

/**
 * Chooses the keys from what the question shows and, where it is there, from its key. A running check has no key, so
 * it gets all of them: a key too many does no harm, a key too few makes a question impossible.
 */
export function keysFor(variant: Variant): KeypadKeys {
  const shown = JSON.stringify([variant.stem, "unit" in variant ? variant.unit : ""]);
  const wanted = keyTexts(variant);
  const all = wanted.length === 0;
  const text = [shown, ...wanted].join(" ");
  const zero = zeroOf(shown);
  return {
    point: all || DECIMAL.test(text) ? pointOf(shown, zero) : undefined,
    minus:
      all || /(?:^|[^\p{Nd}\p{L})\s]\s*)[-−]\p{Nd}/u.test(wanted.join(" ")) || /(?:^|[\s("])[-−]\p{Nd}/u.test(shown),
    slash: all || /\p{Nd}\s*[/⁄]\s*\p{Nd}|fraction-/u.test(text),
    space: /\p{Nd} \p{Nd}+[/⁄]\p{Nd}/u.test(text),
    percent: /\p{Nd}\s*%/u.test(text),
    zero,
  };
}

/** The keys and known mistakes of number answers, as written; empty when the key is not there. */
function keyTexts(variant: Variant): string[] {
  if (variant.type === "number") {
    if (!variant.answer) return [];
    return [variant.answer.value, ...(variant.mistakes ?? []).map((mistake) => mistake.value)].map(String);
  }
  if (variant.type === "cloze") {
    return variant.gaps
      .filter((gap) => gap.kind === "number" && gap.answer !== undefined)
      .map((gap) => String(gap.answer));
  }
  return [];
}

/** The decimal mark that the question itself uses, else that of its script, else that of the interface. */
function pointOf(shown: string, zero: number): string {
  const used = DECIMAL.exec(shown)?.[1];
  if (used) return used;
  if (zero === ARABIC_ZERO || zero === PERSIAN_ZERO) return "٫";
  const customary = formatNumber(0.5).replace(/\p{Nd}/gu, "");
  return customary === "," ? "," : ".";
}

/** The zero of the script whose digits a text uses first; that of ASCII when it has no digits. */
function zeroOf(text: string): number {
  const digit = /(?![0-9])\p{Nd}/u.exec(text.replace(/"\w+":/g, ""))?.[0];
  if (!digit) return 48;
  let code = digit.codePointAt(0) ?? 48;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - 1))) code -= 1;
  return code;
}

/** Keeps what can be part of a number, and not more of it than fits. */
export function cleanNumber(text: string): string {
  return text
    .replace(/[^\p{Nd}.,٫/⁄%'’\s−-]/gu, "")
    .replace(/^\s+/, "")
    .slice(0, LONGEST);
}
