/**
 * Numbers as students write them, read into exact fractions: the twin of the box's own reader.
 *
 * BigInt is called, never written as a literal, so that no build target can trip over it (Chrome has BigInt since 67).
 */

/** An exact fraction in lowest terms; `bottom` is above zero. */
export interface Fraction {
  top: bigint;
  bottom: bigint;
}

export const ZERO = BigInt(0);
const ONE = BigInt(1);
const TEN = BigInt(10);

/** Makes a fraction in lowest terms; `bottom` must not be zero. */
export function fraction(top: bigint, bottom: bigint = ONE): Fraction {
  const sign = bottom < ZERO ? -ONE : ONE;
  const shared = gcd(top, bottom) * sign;
  return { top: top / shared, bottom: bottom / shared };
}

/** The greatest common divisor; 1 for two zeros, so that one may divide by it. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < ZERO ? -a : a, b < ZERO ? -b : b];
  while (y !== ZERO) [x, y] = [y, x % y];
  return x === ZERO ? ONE : x;
}

export const add = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { top: -b.top, bottom: b.bottom });
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom);
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top);
export const whole = (n: number): Fraction => ({ top: BigInt(n), bottom: ONE });
export const isZero = (a: Fraction): boolean => a.top === ZERO;

/** Below zero, zero or above, as `a` is less than, equal to or more than `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < ZERO ? -1 : difference > ZERO ? 1 : 0;
}

export const equal = (a: Fraction, b: Fraction): boolean => compare(a, b) === 0;
export const toNumber = (a: Fraction): number => Number(a.top) / Number(a.bottom);

/** Writes a whole number as it is, a finite decimal as a decimal, and the rest as a fraction. */
export function write(a: Fraction): string {
  const sign = a.top < ZERO ? "-" : "";
  const top = a.top < ZERO ? -a.top : a.top;
  if (a.bottom === ONE) return sign + top.toString();
  let places = 0;
  let scale = ONE;
  while (places < 12 && scale % a.bottom !== ZERO) {
    places += 1;
    scale *= TEN;
  }
  if (scale % a.bottom !== ZERO) return `${sign}${top}/${a.bottom}`;
  const digits = ((top * scale) / a.bottom).toString().padStart(places + 1, "0");
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** 10 to the power of `places`. */
export const tenTo = (places: number): bigint => BigInt("1" + "0".repeat(places));

/** Turns the decimal digits of every script into 0 to 9 and leaves the rest as it is. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

// Unicode keeps the ten digits of a script in one row that starts with its zero, so the value is the distance to the
// start of the row; rows that touch (the mathematical digits) are whole tens apart.
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let back = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - back - 1))) back += 1;
  return back % 10;
}
