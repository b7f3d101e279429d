import { useEffect, useState } from "preact/hooks";

/**
 * A 60-line router over the History API. A path is matched against patterns such as
 * `/learn/:course/:lesson`; a parameter is one segment, decoded.
 */
export interface Place {
  path: string;
  query: URLSearchParams;
}

type Listener = () => void;
const listeners = new Set<Listener>();

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

let current = here();

function changed() {
  current = here();
  for (const listener of [...listeners]) listener();
}

addEventListener("popstate", changed);

/** Goes to a path of the app. With `replace` the page left behind cannot be reached by Back. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (path === current.path + location.search && !options.replace) return;
  if (options.replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  changed();
  scrollTo(0, 0);
}

/** The place shown now; the component renders again whenever it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(current);
  useEffect(() => {
    const listener = () => setPlace(current);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return place;
}

/** The parameters of `pattern` when it is exactly `path`, else null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (let i = 0; i < wanted.length; i++) {
    const want = wanted[i]!;
    const have = given[i]!;
    if (want.startsWith(":")) {
      try {
        found[want.slice(1)] = decodeURIComponent(have);
      } catch {
        return null;
      }
    } else if (want !== have) return null;
  }
  return found;
}

/** `path("/learn", course, lesson)` with every segment encoded. */
export function path(first: string, ...segments: string[]): string {
  return [first, ...segments.map(encodeURIComponent)].join("/");
}

/** Lets an `<a href>` of the app change the page without loading it anew. */
export function followLink(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.target || link.origin !== location.origin) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}
