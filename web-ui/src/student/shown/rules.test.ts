import { expect, test } from "vitest";
import { readTold, startAt } from "./rules";

test("a film goes on where the student stopped, but not at its very ends", () => {
  for (const [position, duration, start] of [
    [0, 300, 0],
    [4, 300, 0],
    [120, 300, 120],
    [289, 300, 289],
    [295, 300, 0],
    [120, 100, 0],
    [120, NaN, 0],
    [120, Infinity, 0],
  ] as const) {
    expect(startAt(position, duration), `${position} of ${duration}`).toBe(start);
  }
});

test("only the reader's own words are believed", () => {
  expect(readTold({ schoolhouse: "page", page: 2, pages: 9 })).toEqual({ kind: "page", page: 2, pages: 9 });
  expect(readTold({ schoolhouse: "failed" })).toEqual({ kind: "failed" });
  for (const odd of [null, "page", {}, { schoolhouse: "page", page: 0, pages: 9 }, { schoolhouse: "page", page: 10, pages: 9 }, { schoolhouse: "page", page: "1", pages: 9 }]) {
    expect(readTold(odd)).toBeNull();
  }
});
