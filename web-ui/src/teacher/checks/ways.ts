import type { Way } from "../../api/types";
import { t } from "../../i18n";
import type { IconName } from "../../ui";
import { questionsOf, type Sheet } from "./rules";

export const WAY_ICONS: Record<Way, IconName> = { paper: "page", oral: "sound", observed: "eye", product: "puzzle", cards: "hand" };

/** A value in words: "7 of 10", "with help", "right". */
export function valueText(sheet: Sheet, skill: string, value: number): string {
  if (sheet.way === "paper") return t("checks.right", { value, of: questionsOf(sheet, skill) });
  if (sheet.way === "cards") return t(value === 1 ? "checks.card.right" : "checks.card.wrong");
  return levelWord(sheet.way, value);
}

/** What a level is called. */
export function levelWord(way: "oral" | "observed" | "product", level: number): string {
  if (way === "product") return t(PRODUCT[level] ?? "checks.product.0");
  return t(SHOWN[level] ?? "checks.level.1");
}

const SHOWN = [undefined, "checks.level.1", "checks.level.2", "checks.level.3", "checks.level.4"] as const;
const PRODUCT = [
  "checks.product.0",
  "checks.product.1",
  "checks.product.2",
  "checks.product.3",
  "checks.product.4",
] as const;
