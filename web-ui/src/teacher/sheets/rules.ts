import type { ItemFindings, PrintedSheet } from "../../api/types";
import { optionWords } from "../../items/OptionBody";
import type { Option, Variant } from "../../items/types";
import type { Sheet } from "../checks/rules";

/** As the box holds them. */
export const MOST_QUESTIONS = 40;
export const MOST_SKILLS = 6;
export const USUAL_QUESTIONS = 10;

/** What can be printed of a sheet. */
export const PARTS = ["questions", "answers", "key", "marks"] as const;
export type SheetPart = (typeof PARTS)[number];

/** What is asked of the box. */
export interface Asked {
  course: string;
  /** Ids of skills as the course calls them. */
  skills: string[];
  count: number;
  forms: number;
  number: number;
}

/** Reads what an address asks for; null where a part of it is missing, for the form. */
export function readAsked(query: URLSearchParams): Asked | null {
  const number = (name: string) => Number(query.get(name) ?? NaN);
  const asked = {
    course: query.get("course") ?? "",
    skills: (query.get("skills") ?? "").split(",").filter(Boolean),
    count: number("count"),
    forms: query.has("forms") ? number("forms") : 1,
    number: number("number"),
  };
  const isWhole = [asked.count, asked.forms, asked.number].every((one) => Number.isInteger(one) && one >= 0);
  return asked.course && asked.skills.length > 0 && isWhole ? asked : null;
}

/** The same as the query of an address. */
export function queryOf({ course, skills, count, forms, number }: Asked): string {
  const list = skills.map(encodeURIComponent).join(",");
  return `?course=${encodeURIComponent(course)}&skills=${list}&count=${count}&forms=${forms}&number=${number}`;
}

/** A number for a new sheet, short enough to be typed from paper. */
export const newNumber = (random = Math.random()) => 1 + Math.floor(random * 99_999);

/** The letter of an option; a number where the alphabet ends. */
export function letterOf(letters: string, place: number): string {
  return letters.split(" ")[place] ?? String(place + 1);
}

/** The key in letters and numbers, part by part, as it is read from an answer sheet; null where it is words. */
export function keyInLetters(variant: Variant, letters: string): string[] | null {
  const letter = (list: Option[], id: string) => letterOf(letters, list.findIndex((one) => one.id === id));
  if (variant.type === "cloze" || variant.answer === undefined) return null;
  switch (variant.type) {
    case "single":
      return [letter(variant.options, variant.answer)];
    case "multiple":
      return variant.answer.map((id) => letter(variant.options, id)).sort();
    case "order":
      return variant.answer.map((id) => letter(variant.options, id));
    case "match":
      return pairs(variant.left, variant.right, variant.answer, letter);
    case "sort":
      return pairs(variant.options, variant.bins, variant.answer, letter);
    default:
      return null;
  }
}

function pairs(from: Option[], to: Option[], answer: Record<string, string>, letter: (list: Option[], id: string) => string): string[] {
  return from.map((one, place) => `${place + 1} ${letter(to, answer[one.id] ?? "")}`);
}

/** The check on paper that this sheet was: each skill with its questions, and the chance to guess of most of them. */
export function checkOf(sheet: PrintedSheet, at: number, title: string): Sheet {
  const questions = sheet.forms[0]?.questions ?? [];
  const skills = sheet.skills.map(({ id: skill }) => {
    const own = questions.filter((one) => `${sheet.course}/${one.skill}` === skill);
    const sum = own.reduce((guess, one) => guess + one.guess, 0);
    return { skill, questions: own.length, guess: own.length > 0 ? Math.round(sum / own.length) : 0 };
  });
  return { way: "paper", title, at, skills: skills.filter((one) => one.questions > 0) };
}

/** Whether somebody should look at a question of which this was found. */
export const needsLook = (verdict: ItemFindings["verdict"]) => verdict !== "good" && verdict !== "too-few" && verdict !== "very-easy";

/** An answer as a teacher reads it: the letter and words of an option, else what was typed. */
export function wordsOf(variant: Variant, response: string, letters: string): string {
  const value: unknown = JSON.parse(response);
  const list = variant.type === "single" || variant.type === "multiple" || variant.type === "order" ? variant.options : [];
  const word = (id: unknown): string => {
    const place = list.findIndex((one) => one.id === id);
    return place < 0 ? String(id) : `${letterOf(letters, place)} ${optionWords(list[place])}`;
  };
  if (Array.isArray(value)) return value.map(word).join(" · ");
  if (value && typeof value === "object") return Object.values(value).join(" · ");
  return word(value);
}
