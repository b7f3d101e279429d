import { describe, expect, it } from "vitest";
import type { PlanContent } from "../../api/types";
import { fitGroups, leftOut, moveTo, ownId, regroup } from "./rules";

const plan = {
  groups: [
    { name: "", drawing: "sun", students: ["a", "b"], gap: null },
    { name: "Lions", drawing: "fish", students: ["c"], gap: null },
  ],
} as unknown as PlanContent;
const groupsOf = (of: PlanContent) => of.groups.map((group) => group.students.join(""));

describe("groups of a plan", () => {
  it("are as many as the plan has, whoever shares a gap", () => {
    const sizes = (groups: [string | null, string][], count: number) =>
      fitGroups(groups.map(([gap, students]) => ({ gap, students: [...students] })), count).map(
        (group) => `${group.gap ?? "-"}:${group.students.join("")}`,
      );
    expect(sizes([["tens", "abcde"], ["halves", "fg"]], 3)).toEqual(["tens:abc", "halves:fg", "tens:de"]);
    expect(sizes([["tens", "abc"], ["halves", "de"], ["tens", "f"]], 2)).toEqual(["tens:abc", "-:def"]);
    expect(sizes([], 2)).toEqual(["-:", "-:"]);
  });

  it("keep their drawing and name, and lose nobody", () => {
    const grouped = regroup(plan, [{ gap: "tens", students: ["a", "c", "d"] }, { gap: null, students: ["b"] }], ["a", "b", "c", "d", "new"]);
    expect(groupsOf(grouped)).toEqual(["acd", "bnew"]);
    expect(grouped.groups.map((group) => [group.name, group.drawing, group.gap])).toEqual([["", "sun", "tens"], ["Lions", "fish", null]]);
  });

  it("are changed by hand, also for somebody who came later", () => {
    expect(groupsOf(moveTo(plan, "b", 1))).toEqual(["a", "cb"]);
    expect(groupsOf(moveTo(plan, "new", 0))).toEqual(["abnew", "c"]);
    const student = (id: string) => ({ id, name: id, avatar: "" });
    expect(leftOut(plan, ["a", "new"].map(student)).map((one) => one.id)).toEqual(["new"]);
  });

  it("call a skill as its course does", () => {
    expect(ownId("org.schoolhouse.numbers/tens")).toBe("tens");
  });
});
