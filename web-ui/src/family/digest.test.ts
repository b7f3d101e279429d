import { expect, it } from "vitest";
import ar from "../../i18n/ar.json";
import en from "../../i18n/en.json";
import es from "../../i18n/es.json";
import fr from "../../i18n/fr.json";
import type { ReportCard } from "../api/types";
import { setCatalogue, type Language } from "../i18n";
import { digestOf } from "./digest";

const skill = { id: "a/b", name: "Hundreds, tens and ones", can: "I can", strand: "" };
const card: ReportCard = {
  name: "Amina Banda",
  avatar: "fox-1",
  classes: ["Class 4"],
  school: "Hill School",
  from: 0,
  at: 1,
  courses: [],
  secure: 12,
  newlySecure: 3,
  next: [skill],
  goals: [],
  days: { there: 0, away: 0 },
  code: null,
};

it("says what is known and one thing to do, without a surname", () => {
  setCatalogue("en", en);
  expect(digestOf(card)).toBe(
    "Amina, Hill School: 12 skills are secure. 3 of them are new. Next: Hundreds, tens and ones. At home: ask your child to show you one of these, a few minutes each day.",
  );
});

it("fits two messages in every language, however long the names are", () => {
  const long = { ...card, name: "Maximiliana".repeat(9), school: "School of the long name ".repeat(9), secure: 1234, newlySecure: 123, next: [{ ...skill, name: "x".repeat(200) }] };
  for (const [language, texts] of Object.entries({ ar, en, es, fr })) {
    setCatalogue(language as Language, texts);
    for (const one of [card, long]) expect([...digestOf(one)].length).toBeLessThanOrEqual(320);
    expect(digestOf(card)).not.toContain("Banda");
  }
});
