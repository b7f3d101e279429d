import { useEffect, useState } from "preact/hooks";
import { get } from "../api/client";
import type { GroupNow, LessonState } from "../api/types";
import { formatNumber, t, type Key } from "../i18n";
import { Store, useStore } from "../store";
import { clockOf, followed, phaseAt, type Followed, type Phase } from "./rules";

/** The box answers after 20 s at the latest. */
const PATIENCE = 30_000;
/** What a page needs to be shown comes first; only then the question what lesson it is. */
const PAGE_FIRST = 1_500;
/** Not all tablets of a class at once. */
const restAfterLoss = () => 2_000 + 2_000 * Math.random();

/** The lesson that runs; null when none does, `undefined` until the box has said so. */
export const lessonNow = new Store<Followed | null | undefined>(undefined);

/** A clock that no change of the date can turn. */
export const steady = () => performance.now();

let stopFollowing: (() => void) | null = null;
let followers = 0;
let followedOf: string | undefined;

/** Asks the box again and again, each time until it has news. What it said last goes on by itself while it is away. */
function begin(address: string): () => void {
  let over = false;
  let mark = "";
  let asking = new AbortController();
  let timer = 0;

  async function ask() {
    asking = new AbortController();
    const { signal } = asking;
    try {
      const heard = await get<LessonState>(`${address}${mark && `after=${mark}`}`, { timeout: PATIENCE, signal });
      if (over || signal.aborted) return;
      mark = heard.mark;
      lessonNow.set(heard.lesson && followed(heard.lesson, steady()));
      void ask();
    } catch {
      if (over || signal.aborted) return;
      if (lessonNow.get() === undefined) lessonNow.set(null);
      mark = "";
      timer = window.setTimeout(() => void ask(), restAfterLoss());
    }
  }

  // A tablet that slept may have stopped its clock.
  function onSight() {
    asking.abort();
    clearTimeout(timer);
    mark = "";
    if (document.visibilityState === "visible") void ask();
  }

  document.addEventListener("visibilitychange", onSight);
  timer = window.setTimeout(() => void ask(), Math.max(0, PAGE_FIRST - steady()));
  return () => {
    over = true;
    asking.abort();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onSight);
  };
}

/** The lesson of a class, or without one that of the student who is signed in. */
export function useLesson(of?: string): Followed | null | undefined {
  useEffect(() => {
    const address = `/api/v1/lesson?${of ? `class=${encodeURIComponent(of)}&` : ""}`;
    followers += 1;
    if (followedOf !== address) {
      stopFollowing?.();
      lessonNow.set(undefined);
      followedOf = address;
      stopFollowing = begin(address);
    }
    return () => {
      followers -= 1;
      // The next page of the same person goes on with it.
      setTimeout(() => {
        if (followers > 0 || followedOf !== address) return;
        stopFollowing?.();
        stopFollowing = null;
        followedOf = undefined;
        lessonNow.set(undefined);
      });
    };
  }, [of]);
  return useStore(lessonNow);
}

/** Where the lesson is, from second to second. */
export function usePhase(lesson: Followed | null | undefined): Phase | null {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!lesson) return;
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, [lesson]);
  return lesson ? phaseAt(lesson, steady()) : null;
}

/** What a group is called: its own name, else that of its drawing. */
export function groupName(group: Pick<GroupNow, "name" | "drawing">): string {
  return group.name || t(`signIn.picture.${group.drawing}` as Key);
}

/** `6:05`, in the digits of the language. */
export function clockText(milliseconds: number): string {
  const { minutes, seconds } = clockOf(milliseconds);
  return `${formatNumber(minutes)}:${formatNumber(seconds, { minimumIntegerDigits: 2 })}`;
}
