import { ApiProblem } from "../api/client";
import type { Ask, Live, LiveState, LiveStudent, StaffMe } from "../api/types";

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

/** More names than these nobody can go to before the picture has changed. */
const MOST_VISITS = 5;

/**
 * Whom to visit first. Stuck comes before idle, because help for those who struggle moves learning most and idle
 * students draw the eye anyway; among equals the one who has waited longest.
 */
export function visits(students: LiveStudent[]): LiveStudent[] {
  const rank = (student: LiveStudent) => (student.state === "stuck" ? 0 : 1);
  return students
    .filter((student) => student.state === "stuck" || student.state === "idle")
    .sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0))
    .slice(0, MOST_VISITS);
}

export type Advice = "together" | "stepBack" | "word" | "tablet";

/** So many wrong in a row, and one more question of the kind will not help. */
const STEP_BACK_AFTER = 5;

/** What to do at a student's table. */
export function adviceFor(student: LiveStudent): Advice {
  if (student.state === "stuck") {
    const count = Number(student.reason?.params["count"] ?? 0);
    return count >= STEP_BACK_AFTER ? "stepBack" : "together";
  }
  // Answers that do not leave the tablet while nobody touches it: it may have lost the Wi-Fi or its battery.
  return student.waiting > 0 ? "tablet" : "word";
}

/** How long nothing was touched, in whole minutes: what had passed when the student became idle, and since. */
export function untouchedMinutes(student: LiveStudent, now: number): number {
  const before = Number(student.reason?.params["minutes"] ?? 2);
  return before + Math.max(0, Math.floor((now - (student.since ?? now)) / 60_000));
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
  | { type: "asks"; asks: Ask[] };

/** What is shown after a message. A row for somebody who is not in the class any more is left out. */
export function withEvent(live: Live | null, event: LiveEvent): Live | null {
  if (event.type === "snapshot") return event.live;
  if (!live) return null;
  if (event.type === "asks") return { ...live, asks: event.asks };
  const students = live.students.map((one) => (one.id === event.student.id ? event.student : one));
  return { ...live, students };
}

/** What changed that is worth saying aloud: who is stuck now and was not before, and who asks to be let in. */
export function newsBetween(before: Live, after: Live): { stuck: LiveStudent[]; asks: Ask[] } {
  const was = new Map(before.students.map((student) => [student.id, student.state]));
  const asked = new Set(before.asks.map((ask) => ask.ask));
  return {
    stuck: after.students.filter((student) => student.state === "stuck" && was.get(student.id) !== "stuck"),
    asks: after.asks.filter((ask) => !asked.has(ask.ask)),
  };
}

/** A mark under an answer. */
export type Mark = "right" | "partly" | "wrong";

export function markOf(answer: { right: boolean; score: number }): Mark {
  if (answer.right) return "right";
  return answer.score > 0 ? "partly" : "wrong";
}
