/** The ticks and labels of a number line, in exact fractions. */

import { type Fraction, add, compare, divide, equal, multiply, subtract, toNumber, whole, write } from "./number";
import { numeral } from "./reading";
import type { Line } from "./types";

export interface Tick {
  value: Fraction;
  /** Where it stands, from 0 at the start of the line to 1 at its end. */
  at: number;
  /** Undefined for a tick without a number. */
  label: string | undefined;
}

const MOST_TICKS = 100;
/** Width of the line and of one digit under it, in the units of the drawing. */
const ROOM = 320;
const DIGIT = 9;

/**
 * The ticks of a line. Those in `labels` have a number; without it both ends and every step have one, or every second,
 * fifth … where they would not fit.
 */
export function ticksOf(line: Line): Tick[] {
  const [from, to, step] = [numeral(line.from), numeral(line.to), numeral(line.step)];
  const span = subtract(to, from);
  if (compare(span, whole(0)) <= 0 || compare(step, whole(0)) <= 0) return [];
  const count = Math.min(MOST_TICKS, Math.floor(toNumber(divide(span, step))));
  const every = labelEvery(count, longest([from, add(from, multiply(step, whole(1))), to], line.step));
  const listed = line.labels?.map(numeral);
  const ticks: Tick[] = [];
  for (let i = 0; i <= count; i += 1) {
    const value = add(from, multiply(step, whole(i)));
    const end = i === 0 || equal(value, to);
    const shown = listed
      ? listed.some((one) => equal(one, value))
      : end || (i % every === 0 && toNumber(divide(subtract(to, value), step)) >= every / 2);
    ticks.push({ value, at: share(value, from, span), label: shown ? writeLike(value, line.step) : undefined });
  }
  const last = ticks[ticks.length - 1];
  if (last && !equal(last.value, to)) ticks.push({ value: to, at: 1, label: writeLike(to, line.step) });
  return ticks;
}

const share = (value: Fraction, from: Fraction, span: Fraction): number =>
  toNumber(divide(subtract(value, from), span));

/** The smallest friendly jump between labels that keeps them apart. */
function labelEvery(count: number, digits: number): number {
  const most = Math.floor(ROOM / (DIGIT * digits + 8));
  for (const every of [1, 2, 5, 10, 20]) if (count / every < most) return every;
  return 50;
}

/** Digits in the widest label; a stacked fraction is as wide as its longer half. */
function longest(values: Fraction[], step: string): number {
  return Math.max(
    ...values.map((value) =>
      Math.max(
        ...writeLike(value, step)
          .split("/")
          .map((half) => half.length),
      ),
    ),
  );
}

/** Writes a value in the manner of the step: fractions of the same parts for `1/4`, decimals for `0.25`. */
export function writeLike(value: Fraction, step: string): string {
  const parts = /[/⁄]\s*(\d+)\s*$/.exec(String(step));
  if (!parts || value.bottom === whole(1).top) return write(value).replace("-", "−");
  const bottom = BigInt(parts[1] ?? "1");
  if (bottom % value.bottom !== BigInt(0)) return write(value).replace("-", "−");
  return `${(value.top * bottom) / value.bottom}/${bottom}`.replace("-", "−");
}
