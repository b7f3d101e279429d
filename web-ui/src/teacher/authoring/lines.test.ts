import { describe, expect, it } from "vitest";
import { inBin, readChoices, withBin, withOrder, withoutBin } from "./lines";
import { emptyItem } from "./skeleton";
import type { ItemOf } from "./types";

describe("things that are typed as lines", () => {
  it("keep their ids while they are mended, moved and joined by others", () => {
    const first = readChoices("sun\nmoon\n\n star ", []);
    expect(first.map((one) => one.text)).toEqual(["sun", "moon", "star"]);
    const ids = (text: string) => readChoices(text, first).map((one) => `${one.id} ${one.text}`);
    expect(ids("sun\nmoons\nstar")).toEqual(["a sun", "b moons", "c star"]);
    expect(ids("star\nsun\nmoon")).toEqual(["c star", "a sun", "b moon"]);
    expect(ids("earth\nsun\nmoon\nstar")).toEqual(["d earth", "a sun", "b moon", "c star"]);
    expect(ids("moon")).toEqual(["b moon"]);
  });

  it("are in the order in which they stand", () => {
    const item = withOrder(emptyItem("order", "q", "s") as ItemOf<"order">, "one\ntwo\nthree");
    expect(item.answer).toEqual(item.options.map((one) => one.id));
  });

  it("lie in their bins, whichever was filled first", () => {
    const empty = emptyItem("sort", "q", "s") as ItemOf<"sort">;
    const [x, y] = empty.bins.map((bin) => bin.id) as [string, string];
    const item = withBin(withBin(empty, y, "hen\nbee"), x, "rice\nmaize");
    expect(item.options.map((one) => one.text)).toEqual(["rice", "maize", "hen", "bee"]);
    expect(new Set(item.options.map((one) => one.id)).size).toBe(4);
    expect(inBin(withBin(item, y, "hen\nbee\ngoat"), y).map((one) => one.text)).toEqual(["hen", "bee", "goat"]);
    expect(Object.values(withoutBin(item, x).answer)).toEqual([y, y]);
  });
});
