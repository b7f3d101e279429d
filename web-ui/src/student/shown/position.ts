import { put } from "../../api/client";
import type { Activity } from "../../api/types";
import { me } from "../../store";
import { activityPath } from "../remote";

/**
 * Tells the box where the student stopped, so that it goes on there on any tablet: a second, a page, a chapter.
 * It helps and nothing more, so nobody hears of it when the box is away.
 */
export function keepPosition(activity: Activity, position: number): void {
  if (me.get()?.role !== "student") return;
  const where = `${activityPath(activity.course, activity.lesson, activity.id)}/position`;
  put(where, { position: Math.max(0, Math.round(position)) }).catch(() => undefined);
}
