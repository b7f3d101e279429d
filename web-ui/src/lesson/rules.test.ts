import { describe, expect, it } from "vitest";
import type { LessonNow } from "../api/types";
import { clockOf, followed, groupOf, leaves, phaseAt, seenIn, stationOf } from "./rules";

/** Three groups of one student each; two rounds of ten minutes with a minute between them, heard two minutes into the first. */
const told: LessonNow = {
  plan: "p",
  class: "c",
  title: "Tens",
  tablet: { course: null, lesson: null, skill: null },
  stations: [
    { kind: "tablets", text: "", seats: 2 },
    { kind: "teacher", text: "", seats: 2 },
    { kind: "paper", text: "", seats: 2 },
  ],
  groups: ["a", "b", "c"].map((student) => ({ name: "", drawing: "sun", students: [student] })),
  rounds: [
    { round: 0, beginsIn: -120_000, endsIn: 480_000, places: [0, 1, 2], tablets: [0] },
    { round: 1, beginsIn: 540_000, endsIn: 1_140_000, places: [1, 2, 0], tablets: [2] },
  ],
};
const lesson = followed(told, 1_000_000);
const at = (seconds: number) => phaseAt(lesson, 1_000_000 + seconds * 1_000);

describe("a lesson on a tablet", () => {
  it("goes on by itself through rounds and changes until it is over", () => {
    const seen = [0, 479, 480, 539, 540, 1_139].map((second) => {
      const phase = at(second)!;
      return [phase.slot.round, phase.changing, phase.left / 1_000];
    });
    expect(seen).toEqual([
      [0, false, 480],
      [0, false, 1],
      [1, true, 60],
      [1, true, 1],
      [1, false, 600],
      [1, false, 1],
    ]);
    expect(at(1_140)).toBeNull();
  });

  it("leads a group from station to station", () => {
    const where = (group: number) => [0, 600].map((second) => stationOf(lesson, at(second)!.slot, group)?.kind);
    expect([0, 1, 2].map(where)).toEqual([
      ["tablets", "teacher"],
      ["teacher", "paper"],
      ["paper", "tablets"],
    ]);
    expect(groupOf(lesson, "nobody")).toBe(-1);
  });

  it("takes the tablet from those whose turn is over, and from nobody else", () => {
    const first = seenIn(lesson, at(0));
    const away = seenIn(null, null);
    const changing = at(480)!;
    const table: [string, ReturnType<typeof seenIn>, ReturnType<typeof at>, boolean][] = [
      ["a", first, at(479), false], // still in the round
      ["a", first, changing, true], // the round is over
      ["a", seenIn(lesson, changing), changing, false], // signed in again on purpose
      ["c", first, changing, false], // has the tablets next
      ["b", away, at(0), true], // the lesson began, with others at the tablets
      ["a", away, at(0), false],
      ["stranger", first, changing, false],
    ];
    for (const [student, before, phase, gone] of table) {
      expect([student, leaves(before, lesson, phase!, student)]).toEqual([student, gone]);
    }
  });

  it("counts the last second until it is over", () => {
    expect([365_000, 1, 0, -5].map(clockOf)).toEqual([
      { minutes: 6, seconds: 5 },
      { minutes: 0, seconds: 1 },
      { minutes: 0, seconds: 0 },
      { minutes: 0, seconds: 0 },
    ]);
  });
});
