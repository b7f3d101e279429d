import { useEffect, useState } from "preact/hooks";
import type Authoring from "../i18n/authoring.en.json";
import type Checks from "../i18n/checks.en.json";
import type Master from "../i18n/en.json";
import type Plans from "../i18n/plans.en.json";
import type Sheets from "../i18n/sheets.en.json";
import type Staff from "../i18n/staff.en.json";
import ar from "../i18n/ar.json?url";
import en from "../i18n/en.json?url";
import es from "../i18n/es.json?url";
import fr from "../i18n/fr.json?url";

/**
 * Texts of the interface. `i18n/en.json` is the master: its keys are the type of `t`. A plural has one
 * key for each category, `name#one`, `name#other`, and is asked for as `plural("name", count)`.
 * The catalogue is loaded before the first paint, one file for one language. What only screens of staff say
 * (`i18n/staff.en.json`, and of a few screens `authoring`, `checks`, `plans` and `sheets`) comes with those screens, so that no student's tablet loads it.
 */
type Keys = keyof typeof Master | keyof typeof Staff | keyof typeof Authoring | keyof typeof Checks | keyof typeof Plans | keyof typeof Sheets;
export type PluralKey = Keys extends infer K ? (K extends `${infer Base}#other` ? Base : never) : never;
export type Key = Keys extends infer K ? (K extends `${string}#${string}` ? never : K) : never;
export type Values = Record<string, string | number>;

export const LANGUAGES = ["en", "es", "fr", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A language names itself, so that whoever reads it recognises it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  es: "Español",
  fr: "Français",
  ar: "العربية",
};

type Files = Record<Language, string>;
const files: Files = { en, es, fr, ar };
/** Catalogues of screens that came later. */
const added: Files[] = [];

let language: Language = "en";
let catalogue: Record<string, string> = {};
let plurals = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");
const listeners = new Set<() => void>();

export function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value);
}

/** The first of the browser's languages that we speak, else English. */
export function browserLanguage(): Language {
  for (const wanted of navigator.languages ?? [navigator.language]) {
    const base = wanted.split("-")[0];
    if (isLanguage(base)) return base;
  }
  return "en";
}

export function directionOf(code: string): "ltr" | "rtl" {
  return /^(ar|fa|he|ur|ps|sd|ckb)\b/.test(code) ? "rtl" : "ltr";
}

/** Loads the texts of a language and shows them everywhere; keeps the present ones when the box does not answer. */
export async function loadLanguage(code: string): Promise<void> {
  const next = isLanguage(code) ? code : "en";
  if (next === language && catalogue["common.done"]) return;
  const parts = await Promise.all([files, ...added].map((one) => fetchTexts(one[next])));
  setCatalogue(next, Object.assign({}, ...parts) as Record<string, string>);
}

/** Adds the texts of screens that came later, in this language and in every one that is chosen from now on. */
export async function addTexts(more: Files): Promise<void> {
  if (added.includes(more)) return;
  const texts = await fetchTexts(more[language]);
  added.push(more);
  setCatalogue(language, { ...catalogue, ...texts });
}

async function fetchTexts(address: string): Promise<Record<string, string>> {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`catalogue ${address}: ${reply.status}`);
  return (await reply.json()) as Record<string, string>;
}

/** Takes a catalogue as it is; `loadLanguage` and the unit tests call it. */
export function setCatalogue(code: Language, texts: Record<string, string>): void {
  language = code;
  catalogue = texts;
  plurals = new Intl.PluralRules(code);
  numbers = new Intl.NumberFormat(code);
  if (typeof document !== "undefined") {
    document.documentElement.lang = code;
    document.documentElement.dir = directionOf(code);
  }
  for (const listener of [...listeners]) listener();
}

export function currentLanguage(): Language {
  return language;
}

/** Renders the component again when the language changes. */
export function useLanguage(): Language {
  const [shown, setShown] = useState(language);
  useEffect(() => {
    const listener = () => setShown(language);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return shown;
}

function fill(text: string, values?: Values): string {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

/** The text of a key, with `{name}` filled in; numbers are written as the language writes them. */
export function t(key: Key, values?: Values): string {
  return fill(catalogue[key] ?? key, values);
}

/** The text for `count` things; `{count}` is filled in. */
export function plural(key: PluralKey, count: number, values?: Values): string {
  const text = catalogue[`${key}#${plurals.select(count)}`] ?? catalogue[`${key}#other`] ?? key;
  return fill(text, { count, ...values });
}

export function hasKey(key: string): key is Key {
  return catalogue[key] !== undefined;
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return options ? new Intl.NumberFormat(language, options).format(value) : numbers.format(value);
}

export function formatPercent(share: number): string {
  return formatNumber(share, { style: "percent", maximumFractionDigits: 0 });
}

export function formatDate(milliseconds: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, options).format(milliseconds);
}

/** `a, b and c` in the language of the interface (Chrome 70 has no `Intl.ListFormat`). */
export function formatList(parts: string[]): string {
  if (parts.length < 2) return parts.join("");
  return t("common.listLast", {
    first: parts.slice(0, -1).join(t("common.listComma")),
    last: parts[parts.length - 1]!,
  });
}
