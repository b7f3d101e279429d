import { ApiProblem } from "../api/client";
import type { Ask, Live, LiveSignal, LiveState, LiveStudent, StaffMe } from "../api/types";

/** The parts of the staff's screens. */
export type Section = "classes" | "courses" | "staff" | "school" | "box";

type StaffRole = StaffMe["role"];

const ENTER: Record<Section, StaffRole[]> = {
  classes: ["assistant", "teacher", "head"],
  courses: ["assistant", "teacher", "head", "technician"],
  staff: ["head"],
  school: ["head"],
  box: ["head", "technician"],
};

/** Whether a part is shown to a role at all; the box decides again on every request. */
export function mayEnter(role: StaffRole, section: Section): boolean {
  return ENTER[section].includes(role);
}

/** Whether a role changes classes and students, or only looks at them. */
export function mayChange(role: StaffRole): boolean {
  return role === "teacher" || role === "head";
}

/** Whether a role brings courses in and takes them out, or only looks at them. */
export function mayStock(role: StaffRole): boolean {
  return role !== "assistant";
}

/** Whether the box refused with one of these codes; such a problem is told beside the field that it is about. */
export function isAbout(problem: unknown, codes: string[]): boolean {
  return problem instanceof ApiProblem && codes.includes(problem.code);
}

// ---- The lesson, live ----

/** Rows in an order that the box told. */
export function inOrder(live: Live, order: string[]): LiveStudent[] {
  const rows = new Map(live.students.map((student) => [student.id, student]));
  return order.flatMap((id) => rows.get(id) ?? []);
}

/** Hands that are up and have no place among the names to visit, in the order in which they went up. */
export function moreHands(live: Live): LiveStudent[] {
  return live.students
    .filter((student) => student.signal?.kind === "waiting" && !live.visits.includes(student.id))
    .sort((a, b) => a.signal!.since - b.signal!.since);
}

/** What is shown after somebody was with a student, before the box tells so itself. */
export function withoutVisit(live: Live, id: string): Live {
  const students = live.students.map((one) => (one.id === id ? { ...one, signal: null } : one));
  return { ...live, students, visits: live.visits.filter((one) => one !== id) };
}

/** How long nothing was touched, in whole minutes: what had passed when the signal rose, and since. */
export function untouchedMinutes(signal: LiveSignal, now: number): number {
  const before = Number(signal.params["minutes"] ?? 2);
  return before + Math.max(0, Math.floor((now - signal.since) / 60_000));
}

export const STATES: LiveState[] = ["stuck", "idle", "working", "done", "away"];

export function countStates(students: LiveStudent[]): Record<LiveState, number> {
  const counts = { away: 0, working: 0, idle: 0, stuck: 0, done: 0 };
  for (const student of students) counts[student.state] += 1;
  return counts;
}

/** One message of the stream `/live/events`. */
export type LiveEvent =
  | { type: "snapshot"; live: Live }
  | { type: "student"; student: LiveStudent }
  | { type: "asks"; asks: Ask[] }
  | { type: "visits"; visits: string[] };

/** What is shown after a message. A row for somebody who is not in the class any more is left out. */
export function withEvent(live: Live | null, event: LiveEvent): Live | null {
  if (event.type === "snapshot") return event.live;
  if (!live) return null;
  if (event.type === "asks") return { ...live, asks: event.asks };
  if (event.type === "visits") return { ...live, visits: event.visits };
  const students = live.students.map((one) => (one.id === event.student.id ? event.student : one));
  return { ...live, students };
}

/** What changed that is worth saying aloud: whose hand went up, who is stuck now, who asks to be let in. */
export function newsBetween(before: Live, after: Live): { hands: LiveStudent[]; stuck: LiveStudent[]; asks: Ask[] } {
  const was = new Map(before.students.map((student) => [student.id, student.signal?.kind]));
  const asked = new Set(before.asks.map((ask) => ask.ask));
  const became = (kind: LiveSignal["kind"]) =>
    after.students.filter((student) => student.signal?.kind === kind && was.get(student.id) !== kind);
  return { hands: became("waiting"), stuck: became("stuck"), asks: after.asks.filter((ask) => !asked.has(ask.ask)) };
}

/** A mark under an answer. */
export type Mark = "right" | "partly" | "wrong";

export function markOf(answer: { right: boolean; score: number }): Mark {
  if (answer.right) return "right";
  return answer.score > 0 ? "partly" : "wrong";
}
