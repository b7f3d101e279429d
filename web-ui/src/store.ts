import { useEffect, useState } from "preact/hooks";
import type { Me, Partner, School } from "./api/types";

/** A value that screens watch. */
export class Store<T> {
  private listeners = new Set<() => void>();
  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(next: T): void {
    if (next === this.value) return;
    this.value = next;
    for (const listener of [...this.listeners]) listener();
  }

  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

/** Reads a store in a component and renders it again on every change. */
export function useStore<T>(store: Store<T>): T {
  const [shown, setShown] = useState(() => store.get());
  useEffect(() => {
    const take = () => setShown(() => store.get());
    take();
    return store.watch(take);
  }, [store]);
  return shown;
}

/** Who is signed in on this page; null when nobody is. */
export const me = new Store<Me | null>(null);

/** A classmate who works on this tablet together with the student who is signed in; null when nobody does. */
export const partner = new Store<Partner | null>(null);

/** The school as the box described it; known before the first paint. */
export const school = new Store<School | null>(null);

/** Whether the box answered our latest request. */
export const reachable = new Store(true);

/** Where the files of packs are: another port of the same host, so that they are another origin. */
export function packUrl(path: string): string {
  const port = school.get()?.packsPort;
  const scheme = location.protocol;
  return port ? `${scheme}//${location.hostname}:${port}${path}` : path;
}

/** A picture or a sound of a question: of a pack by its hash, or of a course that is being written by its address. */
export function mediaUrl(from: string, path: string): string {
  return from.startsWith("/") ? `${from}/${path}` : packUrl(`/${from}/${path}`);
}
