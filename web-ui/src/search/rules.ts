import type { ResultKind, SearchResult } from "../api/types";
import { LANGUAGE_NAMES, isLanguage } from "../i18n";

/** What somebody looks for, as it stands in the address of the page. */
export interface Wanted {
  q: string;
  kind: ResultKind | null;
  language: string | null;
  grade: string | null;
}

const PARTS = ["q", "kind", "language", "grade"] as const;

export function wantedOf(query: URLSearchParams): Wanted {
  const part = (name: string) => query.get(name) || null;
  return { q: query.get("q") ?? "", kind: part("kind") as ResultKind | null, language: part("language"), grade: part("grade") };
}

/** The query of an address, with its question mark; nothing where nothing is wanted. */
export function queryOf(wanted: Wanted, more: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const part of PARTS) {
    const value = wanted[part];
    if (value) query.set(part, value);
  }
  for (const name of Object.keys(more)) query.set(name, more[name]!);
  const text = query.toString();
  return text && `?${text}`;
}

const address = (start: string, ...segments: string[]) => [start, ...segments.map(encodeURIComponent)].join("/");

export type Reader = "student" | "staff";

/** Staff read these parts of a guide among their own screens, and those of a course as its students see them. */
const READ_AT_DESK: ResultKind[] = ["page", "practice", "question"];

/** Where a result opens: for students the activity; for staff the lesson in its course, or the activity to look at. */
export function placeOf(result: SearchResult, reader: Reader): string {
  const { audience, course, lesson, activity, chapter, kind, note } = result;
  const inCourse = kind === "course" || kind === "lesson" || kind === "skill" || kind === "note";
  if (reader === "staff" && (inCourse || !lesson || !activity)) {
    const query = new URLSearchParams();
    if (lesson) query.set("lesson", lesson);
    if (note) query.set("note", note);
    const text = query.toString();
    return address("/teach/courses", course) + (text && `?${text}`);
  }
  if (!lesson || !activity) return address("/learn", course);
  if (audience === "teachers" && READ_AT_DESK.indexOf(kind) >= 0) return address("/teach/courses", course, lesson, activity);
  return address("/learn", course, lesson, activity) + (chapter === null ? "" : `?chapter=${chapter}`);
}

/** A language names itself, as in i18n.ts; these are languages of lessons that the screens do not speak. */
const OTHER_LANGUAGES: Record<string, string> = {
  am: "አማርኛ", bn: "বাংলা", fa: "فارسی", ha: "Hausa", hi: "हिन्दी", id: "Bahasa Indonesia", ig: "Igbo", km: "ខ្មែរ",
  lo: "ລາວ", mg: "Malagasy", my: "မြန်မာ", ne: "नेपाली", ny: "Chichewa", om: "Oromoo", ps: "پښتو", pt: "Português",
  ru: "Русский", rw: "Kinyarwanda", sn: "chiShona", so: "Soomaali", sw: "Kiswahili", ta: "தமிழ்", th: "ไทย", ti: "ትግርኛ",
  tr: "Türkçe", uk: "Українська", ur: "اردو", uz: "Oʻzbekcha", vi: "Tiếng Việt", wo: "Wolof", xh: "isiXhosa", yo: "Yorùbá",
  zh: "中文", zu: "isiZulu",
};

export function languageName(code: string): string {
  const base = code.split("-")[0]!;
  return isLanguage(base) ? LANGUAGE_NAMES[base] : (OTHER_LANGUAGES[base] ?? code);
}
