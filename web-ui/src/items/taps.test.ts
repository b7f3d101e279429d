import { describe, expect, it } from "vitest";
import { type Matching, type Side, moved, tapMatch, toggled, without } from "./taps";

/** Plays a row of taps such as "l1 r2" on an untouched question. */
function play(taps: string, shared = false): Matching {
  let state: Matching = { pairs: {}, held: null };
  for (const id of taps.split(" ")) {
    const side: Side = id.startsWith("l") ? "left" : "right";
    state = tapMatch(state, side, id, shared);
  }
  return state;
}

describe("matching by taps", () => {
  it.each([
    ["l1 r2", { l1: "r2" }, null],
    ["r2 l1", { l1: "r2" }, null],
    ["l1 l2 r1", { l2: "r1" }, null],
    ["l1 r1 l1 r2", { l1: "r2" }, null],
    ["l1 r1 l2 r1", { l2: "r1" }, null],
    ["l1 r1 l1 l1", {}, null],
    ["l1 r1 r1 r1", {}, null],
    ["l1 r1 l2", { l1: "r1" }, { side: "left", id: "l2" }],
  ])("%s", (taps, pairs, held) => {
    expect(play(taps)).toEqual({ pairs, held });
  });

  it("lets several cards share a partner where there are fewer partners than cards", () => {
    expect(play("l1 r1 l2 r1", true).pairs).toEqual({ l1: "r1", l2: "r1" });
  });
});

it("adds and takes out, and says null when nothing is left", () => {
  expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  expect(toggled(["a"], "a")).toBeNull();
  expect(without({ a: "x" }, "a")).toBeNull();
});

it("moves a card by one place and stops at the ends", () => {
  expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
});
