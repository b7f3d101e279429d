/**
 * What a teacher writes: the draft of an own course, as `/api/v1/authoring` keeps it. Unfinished is allowed. What the box
 * describes lies in `schemas.ts`; questions have a description of their own, docs/pack-format.md.
 */

import type * as box from "../../api/schemas";
import type { Area, Block, Line, Mistake } from "../../items/types";

export type { OwnCourseLine as OwnCard, OwnFinding, OwnPlace, PageBlock } from "../../api/schemas";

export type Draft = Omit<box.Draft, "lessons"> & { lessons: OwnLesson[] };
export type OwnCourse = Omit<box.OwnCourse, "draft"> & { draft: Draft };
export type OwnLesson = Omit<box.DraftLesson, "parts"> & { parts: Part[] };
export type OwnSkill = box.DraftSkill;
export type Licence = box.OwnLicence;

type PartOf<K extends box.DraftPart["kind"]> = Extract<box.DraftPart, { kind: K }>;
export type PagePart = PartOf<"page">;
export type FilmPart = PartOf<"video"> | PartOf<"audio">;
export type PicturePart = PartOf<"picture">;
export type QuestionsPart = Omit<PartOf<"questions">, "items"> & { items: Item[] };
export type Part = PagePart | FilmPart | PicturePart | QuestionsPart;
export type PartKind = Part["kind"];

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
