/**
 * What this telephone holds of checks that the box does not have yet: scores by the ids of students, no name. It stays
 * when the teacher is signed out, and goes out under the same teacher alone.
 */
import { ApiProblem, put } from "../../api/client";
import { path } from "../../router";
import { me } from "../../store";
import type { Sheet } from "./rules";
import type { Unsent } from "./typing";

const UNSENT = "schoolhouse.check";
const BEGUN = "schoolhouse.check-begun";

/** A check that was begun and has no score yet. */
export interface Begun {
  sheet: Sheet;
  /** The names of its skills. */
  names: Record<string, string>;
}

const mine = () => `${UNSENT}.${me.get()?.id ?? ""}.`;
const keyFor = (room: string, check: string) => `${mine()}${room}.${check}`;
export const checkAddress = (room: string, check: string) => path("/api/v1/classes", room, "checks", check);

function read<T>(storage: () => Storage, key: string): T | null {
  try {
    return JSON.parse(storage().getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: unknown) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // A telephone that stores nothing still sends.
  }
}

export const unsentOf = (room: string, check: string) => read<Unsent>(() => localStorage, keyFor(room, check));
export const keepUnsent = (room: string, check: string, unsent: Unsent | null) =>
  write(() => localStorage, keyFor(room, check), unsent);
export const begunOf = (check: string) => read<Begun>(() => sessionStorage, `${BEGUN}.${check}`);
export const keepBegun = (check: string, begun: Begun) => write(() => sessionStorage, `${BEGUN}.${check}`, begun);

/** Room and check of all that waits, of this teacher. */
function waiting(): [string, string][] {
  try {
    const names = Object.keys(localStorage).filter((key) => key.startsWith(mine()));
    return names.map((key) => key.slice(mine().length).split(".") as [string, string]);
  } catch {
    return [];
  }
}

/** How many scores of a class wait on this telephone. */
export function countWaiting(room: string): number {
  const own = waiting().filter(([of]) => of === room);
  return own.reduce((count, [of, check]) => count + (unsentOf(of, check)?.scores.length ?? 0), 0);
}

let sending: Promise<void> | null = null;

/** Sends what waits from before; what is typed meanwhile waits for that, so that nothing old overtakes it. */
export function sendWaiting(): Promise<void> {
  sending ??= sendAll().finally(() => (sending = null));
  return sending;
}

async function sendAll() {
  for (const [room, check] of waiting()) {
    const unsent = unsentOf(room, check);
    if (!unsent) continue;
    try {
      await put(checkAddress(room, check), { ...unsent.sheet, scores: unsent.scores });
      keepUnsent(room, check, null);
    } catch (problem) {
      // What is refused stays and is told where the check is opened.
      if (!(problem instanceof ApiProblem) || problem.unreachable) return;
    }
  }
}
