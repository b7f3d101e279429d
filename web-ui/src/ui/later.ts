import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part of the app that is loaded when it is first shown; null until it is here. */
export function useLater<P>(load: () => Promise<ComponentType<P>>): {
  Shown: ComponentType<P> | null;
  error: unknown;
  again: () => void;
} {
  const [Shown, setShown] = useState<ComponentType<P> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    setError(null);
    let over = false;
    load().then(
      (component) => over || setShown(() => component),
      (problem: unknown) => over || setError(problem),
    );
    return () => void (over = true);
  }, [round]);
  return { Shown, error, again: () => setRound(round + 1) };
}
