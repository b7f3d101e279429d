import type { Band, EvidenceRow, SkillCell, SkillHead, SkillStory } from "../../api/types";
import { formatNumber, plural, t, type Key } from "../../i18n";
import { bandWord } from "../../ui";

/** From least to most. */
export const BANDS: Band[] = ["notSeen", "starting", "gettingThere", "nearly", "secure", "kept", "reviewDue"];

/** What a teacher says stands for what was seen. */
export function shownBand(cell: SkillCell): Band {
  return cell.said ?? cell.band ?? "notSeen";
}

/** A cell for those who hear the page. */
export function cellWords(student: string, skill: SkillHead, cell: SkillCell): string {
  const words = [`${student}, ${skill.name}: ${bandWord(shownBand(cell))}`];
  if (cell.said) words.push(t("teach.skills.saidByTeacher"));
  if (cell.spinning) words.push(t("teach.skills.spinning"));
  return words.join(". ");
}

/** How a piece of evidence came about, in words. */
export function wayWord(row: EvidenceRow): string {
  if (!row.way) return t(row.together ? "teach.way.together" : "teach.way.tablet");
  return t(`teach.way.${row.way}` as Key);
}

/** What came of it, in words: right, wrong, so many of so many, or a level. */
export function scoreWords(row: EvidenceRow): string {
  if (row.way === "paper") {
    return t("teach.skills.of", { right: formatNumber(Math.round(row.score * row.questions)), of: formatNumber(row.questions) });
  }
  if (row.way === "oral" || row.way === "observed") return t(`teach.level.${levelOf(row.score)}` as Key);
  if (row.way === "product") return t("teach.skills.of", { right: formatNumber(Math.round(row.score * 4)), of: formatNumber(4) });
  return t(row.score >= 1 ? "teach.mark.right" : row.score > 0 ? "teach.mark.partly" : "teach.mark.wrong");
}

/** The four levels of an oral or observed check, from what they count for. */
export function levelOf(score: number): 1 | 2 | 3 | 4 {
  return score < 0.25 ? 1 : score < 0.55 ? 2 : score < 0.85 ? 3 : 4;
}

/** What would make it secure, or what is to do else: one sentence. */
export function whatNext(story: SkillStory): string {
  if (story.spinning) return t("teach.skills.spinningDo");
  if (story.band === "reviewDue") return t("teach.skills.reviewDo");
  if (story.band === "secure" || story.band === "kept") return t("teach.skills.secureDo");
  if (story.moreRight === null) return t("teach.skills.farDo");
  return plural("teach.skills.moreRight", story.moreRight);
}

/** The name of a strand from its id: "place-value" is "Place value". Packs give strands no other name. */
export function strandName(strand: string): string {
  const words = strand.replace(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
