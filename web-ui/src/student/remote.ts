import { useEffect, useRef, useState } from "preact/hooks";
import { ApiProblem, get, onReach } from "../api/client";
import { keepValue, keptValue } from "../kept";
import { queueStatus, settle } from "../queue";
import { reachable } from "../store";

const PATIENCE = 1_500;

export interface Remote<T> {
  value: T | null;
  error: unknown;
  /** What is shown was kept on this tablet; the box has not confirmed it. */
  kept: boolean;
  reload: () => void;
}

/** Fetches and keeps a document, so that it is there again when the box is not. */
export async function fetchAndKeep<T>(path: string, signal?: AbortSignal): Promise<T> {
  const value = await get<T>(path, { signal });
  await keepValue(path, value);
  return value;
}

/**
 * A document of the box. When the box is away or slow, the copy that this tablet kept is shown, and the
 * box's own takes its place as soon as it comes. What `tellsProgress` is fetched again when the box has the answers that
 * it did not have yet.
 */
export function useRemote<T>(path: string | null, tellsProgress = false): Remote<T> {
  const [shown, setShown] = useState<{ path: string; value: T; kept: boolean } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const behind = useRef(false);

  useEffect(() => {
    if (!path) return;
    const stop = new AbortController();
    let here = false;
    setError(null);
    const fallBack = async () => {
      const value = await keptValue<T>(path);
      if (stop.signal.aborted || here || value === undefined) return value !== undefined;
      setShown({ path, value, kept: true });
      return true;
    };
    const timer = setTimeout(() => void fallBack(), reachable.get() ? PATIENCE : 0);
    // A page that comes right after the last answer must count it.
    const settled = settle(PATIENCE);
    settled.then(() => fetchAndKeep<T>(path, stop.signal)).then(
      (value) => {
        here = true;
        behind.current = queueStatus.get().waiting > 0;
        clearTimeout(timer);
        if (!stop.signal.aborted) setShown({ path, value, kept: false });
      },
      async (problem: unknown) => {
        clearTimeout(timer);
        if (stop.signal.aborted) return;
        const away = problem instanceof ApiProblem && problem.unreachable;
        if (!(away && (await fallBack())) && !stop.signal.aborted) setError(problem);
      },
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, round]);

  useEffect(() => {
    if (!tellsProgress) return;
    return queueStatus.watch(() => {
      if (queueStatus.get().waiting > 0 || !behind.current) return;
      behind.current = false;
      setRound((before) => before + 1);
    });
  }, [tellsProgress]);

  const value = shown && shown.path === path ? shown.value : null;
  const kept = Boolean(value && shown!.kept);
  const missing = error !== null || kept;
  useEffect(() => {
    if (!missing) return;
    // The box is back: fetch what we could not.
    return onReach((reached) => {
      if (reached) setRound((before) => before + 1);
    });
  }, [missing]);

  return { value, error, kept, reload: () => setRound(round + 1) };
}

export const coursePath = (course: string) => `/api/v1/courses/${encodeURIComponent(course)}`;

export const activityPath = (course: string, lesson: string, activity: string) =>
  `${coursePath(course)}/lessons/${encodeURIComponent(lesson)}/activities/${encodeURIComponent(activity)}`;
