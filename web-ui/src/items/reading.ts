/**
 * Numbers as people write them, in any script: the rules of "Numbers" in the format page's section on marking, and the
 * twin of the box's own reader.
 */

import { type Fraction, ZERO, add, asciiDigits, fraction, gcd, tenTo } from "./number";

/** A number as it was written: what it can mean, and what its form tells. */
export interface Written {
  /** One value, or two where `1,234` can be read by the custom of two countries. */
  values: Fraction[];
  percent: boolean;
  /** Whether it is a whole number or a fraction in lowest terms, and so answers a question for the simplest form. */
  simplest: boolean;
}

const MOST_DIGITS = 18;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FULL_WIDTH: Record<string, string> = {
  "．": ".",
  "，": ",",
  "／": "/",
  "％": "%",
  "－": "-",
  "＋": "+",
  "،": ",",
  "٪": "%",
};
const READY_MADE = /[¼½¾⅐-⅞]/g;
const PARTS = /^(?:(\d+)\s+)?(\d+)\s*[/⁄∕]\s*(\d+)$/;
const GROUP_MARKS = /^(?:\s|['’٬,.])$/;

/** Reads a number; undefined when the text is none. */
export function readNumber(text: string): Written | undefined {
  const plain = asciiDigits(text)
    .replace(DIRECTION_MARKS, "")
    .replace(/[．，／％－＋،٪]/g, (mark) => FULL_WIDTH[mark] ?? mark)
    .replace(READY_MADE, (mark) => ` ${mark.normalize("NFKC")}`)
    .trim();
  if (plain.replace(/\D/g, "").length > MOST_DIGITS) return undefined;
  const found = /^([-+−–‐]?)\s*(.*?)\s*(%?)$/.exec(plain);
  if (!found) return undefined;
  const [, sign, body = "", percent] = found;
  const read = readParts(body) ?? readDecimal(body);
  if (!read) return undefined;
  const negative = sign !== "" && sign !== "+";
  return {
    values: negative ? read.values.map(({ top, bottom }) => ({ top: -top, bottom })) : read.values,
    percent: percent === "%",
    simplest: read.simplest,
  };
}

type Read = Pick<Written, "values" | "simplest">;

function readParts(body: string): Read | undefined {
  const found = PARTS.exec(body);
  if (!found) return undefined;
  const top = BigInt(found[2] ?? "0");
  const bottom = BigInt(found[3] ?? "0");
  if (bottom === ZERO) return undefined;
  const proper = found[1] === undefined || top < bottom;
  const units = fraction(BigInt(found[1] ?? "0"));
  return { values: [add(units, fraction(top, bottom))], simplest: proper && gcd(top, bottom) === BigInt(1) };
}

function readDecimal(body: string): Read | undefined {
  const groups = body.split(/\D/u);
  const marks: string[] = body.match(/\D/gu) ?? [];
  const last = marks[marks.length - 1];
  const decimal = last === "٫" || ((last === "," || last === ".") && marks.indexOf(last) === marks.length - 1);
  const places = decimal ? (groups.pop() ?? "") : "";
  const groupMarks = decimal ? marks.slice(0, -1) : marks;
  if (!wellGrouped(groups, groupMarks)) return undefined;
  const units = groups.join("");
  if (units + places === "") return undefined;
  const value = fraction(BigInt(units + places), tenTo(places.length));
  const doubtful =
    decimal && last !== "٫" && groupMarks.length === 0 && places.length === 3 && /^[1-9]\d{0,2}$/.test(units);
  return {
    values: doubtful ? [value, fraction(BigInt(units + places))] : [value],
    simplest: value.bottom === BigInt(1),
  };
}

/** Groups of three (of two in the middle, as in 12,34,567), with one kind of mark between them. */
function wellGrouped(groups: string[], marks: string[]): boolean {
  if (marks.length === 0) return true;
  const kind = markKind(marks[0]);
  return (
    marks.every((mark) => GROUP_MARKS.test(mark) && markKind(mark) === kind) &&
    groups.every((group, place) => {
      if (place === 0) return group.length >= 1 && group.length <= 3;
      return group.length === 3 || (group.length === 2 && place < groups.length - 1);
    })
  );
}

function markKind(mark: string | undefined): string | undefined {
  return mark === "’" ? "'" : /^\s$/.test(mark ?? "") ? " " : mark;
}

/** The value of a number of a pack (`12`, `"3/4"`); 0 when it cannot be read, which lint would have refused. */
export function numeral(value: string): Fraction {
  const written = readNumber(value);
  const read = written?.values[0] ?? { top: ZERO, bottom: BigInt(1) };
  return written?.percent ? fraction(read.top, read.bottom * BigInt(100)) : read;
}
