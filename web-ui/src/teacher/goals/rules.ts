import type { Goal } from "../../api/types";
import type { IconName } from "../../ui";

export type GoalState = "reached" | "onTrack" | "behind" | "missed";

/** By shape and word, not by colour alone. */
export const STATE_ICONS: Record<GoalState, IconName> = { reached: "star", onTrack: "check", behind: "clock", missed: "close" };

export function stateOf(goal: Pick<Goal, "now" | "target" | "onTrack" | "over">): GoalState {
  if (goal.now !== null && goal.now >= goal.target) return "reached";
  if (goal.over) return "missed";
  return goal.onTrack ? "onTrack" : "behind";
}

/** The first moment of a day such as `2026-12-18`, as the box counts days. */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
