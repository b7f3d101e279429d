import type { CheckSheet, SheetSkill, Way } from "../../api/types";

/** What the scores of a check have in common, as it is sent with each of them. */
export type Sheet = Omit<CheckSheet, "scores">;

/** The ways in the order in which they are offered. */
export const WAYS: Way[] = ["paper", "oral", "observed", "product", "cards"];

/** So many questions, and each number still has a key of its own. */
const MOST_KEYS = 20;
export const MOST_QUESTIONS = 100;
export const USUAL_QUESTIONS = 10;
/** As many skills as the box takes. */
export const MOST_SKILLS = 8;

/** The values that can be given in one tap; null where a number must be typed. */
export function valuesOf(way: Way, questions: number): number[] | null {
  const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  if (way === "paper") return questions > MOST_KEYS ? null : upTo(0, questions);
  if (way === "product") return upTo(0, 4);
  if (way === "cards") return [1, 0];
  return upTo(1, 4);
}

/** One student in one skill. */
export interface Cell {
  student: string;
  skill: string;
}

export const keyOf = ({ student, skill }: Cell) => `${student} ${skill}`;

/** Where to go on after a score was typed: the next skill of the same paper, then the next student; null at the end. */
export function cellAfter(cell: Cell, students: string[], skills: string[]): Cell | null {
  const skill = skills.indexOf(cell.skill) + 1;
  if (skill < skills.length) return { student: cell.student, skill: skills[skill]! };
  const student = students[students.indexOf(cell.student) + 1];
  return student === undefined ? null : { student, skill: skills[0]! };
}

/** Where to begin: the first score that is missing; the very first where none is. */
export function firstCell(students: string[], skills: string[], has: (cell: Cell) => boolean): Cell | null {
  const all = students.reduce<Cell[]>((cells, student) => [...cells, ...skills.map((skill) => ({ student, skill }))], []);
  return all.filter((cell) => !has(cell))[0] ?? all[0] ?? null;
}

/** The day of a moment where the teacher is, as a field for dates writes it. */
export function dayOf(moment: number): string {
  const date = new Date(moment);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The moment that stands for a day: now for today, else its noon; null for what is no day. */
export function momentOf(day: string, now: number): number | null {
  if (day === dayOf(now)) return now;
  const noon = new Date(`${day}T12:00:00`).getTime();
  return Number.isFinite(noon) ? noon : null;
}

/** A name for a new check: 32 hexadecimal digits. */
export function newCheckId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Of how many questions a score is told. */
export function questionsOf(sheet: Sheet, skill: string): number {
  return sheet.skills.filter((one) => one.skill === skill)[0]?.questions ?? 1;
}

/** A skill that was just chosen. */
export function taskOf(way: Way, skill: string): SheetSkill {
  return way === "paper" ? { skill, questions: USUAL_QUESTIONS, guess: 0 } : { skill, guess: 0 };
}

/** The value after one more digit was typed; the digit alone where the number would be too large. */
export function typed(before: number | null, digit: number, most: number): number {
  const longer = (before ?? 0) * 10 + digit;
  return longer <= most ? longer : Math.min(digit, most);
}
