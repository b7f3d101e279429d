import { useEffect, useState } from "preact/hooks";
import { ApiProblem, get } from "../api/client";
import type { Face, SignInClass } from "../api/types";

export interface ClassFaces {
  id: string;
  name: string;
  students: Face[];
}

interface Loaded<T> {
  value: T | null;
  error: unknown;
  again: () => void;
}

/**
 * Loads once, and again on `again`, and by itself until a box that is away is back: nobody should have to mend a tablet
 * after a power cut. Faces are asked for anew on every page: children come and go. What is `given` came a moment ago
 * and is not asked for again.
 */
export function useLoaded<T>(path: string, given: T | null = null): Loaded<T> {
  const [value, setValue] = useState<T | null>(given);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (given && round === 0) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    get<T>(path, { signal: stop.signal }).then(
      (loaded) => {
        setError(null);
        setValue(loaded);
      },
      (problem: unknown) => {
        if (stop.signal.aborted) return;
        setError(problem);
        if (problem instanceof ApiProblem && problem.unreachable) {
          // Not all tablets of a class at once.
          timer = setTimeout(() => setRound((before) => before + 1), 4_000 + 3_000 * Math.random());
        }
      },
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, round]);
  return { value, error, again: () => setRound(round + 1) };
}

interface Doors {
  classes: SignInClass[];
  /** The faces of the class, where there is only one. */
  only?: ClassFaces;
}

export const useClasses = () => useLoaded<Doors>("/api/v1/sign-in/classes");

// What came along with the classes and is shown next.
let handed: ClassFaces | null = null;

/** Hands faces that came along to the page that is opened next. */
export function handOver(faces: ClassFaces | undefined): void {
  handed = faces ?? null;
}

export function useFaces(id: string): Loaded<ClassFaces> {
  const [given] = useState(() => {
    const faces = handed?.id === id ? handed : null;
    handed = null;
    return faces;
  });
  return useLoaded<ClassFaces>(`/api/v1/sign-in/classes/${encodeURIComponent(id)}`, given);
}
