import type { CoverageSkill } from "../../api/types";

/** What a course can have for a skill. */
export type Part = "taught" | "practised" | "assessed";

/** How much all courses have for a skill. */
export function countOf(row: CoverageSkill, part: Part): number {
  return row.by.reduce((sum, by) => sum + by[part], 0);
}

/** Other courses than the skill's own that have something for it. */
export function othersOf(row: CoverageSkill, part: Part): string[] {
  return row.by.filter((by) => by.course !== row.course && by[part] > 0).map((by) => by.course);
}
