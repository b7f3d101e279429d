import type { IconName } from "../../ui";
import type { PlanContent } from "../../api/types";

/** The seven blended models, each with the drawing that stands for it. */
export const MODELS: [PlanContent["model"], IconName][] = [
  ["stationRotation", "refresh"],
  ["labRotation", "tablet"],
  ["individualRotation", "person"],
  ["flipped", "home"],
  ["flex", "hand"],
  ["aLaCarte", "book"],
  ["enrichedVirtual", "globe"],
];

export const STATION_ICONS: Record<PlanContent["stations"][number]["kind"], IconName> = {
  tablets: "tablet",
  teacher: "people",
  paper: "edit",
};

/** Students who belong together, and the skill that they all still need. */
export interface Together {
  gap: string | null;
  students: string[];
}

/** Groups who share a gap, as many as the plan has: the largest is halved, the two smallest become one. */
export function fitGroups(groups: Together[], count: number): Together[] {
  const fit = groups.filter((group) => group.students.length > 0).map((group) => ({ ...group }));
  const bySize = () => fit.sort((a, b) => b.students.length - a.students.length);
  while (fit.length > count && fit.length > 1) {
    bySize();
    const [smallest, next] = [fit.pop()!, fit.pop()!];
    const gap = smallest.gap === next.gap ? smallest.gap : null;
    fit.push({ gap, students: [...next.students, ...smallest.students] });
  }
  while (fit.length < count) {
    bySize();
    const largest = fit.shift() ?? { gap: null, students: [] };
    const half = Math.ceil(largest.students.length / 2);
    fit.push(
      { gap: largest.gap, students: largest.students.slice(0, half) },
      { gap: largest.gap, students: largest.students.slice(half) },
    );
  }
  return bySize();
}

/** The plan with these groups; drawings and names of the groups stay. Who is in none of them joins the smallest. */
export function regroup(plan: PlanContent, groups: Together[], everybody: string[]): PlanContent {
  const fit = fitGroups(groups, plan.groups.length);
  const placed = new Set(fit.flatMap((group) => group.students));
  for (const student of everybody.filter((one) => !placed.has(one))) {
    fit.reduce((least, group) => (group.students.length < least.students.length ? group : least)).students.push(student);
  }
  return { ...plan, groups: plan.groups.map((group, at) => ({ ...group, ...fit[at]! })) };
}

/** The plan with one student in another group. */
export function moveTo(plan: PlanContent, student: string, to: number): PlanContent {
  const groups = plan.groups.map((group, at) => {
    const others = group.students.filter((one) => one !== student);
    return { ...group, students: at === to ? [...others, student] : others };
  });
  return { ...plan, groups };
}

/** Who is in no group of the plan: they came to the class after it was made. */
export function leftOut<S extends { id: string }>(plan: PlanContent, students: S[]): S[] {
  const placed = new Set(plan.groups.flatMap((group) => group.students));
  return students.filter((student) => !placed.has(student.id));
}

/** The skill as its course calls it, without the course. */
export function ownId(skill: string): string {
  return skill.slice(skill.indexOf("/") + 1);
}
