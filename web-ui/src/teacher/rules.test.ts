import { describe, expect, it } from "vitest";
import type { Live, LiveState, LiveStudent } from "../api/types";
import { adviceFor, countStates, newsBetween, untouchedMinutes, visits, withEvent } from "./rules";

function student(name: string, state: LiveState, since: number, more: Partial<LiveStudent> = {}): LiveStudent {
  return {
    id: name,
    name,
    avatar: "fox-1",
    signedIn: state !== "away",
    state,
    reason: null,
    since,
    waiting: 0,
    place: null,
    last: [],
    answers: 0,
    rightAnswers: 0,
    ...more,
  };
}

function live(students: LiveStudent[], asks: string[] = []): Live {
  const ask = (name: string) => ({ ask: name, student: name, name, avatar: "fox-1", at: 0 });
  return { class: { id: "c", name: "Class 4" }, now: 0, students, asks: asks.map(ask) };
}

describe("whom to visit", () => {
  it("names at most five: stuck before idle, the longest first", () => {
    const students = [
      student("Idle early", "idle", 1),
      student("Works", "working", 1),
      student("Stuck late", "stuck", 9),
      student("Stuck early", "stuck", 2),
      student("Done", "done", 1),
      student("Idle late", "idle", 8),
      student("Idle middle", "idle", 5),
      student("Idle last", "idle", 10),
      student("Away", "away", 0),
    ];
    expect(visits(students).map((one) => one.name)).toEqual([
      "Stuck early",
      "Stuck late",
      "Idle early",
      "Idle middle",
      "Idle late",
    ]);
    expect(countStates(students)).toEqual({ stuck: 2, idle: 4, working: 1, done: 1, away: 1 });
  });

  it("suggests one thing to do for each", () => {
    const reason = (count: number) => ({ code: "live.wrong-in-a-row", params: { count, skill: "Tens" } });
    expect(adviceFor(student("a", "stuck", 0, { reason: reason(3) }))).toBe("together");
    expect(adviceFor(student("a", "stuck", 0, { reason: reason(5) }))).toBe("stepBack");
    expect(adviceFor(student("a", "idle", 0))).toBe("word");
    expect(adviceFor(student("a", "idle", 0, { waiting: 2 }))).toBe("tablet");
  });

  it("counts all the time without a touch", () => {
    const idle = student("a", "idle", 600_000, { reason: { code: "live.no-touch", params: { minutes: 2 } } });
    expect([600_000, 659_999, 660_000, 1_200_000, 0].map((now) => untouchedMinutes(idle, now))).toEqual([2, 2, 3, 12, 2]);
  });
});

describe("the stream", () => {
  it("changes one row, the asks, or everything, and keeps the order", () => {
    const before = live([student("Amina", "working", 1), student("Joseph", "working", 1)]);
    const after = withEvent(before, { type: "student", student: student("Joseph", "stuck", 7) })!;
    expect(after.students.map((one) => [one.name, one.state])).toEqual([
      ["Amina", "working"],
      ["Joseph", "stuck"],
    ]);
    expect(withEvent(after, { type: "student", student: student("Nobody", "stuck", 7) })!.students).toHaveLength(2);
    expect(withEvent(null, { type: "student", student: student("Amina", "stuck", 7) })).toBeNull();
    expect(withEvent(null, { type: "snapshot", live: before })).toBe(before);
  });

  it("tells only of those who became stuck and of new asks", () => {
    const before = live([student("Amina", "stuck", 1), student("Joseph", "working", 1), student("Ruth", "idle", 1)], ["Zoe"]);
    const after = live([student("Amina", "stuck", 1), student("Joseph", "stuck", 5), student("Ruth", "done", 5)], ["Zoe", "Ali"]);
    const news = newsBetween(before, after);
    expect(news.stuck.map((one) => one.name)).toEqual(["Joseph"]);
    expect(news.asks.map((one) => one.name)).toEqual(["Ali"]);
  });
});
