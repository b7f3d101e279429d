import type { Activity, SkillMap, SkillOnMap } from "../../api/types";
import { path } from "../../router";

/** What the box asks by itself: lessons that no course has. */
/** All skills of a course. */
export const ALL = "~all";

/** Where a skill, `<pack>/<skill>`, is practised. */
export function practicePath(course: string, skill: string): string {
  return path("/learn/practice", course, skill === ALL ? ALL : skill.split("/")[1]!);
}

/** Skills that are surely known, the kept ones first. */
export function badges(map: SkillMap): SkillOnMap[] {
  const skills = ([] as SkillOnMap[]).concat(...map.courses.map((course) => course.skills));
  const kept = skills.filter((skill) => skill.band === "kept");
  return kept.concat(skills.filter((skill) => skill.band === "secure"));
}

/** The sitting with the box's newest choice: what is answered stays, the rest is what the box says now. */
export function withChoice(before: Activity, chosen: Activity): Activity {
  if (before.run !== chosen.run) return before;
  const answered = (before.items ?? []).filter((item) => item.answered);
  const last = Math.max(-1, ...answered.map((item) => item.place));
  const open = (chosen.items ?? []).filter((item) => item.place > last);
  const kept = (before.items ?? []).filter((item) => !item.answered && !open.some((one) => one.place === item.place));
  const items = answered.concat(open, kept).sort((one, other) => one.place - other.place);
  return { ...before, items, media: [...new Set(before.media.concat(chosen.media))] };
}

/** The place after the last answered one. */
export function nextPlace(activity: Activity): number {
  return 1 + Math.max(-1, ...(activity.items ?? []).filter((item) => item.answered).map((item) => item.place));
}
