import type { Activity, Evidence } from "../api/types";
import { keep } from "../queue";
import { me } from "../store";

/** `Evidence` without the ticket, of each kind. */
type WithoutTicket<E> = E extends Evidence ? Omit<E, "ticket"> : never;

/** Which activity and run something happened in. */
export function whereOf(activity: Activity) {
  return { course: activity.course, lesson: activity.lesson, activity: activity.id, run: activity.run };
}

/** Keeps what a student did. Staff only look: for them nothing is recorded. */
export async function record(evidence: WithoutTicket<Evidence>): Promise<void> {
  const person = me.get();
  if (person?.role !== "student") return;
  await keep({ ...evidence, ticket: person.ticket } as Evidence);
}
