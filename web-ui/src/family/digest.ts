import type { ReportCard } from "../api/types";
import { plural, t } from "../i18n";

/** What fits two text messages. */
export const LONGEST_DIGEST = 320;

/** A few words to take home or to send: the first name, what is known, one thing to do. Never a surname. */
export function digestOf(card: ReportCard): string {
  const first = card.name.trim().split(/\s+/)[0]!;
  const parts = [
    t("report.digest", { name: cut(first, 24), school: cut(card.school, 40) }),
    plural("report.secure", card.secure),
    card.newlySecure > 0 ? plural("report.new", card.newlySecure) : "",
    card.next.length > 0 ? t("report.digestNext", { skill: cut(card.next[0]!.name, 48) }) : "",
    t("report.atHome"),
  ];
  return cut(parts.filter(Boolean).join(" "), LONGEST_DIGEST);
}

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}
