import { expect, it } from "vitest";
import type { CoverageSkill } from "../../api/types";
import { countOf, othersOf } from "./rules";

const row: CoverageSkill = {
  skill: { id: "a/halves", name: "Halves", can: "I can", strand: "" },
  course: "a",
  by: [
    { course: "a", taught: 1, practised: 2, assessed: 0 },
    { course: "b", taught: 3, practised: 0, assessed: 0 },
  ],
  checks: 0,
  seen: 0,
  gaps: 1,
};

it("adds up what all courses have, and names the others", () => {
  expect([countOf(row, "taught"), countOf(row, "practised"), countOf(row, "assessed")]).toEqual([4, 2, 0]);
  expect([othersOf(row, "taught"), othersOf(row, "practised")]).toEqual([["b"], []]);
});
