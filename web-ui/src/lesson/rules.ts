import type { LessonNow, Station } from "../api/types";

/** A lesson as a tablet follows it by itself: moments are those of the tablet's own steady clock, in milliseconds. */
export interface Followed extends Omit<LessonNow, "rounds"> {
  rounds: Slot[];
}

/** A round that was not over when the box spoke. */
export interface Slot {
  /** Which of all, from 0. */
  round: number;
  begins: number;
  ends: number;
  /** For each group the number of its station. */
  places: number[];
  /** The groups at the tablets. */
  tablets: number[];
}

/** Where a lesson is: in a round, or on the way to one. */
export interface Phase {
  slot: Slot;
  /** Whether the round is still to begin. */
  changing: boolean;
  /** Milliseconds until it begins, or ends. */
  left: number;
}

/** The lesson that the box told of at `heard`. */
export function followed(lesson: LessonNow, heard: number): Followed {
  const rounds = lesson.rounds.map(({ beginsIn, endsIn, ...round }) => ({
    ...round,
    begins: heard + beginsIn,
    ends: heard + endsIn,
  }));
  return { ...lesson, rounds };
}

/** Where the lesson is at `now`; null when it is over. */
export function phaseAt(lesson: Followed, now: number): Phase | null {
  const slot = lesson.rounds.find((one) => one.ends > now);
  if (!slot) return null;
  const changing = slot.begins > now;
  return { slot, changing, left: (changing ? slot.begins : slot.ends) - now };
}

/** The number of a student's group; -1 for somebody in none. */
export function groupOf(lesson: Pick<LessonNow, "groups">, student: string): number {
  return lesson.groups.findIndex((group) => group.students.includes(student));
}

/** Where a group is in a round. */
export function stationOf(lesson: Pick<LessonNow, "stations">, slot: Slot, group: number): Station | null {
  return lesson.stations[slot.places[group] ?? -1] ?? null;
}

/** The round that a tablet saw last while this student used it; no plan when no lesson was on. */
export interface Seen {
  plan: string | null;
  round: number;
}

export function seenIn(lesson: Followed | null, phase: Phase | null): Seen {
  return lesson && phase ? { plan: lesson.plan, round: phase.slot.round } : { plan: null, round: 0 };
}

/**
 * Whether the student gives the tablet to the next ones. Only where the lesson went on under their hands: who signed in
 * although it is not their group's turn did so on purpose, and who is in no group stays.
 */
export function leaves(before: Seen, lesson: Followed, phase: Phase, student: string): boolean {
  if (before.plan === lesson.plan && before.round === phase.slot.round) return false;
  const group = groupOf(lesson, student);
  return group >= 0 && !phase.slot.tablets.includes(group);
}

/** Time as a clock shows it: `6:05`; the last second counts until it is over. */
export function clockOf(milliseconds: number): { minutes: number; seconds: number } {
  const all = Math.max(0, Math.ceil(milliseconds / 1_000));
  return { minutes: Math.floor(all / 60), seconds: all % 60 };
}
