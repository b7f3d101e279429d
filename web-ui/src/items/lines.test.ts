import { describe, expect, it } from "vitest";
import { write } from "./number";
import { numeral } from "./reading";
import { nextTick, nudged, placeOf, scaleOf, tappedPlace, valueAt } from "./slide";
import { ticksOf } from "./ticks";

const labels = (from: string, to: string, step: string, listed?: string[]) =>
  ticksOf({ from, to, step, ...(listed ? { labels: listed } : {}) })
    .map(({ label }) => label ?? "·")
    .join(" ");

describe("the labels of a number line", () => {
  it.each([
    [labels("0", "1", "1/5"), "0 1/5 2/5 3/5 4/5 1"],
    [labels("0", "1", "0.25"), "0 0.25 0.5 0.75 1"],
    [labels("-2", "2", "1"), "−2 −1 0 1 2"],
    [labels("0", "2", "1/2", ["1"]), "· · 1 · ·"],
    [labels("0", "20", "1"), "0 · 2 · 4 · 6 · 8 · 10 · 12 · 14 · 16 · 18 · 20"],
    [labels("0", "1000", "100"), "0 · 200 · 400 · 600 · 800 · 1000"],
    [labels("0", "10", "4"), "0 4 8 10"],
    [labels("5", "1", "1"), ""],
  ])("%s", (drawn, expected) => {
    expect(drawn).toBe(expected);
  });
});

describe("the mark on a number line", () => {
  const scale = scaleOf({ from: "0", to: "2", step: "1/4" });

  it("stands on exact places between the ticks", () => {
    expect(write(valueAt(scale, placeOf(scale, numeral("3/4"))))).toBe("0.75");
    expect(write(valueAt(scaleOf({ from: "0", to: "1", step: "1/3" }), 10))).toBe("1/3");
  });

  it("takes a tap near a tick for the tick", () => {
    expect(write(valueAt(scale, tappedPlace(scale, 0.38, 300)))).toBe("0.75");
    expect(write(valueAt(scale, tappedPlace(scale, 0.4375, 300)))).toBe("0.875");
  });

  it("moves by a little, to the next tick, and not past the ends", () => {
    expect(nudged(scale, 30, 1)).toBe(31);
    expect(nudged(scale, 0, -1)).toBe(0);
    expect(nextTick(scale, 31, 1)).toBe(40);
    expect(nextTick(scale, 31, -1)).toBe(30);
    expect(nextTick(scale, 80, 1)).toBe(80);
  });
});
