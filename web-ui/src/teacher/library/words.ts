import { ApiProblem, problemText } from "../../api/client";
import type { LibraryOffer, LibraryProblem } from "../../api/types";
import { formatList, formatNumber, hasKey, LANGUAGE_NAMES, isLanguage, plural, t, type Key } from "../../i18n";
import { sizeOf } from "../../technician/rules";
import { gradeRanges, type Told } from "./rules";

/** Bytes in words. */
export function size(bytes: number): string {
  const { value, unit } = sizeOf(bytes);
  return t(`tech.size.${unit}`, { number: formatNumber(value) });
}

/** Why something can't be done. What is wrong with the inside of a pack is told in one way: nobody here can mend it. */
export function troubleText(problem: LibraryProblem): string {
  if (problem.code === "library.refused" && problem.params["finding"]) {
    const key = `lint.${problem.params["finding"]}`;
    if (hasKey(key)) return t(key);
  }
  const { needed, free } = problem.params;
  if (problem.code === "box.disk-full" && needed && free) {
    const megabytes = (text: string): string => size(Number(text) * 1_000_000);
    return t("library.noRoom", { needed: megabytes(needed), free: megabytes(free) });
  }
  if (!hasKey(`problem.${problem.code}`) && problem.code.startsWith("pack.")) return t("library.broken");
  return problemText(new ApiProblem(problem.code, 422, problem.detail, problem.params));
}

/** What was found, in plain words; else in the box's own. */
export function findingText(told: Told): string {
  const key = `lint.${told.code}`;
  return hasKey(key) ? t(key) : (told.findings[0]?.message ?? told.code);
}

/** A language by its own name. */
export function languageName(tag: string): string {
  const base = tag.split("-")[0]!;
  return isLanguage(base) ? LANGUAGE_NAMES[base] : tag;
}

export function gradesText(grades: number[]): string {
  const ranges = gradeRanges(grades).map(([from, to]) =>
    from === to ? formatNumber(from) : t("library.range", { from: formatNumber(from), to: formatNumber(to) }),
  );
  return ranges.length === 1 && grades.length === 1
    ? t("library.grade", { grades: ranges[0]! })
    : t("library.grades", { grades: formatList(ranges) });
}

/** The line under an offer's title: what it is, for whom, how large. */
export function factsOf(offer: LibraryOffer): string[] {
  const facts = [
    offer.kind !== "pack" && offer.kind !== "pack-folder" && t(`library.kind.${offer.kind}` as Key),
    offer.language && languageName(offer.language),
    offer.grades.length > 0 && gradesText(offer.grades),
    offer.audience === "teachers" && t("library.forTeachers"),
    offer.lessons && plural("teach.courses.lessons", offer.lessons),
    offer.relation === "update" && offer.lacking < offer.bytes
      ? t("library.lacking", { size: size(offer.lacking), of: size(offer.bytes) })
      : size(offer.bytes),
  ];
  return facts.filter((fact): fact is string => Boolean(fact));
}
