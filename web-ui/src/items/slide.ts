/** Where a mark may stand on a number line, and how taps and keys move it. All places are exact. */

import { type Fraction, add, divide, multiply, subtract, toNumber, whole } from "./number";
import { numeral } from "./reading";
import type { Line } from "./types";

/** Parts of a step on which a mark may stand between two ticks. */
const FINE = 10;
/** A tap this near to a tick, in units of the drawing, means the tick. */
const MAGNET = 9;

export interface Scale {
  from: Fraction;
  span: Fraction;
  /** The number of places a mark can move to, counted from 0 at the start of the line. */
  places: number;
}

/** The places of a line: ten to a step, so that a student may also mark what lies between two ticks. */
export function scaleOf(line: Line): Scale {
  const [from, to, step] = [numeral(line.from), numeral(line.to), numeral(line.step)];
  const span = subtract(to, from);
  const steps = step.top > whole(0).top ? Math.max(1, Math.round(toNumber(divide(span, step)))) : 1;
  return { from, span, places: steps * FINE };
}

export const valueAt = ({ from, span, places }: Scale, place: number): Fraction =>
  add(from, multiply(span, divide(whole(place), whole(places))));

/** The place nearest to a value. */
export const placeOf = ({ from, span, places }: Scale, value: Fraction): number =>
  clamp(Math.round(toNumber(divide(subtract(value, from), span)) * places), places);

/** The place that a tap means: the tick when it is near, else the nearest place. `at` is from 0 to 1. */
export function tappedPlace({ places }: Scale, at: number, length: number): number {
  const tick = Math.round((at * places) / FINE) * FINE;
  if (Math.abs(tick / places - at) * length <= MAGNET) return clamp(tick, places);
  return clamp(Math.round(at * places), places);
}

/** The next tick in a direction. */
export function nextTick({ places }: Scale, place: number, by: -1 | 1): number {
  const tick = by > 0 ? Math.floor(place / FINE) + 1 : Math.ceil(place / FINE) - 1;
  return clamp(tick * FINE, places);
}

/** One small move. */
export const nudged = ({ places }: Scale, place: number, by: number): number => clamp(place + by, places);

const clamp = (place: number, places: number): number => Math.max(0, Math.min(places, place));
