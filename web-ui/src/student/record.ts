import type { Activity, Evidence } from "../api/types";
import { keep } from "../queue";
import { me, partner, Store } from "../store";

/** `Evidence` without the tickets, of each kind. */
type WithoutTicket<E> = E extends Evidence ? Omit<E, "ticket" | "partner"> : never;

/** How many answers two have given together on this page: they take turns. */
export const turns = new Store(0);

/** Which activity and run something happened in. */
export function whereOf(activity: Activity) {
  return { course: activity.course, lesson: activity.lesson, activity: activity.id, run: activity.run };
}

/** Keeps what a student did, alone or with a partner. Staff only look: for them nothing is recorded. */
export async function record(evidence: WithoutTicket<Evidence>): Promise<void> {
  const person = me.get();
  if (person?.role !== "student") return;
  const other = evidence.type === "answer" ? partner.get() : null;
  await keep({ ...evidence, ticket: person.ticket, ...(other && { partner: other.ticket }) } as Evidence);
  if (other) turns.set(turns.get() + 1);
}
