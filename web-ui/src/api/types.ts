/** The shapes of the API, as docs/api.md and /api/openapi.json tell them. Times are milliseconds since 1970. */
import type { Response, Variant } from "../items/types";

export interface School {
  setUp: boolean;
  name: string;
  language: string;
  languages: string[];
  version: string;
  box: string;
  packsPort: number;
  sample: boolean;
}

export type Role = "student" | "assistant" | "teacher" | "head" | "technician";

export interface ClassName {
  id: string;
  name: string;
}

export interface StudentMe {
  role: "student";
  id: string;
  name: string;
  avatar: string;
  language: string;
  /** Missing while the student is in no class. */
  class?: ClassName;
  /** The right to append evidence for this student, and nothing else. */
  ticket: string;
}

export interface StaffMe {
  role: Exclude<Role, "student">;
  id: string;
  name: string;
  avatar?: string;
  language: string;
  classes: ClassName[];
}

export type Me = StudentMe | StaffMe;

export interface SampleSchool {
  port: number;
  students: string;
  teacher: string;
}

export interface SignInClass extends ClassName {
  students: number;
}

export interface Face {
  id: string;
  name: string;
  avatar: string;
}

export type AskState = { state: "waiting" | "refused" | "gone" } | { state: "allowed"; me: Me };

export type ActivityKind = "page" | "example" | "practice" | "check";
export type WorkState = "new" | "started" | "done";

export interface ContinueAt {
  course: string;
  title: string;
  lesson: string;
  lessonTitle: string;
  activity: string;
  activityTitle: string;
  done: number;
  of: number;
  picture: string | null;
}

export interface CourseCard {
  id: string;
  title: string;
  summary: string;
  cover: string | null;
  language: string;
  direction: "ltr" | "rtl";
  lessons: number;
  lessonsDone: number;
}

export interface Home {
  continue: ContinueAt | null;
  courses: CourseCard[];
}

export interface ActivityRow {
  id: string;
  kind: ActivityKind;
  title: string;
  state: WorkState;
  done: number;
  /** 0 for what is read. */
  of: number;
  right: number;
}

export interface Lesson {
  id: string;
  title: string;
  picture: string | null;
  minutes: number;
  state: WorkState;
  activities: ActivityRow[];
}

export interface Course {
  id: string;
  title: string;
  language: string;
  direction: "ltr" | "rtl";
  units: { id: string; title: string; lessons: Lesson[] }[];
}

export interface ActivityItem {
  place: number;
  seed: number;
  score: number | null;
  answered: boolean;
  item: Variant;
}

export interface Activity {
  course: string;
  courseTitle: string;
  lesson: string;
  lessonTitle: string;
  id: string;
  kind: ActivityKind;
  title: string;
  direction: "ltr" | "rtl";
  hash: string;
  run: number;
  of: number;
  html?: string | null;
  items?: ActivityItem[];
  media: string[];
  next: { lesson: string; activity: string } | null;
}

export interface ReviewItem {
  place: number;
  response: Response;
  score: number;
  right: boolean;
  feedback: string | null;
  item: Variant;
}

export interface Review {
  run: number;
  items: ReviewItem[];
}

/** What a student did, as it goes to `POST /api/v1/evidence`, before the queue adds `n` and `ago`. */
export type Evidence =
  | { type: "open"; ticket: string; course: string; lesson: string; activity: string; run: number }
  | {
      type: "read";
      ticket: string;
      course: string;
      lesson: string;
      activity: string;
      run: number;
      milliseconds: number;
    }
  | {
      type: "answer";
      ticket: string;
      course: string;
      lesson: string;
      activity: string;
      run: number;
      place: number;
      item: string;
      version: number;
      seed: number;
      response: Response;
      /** The tablet's mark; null in a check, where the tablet has no key. */
      score: number | null;
      milliseconds: number;
      hints: number;
      tries: number;
    };

export interface EvidenceReply {
  next: number;
}

export interface Presence {
  course: string;
  lesson: string;
  activity: string;
  place: number;
  idle: number;
  waiting: number;
}

// ---- Classes and students (staff) ----

export interface SchoolClass extends ClassName {
  students: number;
  signedIn: number;
  /** Who teaches or helps in it. */
  staff: Staff[];
}

export interface Student {
  id: string;
  name: string;
  avatar: string;
  schoolId: string | null;
  language: string | null;
  pictures: string[];
}

export interface ImportRow {
  line: number;
  name: string;
  schoolId: string | null;
  language: string | null;
  problem: string | null;
  existing: string | null;
}

export interface ImportPreview {
  rows: ImportRow[];
  good: number;
  bad: number;
}

export interface Badge {
  id: string;
  name: string;
  avatar: string;
  pictures: string[];
  code: string;
  /** A whole `<svg>` element. */
  qr: string;
}

export interface Staff {
  id: string;
  name: string;
  role: Exclude<Role, "student">;
}

// ---- The lesson, live ----

export type LiveState = "away" | "working" | "idle" | "stuck" | "done";

export interface LivePlace {
  course: string;
  courseTitle: string;
  lesson: string;
  lessonTitle: string;
  activity: string;
  activityTitle: string;
  kind: ActivityKind;
  done: number;
  of: number;
}

export interface LiveStudent {
  id: string;
  name: string;
  avatar: string;
  signedIn: boolean;
  state: LiveState;
  reason: { code: string; params: Record<string, string | number> } | null;
  /** When the state began; null when nothing was heard today. */
  since: number | null;
  waiting: number;
  place: LivePlace | null;
  last: { right: boolean; score: number; item: string; skill: string; at: number }[];
  answers: number;
  rightAnswers: number;
}

export interface Ask {
  ask: string;
  student: string;
  name: string;
  avatar: string;
  at: number;
}

export interface Live {
  class: ClassName;
  now: number;
  asks: Ask[];
  students: LiveStudent[];
}

/** What only teachers read of a lesson: HTML that the box made, without scripts. */
export interface LessonNotes {
  teacherNotes: string | null;
  offTablet: string | null;
}

export interface Box {
  version: string;
  startedAt: number;
  addresses: string[];
  names: string[];
  disk: { free: number; total: number };
  entries: number;
  packs: { id: string; version: string; title: string; hash: string; bytes: number; builtIn: boolean }[];
}
