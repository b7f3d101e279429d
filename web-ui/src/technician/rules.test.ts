import { describe, expect, it } from "vitest";
import type { Box } from "../api/types";
import { runningFor, sizeOf, troubles } from "./rules";

const box = (free: number, total: number, more: Partial<Box> = {}): Box => ({
  version: "0.1.0",
  startedAt: 0,
  addresses: ["http://192.168.4.1"],
  names: [],
  disk: { free, total },
  entries: 0,
  packs: [{ id: "a", version: "1.0.0", title: "Numbers", hash: "0", bytes: 1, builtIn: true }],
  ...more,
});

describe("the box page", () => {
  it("says what is off, and only that", () => {
    expect(troubles(box(20e9, 32e9))).toEqual([]);
    expect(troubles(box(1.9e9, 32e9))).toEqual(["diskLow"]);
    expect(troubles(box(4e9, 128e9))).toEqual(["diskLow"]);
    expect(troubles(box(400e6, 32e9))).toEqual(["diskFull"]);
    expect(troubles(box(400e6, 32e9, { addresses: [], packs: [] }))).toEqual(["diskFull", "noAddress", "noPacks"]);
  });

  it("writes sizes and times in units that people use", () => {
    expect([812, 25_400, 9_460_000, 3_250_000_000, 31e9].map(sizeOf)).toEqual([
      { value: 0.8, unit: "kb" },
      { value: 25, unit: "kb" },
      { value: 9.5, unit: "mb" },
      { value: 3.3, unit: "gb" },
      { value: 31, unit: "gb" },
    ]);
    const minute = 60_000;
    expect([-5, 59 * minute, 61 * minute, 47 * 60 * minute, 48 * 60 * minute].map(runningFor)).toEqual([
      { unit: "minutes", count: 1 },
      { unit: "minutes", count: 59 },
      { unit: "hours", count: 1 },
      { unit: "hours", count: 47 },
      { unit: "days", count: 2 },
    ]);
  });
});
