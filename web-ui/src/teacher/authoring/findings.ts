/** What the box found in a draft: what stops it, what would make it better, and where each of them leads. */

import { hasKey, type Key, t } from "../../i18n";

import { lessonOf } from "./draft";
import { ownPath } from "./places";
import { wordsOf } from "./stem";
import type { Draft, OwnFinding, OwnPlace } from "./types";

/** Whether it keeps the course off the shelf. */
export const stops = ({ severity }: OwnFinding): boolean => severity === "error" || severity === "fatal";

/** What must be done, and what would be good; numbers for authors are left out. Each thing once for each place. */
export function sorted(findings: OwnFinding[]): { must: OwnFinding[]; could: OwnFinding[] } {
  const seen = new Set<string>();
  const told = findings.filter((one) => {
    const key = JSON.stringify([one.code, one.place]);
    return one.severity !== "info" && !seen.has(key) && seen.add(key);
  });
  return { must: told.filter(stops), could: told.filter((one) => !stops(one)) };
}

/** The screen of a place. */
export function addressOf(own: string, { lesson, part, item, field }: OwnPlace): string {
  const screen = ownPath(...[own, lesson, part, item].filter((one): one is string => one !== null));
  return field === null ? screen : `${screen}?field=${encodeURIComponent(field)}`;
}

/** What is found at a place or below it. */
export function foundAt(findings: OwnFinding[], place: Partial<OwnPlace>): OwnFinding[] {
  return findings.filter((one) => Object.entries(place).every(([name, value]) => one.place[name as keyof OwnPlace] === value));
}

/** A finding in the words of the interface, else in the box's own. */
export function findingWords({ code, place, message }: OwnFinding): string {
  const known = [`authoring.finding.${code}.${place.field}`, `authoring.finding.${code}`, `lint.${code}`].find(hasKey);
  return known ? t(known as Key) : message;
}

/** The name of a place, as the teacher wrote it; empty for the course. */
export function placeName(draft: Draft, { lesson, part, item }: OwnPlace): string {
  const found = lesson === null ? undefined : lessonOf(draft, lesson);
  if (!found) return "";
  const piece = found.parts.find((one) => one.id === part);
  if (piece?.kind === "questions") {
    const at = piece.items.findIndex((one) => one.id === item);
    if (at >= 0) return t("authoring.placeQuestion", { number: at + 1, words: wordsOf(piece.items[at]!.stem).slice(0, 60) });
  }
  return piece ? partTitle(piece.title, piece.kind) : lessonTitle(found.title);
}

export const lessonTitle = (title: string): string => title.trim() || t("authoring.lessonUntitled");

export const partTitle = (title: string, kind: string): string => title.trim() || t(`authoring.part.${kind as "page"}`);
