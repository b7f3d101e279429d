/** Changes to a draft: each takes one and gives the next. Nothing here knows the box, the clock or the screen. */

import type { Draft, Item, OwnLesson, OwnSkill, Part, PartKind, QuestionsPart } from "./types";

/** Draws whole numbers from 0 to below `below`. */
export type Draw = (below: number) => number;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SIGNS = `${LETTERS}0123456789`;

/** A letter and seven letters or digits, which nothing in `draft` is called yet. */
export function newId(draft: unknown, draw: Draw): string {
  const taken = JSON.stringify(draft);
  for (;;) {
    let id = LETTERS[draw(LETTERS.length)]!;
    while (id.length < 8) id += SIGNS[draw(SIGNS.length)];
    if (!taken.includes(`"${id}"`)) return id;
  }
}

/** The list with one thing moved by so many places; at the ends it stays. */
export function moved<T>(list: T[], from: number, by: number): T[] {
  const to = from + by;
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  const [one] = next.splice(from, 1);
  next.splice(to, 0, one!);
  return next;
}

export const without = <T>(list: T[], at: number): T[] => list.filter((_, place) => place !== at);
export const withAt = <T>(list: T[], at: number, value: T): T[] => list.map((one, place) => (place === at ? value : one));

const withId = <T extends { id: string }>(list: T[], id: string, change: (one: T) => T): T[] =>
  list.map((one) => (one.id === id ? change(one) : one));

export const lessonOf = (draft: Draft, lesson: string): OwnLesson | undefined => draft.lessons.find((one) => one.id === lesson);

export const partOf = (draft: Draft, lesson: string, part: string): Part | undefined =>
  lessonOf(draft, lesson)?.parts.find((one) => one.id === part);

/** The part if it holds questions. */
export function questionsOf(draft: Draft, lesson: string, part: string): QuestionsPart | undefined {
  const found = partOf(draft, lesson, part);
  return found?.kind === "questions" ? found : undefined;
}

export function withLesson(draft: Draft, lesson: string, change: (one: OwnLesson) => OwnLesson): Draft {
  return { ...draft, lessons: withId(draft.lessons, lesson, change) };
}

export function withPart(draft: Draft, lesson: string, part: string, change: (one: Part) => Part): Draft {
  return withLesson(draft, lesson, (one) => ({ ...one, parts: withId(one.parts, part, change) }));
}

/** Changes the questions of a part. */
export function withItems(draft: Draft, lesson: string, part: string, change: (items: Item[]) => Item[]): Draft {
  return withPart(draft, lesson, part, (one) => (one.kind === "questions" ? { ...one, items: change(one.items) } : one));
}

export function withItem(draft: Draft, lesson: string, part: string, item: Item): Draft {
  return withItems(draft, lesson, part, (items) => withId(items, item.id, () => item));
}

/** A question after the one named, or at the end. */
export function withItemAfter(draft: Draft, lesson: string, part: string, item: Item, after: string | null): Draft {
  return withItems(draft, lesson, part, (items) => {
    const at = items.findIndex((one) => one.id === after);
    return at < 0 ? [...items, item] : [...items.slice(0, at + 1), item, ...items.slice(at + 1)];
  });
}

/** Minutes of a lesson that nobody has thought about yet. */
const USUAL_MINUTES = 20;

export function emptyLesson(id: string, title: string): OwnLesson {
  return { id, title, minutes: USUAL_MINUTES, forTheRoom: "", parts: [] };
}

export function emptyPart(kind: PartKind, id: string, title: string): Part {
  switch (kind) {
    case "page":
      return { id, kind, title, blocks: [{ text: "" }] };
    case "questions":
      return { id, kind, title, check: false, items: [] };
    case "picture":
      return { id, kind, title, file: null, alt: "" };
    case "video":
    case "audio":
      return { id, kind, title, file: null, captions: null, alt: "", transcript: "" };
  }
}

export const countQuestions = (draft: Draft): number =>
  draft.lessons.reduce(
    (sum, lesson) => sum + lesson.parts.reduce((all, part) => all + (part.kind === "questions" ? part.items.length : 0), 0),
    0,
  );

/** Takes a skill away; its questions go to the first of those that are left. The last one stays. */
export function withoutSkill(draft: Draft, id: string): Draft {
  const skills = draft.skills.filter((skill) => skill.id !== id);
  if (skills.length === 0) return draft;
  const first = skills[0]!.id;
  const mend = (item: Item): Item => {
    const left = item.skills.filter((skill) => skill !== id);
    return left.length === item.skills.length ? item : { ...item, skills: left.length > 0 ? left : [first] };
  };
  const lessons = draft.lessons.map((lesson) => ({
    ...lesson,
    parts: lesson.parts.map((part) => (part.kind === "questions" ? { ...part, items: part.items.map(mend) } : part)),
  }));
  return { ...draft, skills, lessons };
}

export function withSkill(draft: Draft, skill: OwnSkill): Draft {
  return { ...draft, skills: withId(draft.skills, skill.id, () => skill) };
}

/** Grades with one more or one less, in order. */
export function toggledGrade(grades: number[], grade: number): number[] {
  return grades.includes(grade) ? grades.filter((one) => one !== grade) : [...grades, grade].sort((a, b) => a - b);
}

/** Grades that can be chosen: 1 to this. */
export const MOST_GRADES = 12;

/** Whether two drafts say the same, in whatever order their members stand. */
export const isSame = (a: Draft, b: Draft): boolean => written(a) === written(b);

function written(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one === null || typeof one !== "object" || Array.isArray(one)) return one;
    const entries = Object.entries(one).filter(([, member]) => member !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
