import { expect, it } from "vitest";
import { addressOf, foundAt, sorted } from "./findings";
import type { OwnFinding, OwnPlace } from "./types";

const nowhere: OwnPlace = { lesson: null, part: null, item: null, field: null };
const finding = (code: string, severity: OwnFinding["severity"], place: Partial<OwnPlace> = {}): OwnFinding => ({
  code,
  severity,
  place: { ...nowhere, ...place },
  message: code,
});

it("what stops comes first, each thing once for its place, and leads there", () => {
  const all = [
    finding("W-203", "warning"),
    finding("E-102", "error", { lesson: "l1", part: "p1", item: "q1" }),
    finding("E-102", "error", { lesson: "l1", part: "p1", item: "q1" }),
    finding("E-102", "error", { lesson: "l1", part: "p1", item: "q2" }),
    finding("I-301", "info"),
  ];
  const { must, could } = sorted(all);
  expect([must.length, could.map((one) => one.code)]).toEqual([2, ["W-203"]]);
  expect(must.map((one) => addressOf("o1", one.place))).toEqual(["/teach/own/o1/l1/p1/q1", "/teach/own/o1/l1/p1/q2"]);
  expect(addressOf("o1", { ...nowhere, field: "grades" })).toBe("/teach/own/o1?field=grades");
  expect(addressOf("o1", { ...nowhere, lesson: "l1", field: "minutes" })).toBe("/teach/own/o1/l1?field=minutes");
  expect(foundAt(must, { item: "q2" })).toHaveLength(1);
});
