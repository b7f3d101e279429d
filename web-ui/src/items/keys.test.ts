import { describe, expect, it } from "vitest";
import { cleanNumber, keysFor } from "./keys";
import type { Block, Variant } from "./types";

function keys(stem: Block, value?: string) {
  const variant = {
    id: "x",
    version: 1,
    seed: 1,
    skills: [],
    difficulty: { mean: 0, sd: 1 },
    seconds: 30,
    stem: [stem],
    type: "number",
  } as Variant;
  const { point, minus, slash, space, percent, zero } = keysFor(
    value === undefined ? variant : ({ ...variant, answer: { value } } as Variant),
  );
  return [
    point,
    minus && "−",
    slash && "/",
    space && "␣",
    percent && "%",
    zero === 48 ? "" : String.fromCodePoint(zero),
  ]
    .filter(Boolean)
    .join(" ");
}

describe("the keys of a question", () => {
  it.each([
    ["plain numbers need no more than digits", keys({ math: "24 + 13 = _" }, "37"), ""],
    ["taking away is no minus sign", keys({ math: "24 - 13 = _" }, "11"), ""],
    ["a negative answer", keys({ math: "3 − 5 = _" }, "-2"), "−"],
    ["a negative number in the question", keys({ p: "Which is one more than −3?" }, "-2"), "−"],
    ["a fraction in the answer", keys({ p: "Half as a number?" }, "1/2"), "/"],
    ["a fraction to look at", keys({ drawing: "fraction-bar", parts: 4, shaded: 3 }, "0"), "/"],
    ["a mixed number", keys({ p: "Nine quarters?" }, "2 1/4"), "/ ␣"],
    ["a decimal as the question writes it", keys({ p: "1,5 + 1,5" }, "3"), ","],
    ["a percentage", keys({ p: "How many %?" }, "75%"), "%"],
    ["digits of the question's script", keys({ p: "٢ + ٣" }, "5"), "٠"],
    ["a running check has no key, so it gets what may be needed", keys({ p: "How many?" }), ". − /"],
  ])("%s", (_, given, expected) => {
    expect(given).toBe(expected);
  });
});

it("keeps only what can be part of a number", () => {
  expect(cleanNumber("  1x2 3/4cm")).toBe("12 3/4");
  expect(cleanNumber("-٣,٥")).toBe("-٣,٥");
});
