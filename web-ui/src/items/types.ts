/**
 * Questions as the box sends them: a variant is an item with its numbers drawn and filled in, so it
 * holds no expressions. Field by field this is "What a tablet gets" in docs/pack-format.md.
 */
export type Block =
  | { p: string }
  | { math: string }
  | { cloze: string }
  | { image: string; alt: string; decorative?: boolean }
  | AudioBlock
  | { table: string[][]; head?: boolean }
  | Drawing;

export interface AudioBlock {
  audio: string;
  transcript?: string;
}

/** A picture made from numbers. */
export type Drawing =
  | { drawing: "base-ten" | "ten-frame"; value: number }
  | { drawing: "array"; rows: number; columns: number }
  | { drawing: "fraction-bar" | "fraction-circle"; parts: number; shaded: number }
  | ({ drawing: "number-line"; mark?: string } & Line);

/** A number line; its numbers are texts, because they may be fractions. */
export interface Line {
  from: string;
  to: string;
  step: string;
  /** The values that get a label; without it both ends and every step have one. */
  labels?: string[];
}

export interface Option {
  id: string;
  blocks: Block[];
  feedback?: string;
  misconception?: string;
}

export interface Mistake {
  value: string;
  feedback?: string;
  misconception?: string;
}

/** The common fields. While a check runs, key, mistakes, hints, solution and feedback are missing. */
interface Common {
  id: string;
  version: number;
  seed: number;
  skills: { id: string; weight: number }[];
  difficulty: { mean: number; sd: number };
  seconds: number;
  stem: Block[];
  hints?: string[];
  solution?: Block[];
  feedback?: { right?: string; wrong?: string };
  /** Language → media path of the stem read aloud. */
  audio?: Record<string, string>;
  /** How it stands on paper: so many lines to write on. */
  print?: { ok?: boolean; lines?: number };
}

export interface Gap {
  id: string;
  kind: "number" | "short" | "choice";
  answer?: string | string[];
  options?: Option[];
}

export interface Area {
  id: string;
  shape: "circle" | "rect";
  x: number;
  y: number;
  w: number;
  h: number;
  label: string;
}

export type Variant = Common &
  (
    | { type: "single"; options: Option[]; answer?: string }
    | { type: "multiple"; options: Option[]; answer?: string[] }
    | { type: "truefalse"; answer?: boolean }
    | {
        type: "number";
        unit?: string;
        mistakes?: Mistake[];
        answer?: { value: string; tolerance?: string; simplest?: boolean };
      }
    | {
        type: "short";
        mistakes?: Mistake[];
        answer?: { accept: string[]; caseMatters?: boolean; accentsMatter?: boolean };
      }
    | { type: "cloze"; gaps: Gap[] }
    | { type: "match"; left: Option[]; right: Option[]; answer?: Record<string, string> }
    | { type: "order"; options: Option[]; answer?: string[] }
    | { type: "sort"; bins: Option[]; options: Option[]; answer?: Record<string, string> }
    | { type: "hotspot"; image: string; alt: string; areas: Area[]; many?: true; answer?: string[] }
    | {
        type: "numberline";
        line: Line;
        answer?: { value: string; tolerance?: string };
      }
    | { type: "tapword"; words: { id: string; text: string }[]; many?: true; answer?: string[] }
  );

export type ItemType = Variant["type"];
export type VariantOf<T extends ItemType> = Extract<Variant, { type: T }>;

/** What a student sends; null while nothing was answered. */
export type Response = string | boolean | string[] | Record<string, string> | null;

export interface Mark {
  /** 0 to 1. */
  score: number;
  /** Only when the score is 1. */
  right: boolean;
  /** The name of the recognised mistake. */
  misconception?: string;
  /** What the author says to this very answer. */
  feedback?: string;
}

/** What an item component gets. It shows the stem and the place to answer; the player does everything else. */
export interface ItemViewProps {
  variant: Variant;
  /** The pack's hash, or the address of a course that is being written: media are at `mediaUrl(hash, path)`. */
  hash: string;
  value: Response;
  /** Called with the whole response on every change, half done or not (`isComplete` tells); null when it is empty. */
  onChange: (value: Response) => void;
  disabled: boolean;
  /** Set after the answer was checked: show what was right and what was wrong, with shape and words, not colour alone. */
  result: Mark | null;
}

/** What the control of one type gets. */
export interface ControlProps<T extends ItemType> extends Omit<ItemViewProps, "variant"> {
  variant: VariantOf<T>;
  /** The id of the element that holds the question, which names the control. */
  labelledBy: string;
  /** Which answered parts are right, by id; empty until the answer was marked. */
  marks: Record<string, boolean>;
}
