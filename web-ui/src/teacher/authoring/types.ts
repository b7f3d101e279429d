/** What a teacher writes: the draft of an own course, as `/api/v1/authoring` keeps it. Unfinished is allowed. */

import type { Area, Block, Line, Mistake } from "../../items/types";

export type Licence = "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC-BY-NC-SA-4.0" | "CC0-1.0";

export interface Draft {
  title: string;
  summary: string;
  language: string;
  subject: string | null;
  grades: number[];
  licence: Licence;
  skills: OwnSkill[];
  lessons: OwnLesson[];
}

export interface OwnSkill {
  id: string;
  name: string;
  /** "I can …" */
  can: string;
}

export interface OwnLesson {
  id: string;
  title: string;
  minutes: number;
  /** Notes for the teacher. */
  forTheRoom: string;
  parts: Part[];
}

export interface PagePart {
  id: string;
  kind: "page";
  title: string;
  blocks: PageBlock[];
}

export interface FilmPart {
  id: string;
  kind: "video" | "audio";
  title: string;
  file: string | null;
  captions: string | null;
  alt: string;
  /** What is said. */
  transcript: string;
}

export interface PicturePart {
  id: string;
  kind: "picture";
  title: string;
  file: string | null;
  alt: string;
}

export interface QuestionsPart {
  id: string;
  kind: "questions";
  title: string;
  /** A test: no help, the result at the end. */
  check: boolean;
  items: Item[];
}

export type Part = PagePart | FilmPart | PicturePart | QuestionsPart;
export type PartKind = Part["kind"];

export type PageBlock = { heading: string } | { text: string } | { list: string[] } | { photo: string; alt: string };

/** Something to choose, to put in order or to sort. */
export interface Choice {
  id: string;
  text: string;
  feedback?: string;
}

export interface OwnGap {
  id: string;
  kind: "number" | "short" | "choice";
  answer: string | string[];
  options?: Choice[];
}

interface Common {
  id: string;
  skills: string[];
  stem: Block[];
  hints?: string[];
  solution?: Block[];
  feedback?: { right?: string; wrong?: string };
  difficulty?: "easy" | "medium" | "hard";
}

/** A question as docs/pack-format.md has it for authors; a key that is not chosen yet is absent. */
export type Item = Common &
  (
    | { type: "single"; options: Choice[]; answer?: string }
    | { type: "multiple"; options: Choice[]; answer: string[] }
    | { type: "truefalse"; answer?: boolean }
    | { type: "number"; unit?: string; mistakes?: Mistake[]; answer: { value: string; tolerance?: string; simplest?: boolean } }
    | { type: "short"; mistakes?: Mistake[]; answer: { accept: string[]; caseMatters?: boolean; accentsMatter?: boolean } }
    | { type: "cloze"; gaps: OwnGap[] }
    | { type: "match"; left: Choice[]; right: Choice[]; answer: Record<string, string> }
    | { type: "order"; options: Choice[]; answer: string[] }
    | { type: "sort"; bins: Choice[]; options: Choice[]; answer: Record<string, string> }
    | { type: "hotspot"; image: string; alt: string; areas: Area[]; answer: string[] }
    | { type: "numberline"; line: Line; answer: { value: string; tolerance?: string } }
    | { type: "tapword"; words: { id: string; text: string }[]; answer: string[] }
  );

export type OwnType = Item["type"];
export type ItemOf<T extends OwnType> = Extract<Item, { type: T }>;

/** Where in a draft something stands. */
export interface OwnPlace {
  lesson: string | null;
  part: string | null;
  item: string | null;
  field: string | null;
}

export interface OwnFinding {
  code: string;
  severity: string;
  place: OwnPlace;
  message: string;
}

/** What of an own course students can open. */
export interface OnShelf {
  course: string;
  version: string;
  current: boolean;
}

export interface OwnCard {
  id: string;
  title: string;
  language: string;
  lessons: number;
  questions: number;
  changedBy: string | null;
  changedAt: number;
  shelf: OnShelf | null;
}

export interface OwnCourse {
  id: string;
  revision: number;
  changedBy: string | null;
  changedAt: number;
  draft: Draft;
  findings: OwnFinding[];
  grade: string | null;
  shelf: OnShelf | null;
}
