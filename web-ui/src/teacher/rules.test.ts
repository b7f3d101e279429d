import { describe, expect, it } from "vitest";
import type { Live, LiveSignal, LiveState, LiveStudent } from "../api/types";
import { countStates, inOrder, moreHands, newsBetween, untouchedMinutes, withEvent, withoutVisit } from "./rules";

function student(name: string, state: LiveState, since: number, more: Partial<LiveStudent> = {}): LiveStudent {
  return {
    id: name,
    name,
    avatar: "fox-1",
    signedIn: state !== "away",
    state,
    absent: false,
    signal: null,
    since,
    waiting: 0,
    place: null,
    last: [],
    answers: 0,
    rightAnswers: 0,
    ...more,
  };
}

function signal(kind: LiveSignal["kind"], since: number, params = {}): Partial<LiveStudent> {
  return { signal: { kind, code: "live.hand-up", advice: "go", since, params } };
}

function live(students: LiveStudent[], asks: string[] = []): Live {
  const ask = (name: string) => ({ ask: name, student: name, name, avatar: "fox-1", at: 0 });
  return { class: { id: "c", name: "Class 4" }, now: 0, students, asks: asks.map(ask), visits: [] };
}

describe("whom to visit", () => {
  const names = (students: LiveStudent[]) => students.map((one) => one.name);

  it("follows the box's order and leaves out who is not in the class any more", () => {
    const room = live([student("Amina", "working", 1), student("Joseph", "stuck", 2)]);
    expect(names(inOrder(room, ["Joseph", "Gone", "Amina"]))).toEqual(["Joseph", "Amina"]);
  });

  it("has a queue for the hands that are not among the five", () => {
    const hand = (name: string, since: number) => student(name, "working", 1, signal("waiting", since));
    const room = { ...live([hand("Late", 9), hand("Shown", 1), hand("Early", 3), student("Stuck", "stuck", 1)]), visits: ["Shown"] };
    expect(names(moreHands(room))).toEqual(["Early", "Late"]);
  });

  it("takes a name off at once when somebody was there", () => {
    const room = { ...live([student("Amina", "stuck", 1, signal("stuck", 1))]), visits: ["Amina"] };
    const after = withoutVisit(room, "Amina");
    expect([after.visits, after.students[0]!.signal, after.students[0]!.state]).toEqual([[], null, "stuck"]);
  });

  it("counts the states", () => {
    const students = [student("a", "stuck", 1), student("b", "idle", 1), student("c", "idle", 1), student("d", "away", 0)];
    expect(countStates(students)).toEqual({ stuck: 1, idle: 2, working: 0, done: 0, away: 1 });
  });

  it("counts all the time without a touch", () => {
    const idle = signal("idle", 600_000, { minutes: 2 }).signal!;
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
    expect(withEvent(before, { type: "visits", visits: ["Joseph"] })!.visits).toEqual(["Joseph"]);
  });

  it("tells only of new hands, of those who became stuck and of new asks", () => {
    const stuck = signal("stuck", 1);
    const before = live([student("Amina", "stuck", 1, stuck), student("Joseph", "working", 1), student("Ruth", "idle", 1)], ["Zoe"]);
    const after = live(
      [student("Amina", "stuck", 1, stuck), student("Joseph", "stuck", 5, stuck), student("Ruth", "idle", 1, signal("waiting", 5))],
      ["Zoe", "Ali"],
    );
    const news = newsBetween(before, after);
    expect([news.hands, news.stuck, news.asks].map((all) => all.map((one) => one.name))).toEqual([["Ruth"], ["Joseph"], ["Ali"]]);
  });
});
