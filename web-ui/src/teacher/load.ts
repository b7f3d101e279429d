import { useCallback, useEffect, useState } from "preact/hooks";
import { ApiProblem, get } from "../api/client";
import { recheck } from "../session";

export interface Loaded<T> {
  value: T | null;
  /** Why there is no value, or why the shown one is not the newest. */
  error: unknown;
  /** Asks the box again; what is shown stays until the answer is there. */
  reload: () => void;
  /** Shows what the box answered to a change. */
  change: (value: T) => void;
}

/** What the box says under `path`; null waits. */
export function useLoad<T>(path: string | null): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);

  useEffect(() => setValue(null), [path]);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    get<T>(path, { signal: stop.signal })
      .then((answer) => {
        setValue(() => answer);
        setError(null);
      })
      .catch((problem: unknown) => {
        if (stop.signal.aborted) return;
        setError(problem);
        sendAway(problem);
      });
    return () => stop.abort();
  }, [path, round]);

  const reload = useCallback(() => {
    setError(null);
    setRound((before) => before + 1);
  }, []);
  return { value, error, reload, change: setValue };
}

/** Back to the sign-in page when the box does not know us any more. */
export function sendAway(problem: unknown): void {
  if (problem instanceof ApiProblem && problem.status === 401) void recheck();
}

/** One thing that a person asks the box to do: whether it is under way, and what went wrong. */
export function useTask() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  /** Runs it; true when it went well. A second call while the first runs does nothing. */
  async function run(task: () => Promise<void>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await task();
      setBusy(false);
      return true;
    } catch (error) {
      setProblem(error);
      setBusy(false);
      sendAway(error);
      // The field that is refused is read out with its problem, and is ready to be mended.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return false;
    }
  }

  return { busy, problem, run, clear: () => setProblem(null) };
}
