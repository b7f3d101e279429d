import { useEffect } from "preact/hooks";

const EVERY = 5 * 60_000;

/**
 * Keeps the app's page in the browser's cache under the address that is shown now, so that a tab which the tablet
 * closed for want of memory opens again while the box is away. Addresses change here without loading anything,
 * so the cache would otherwise not know this one. On plain HTTP there is no service worker that could do it better:
 * a reload by hand always asks the box and fails without it.
 */
export function useReadyForReturn(): void {
  const path = location.pathname;
  useEffect(() => {
    const bring = () => {
      fetch(path, { cache: "reload", credentials: "same-origin" }).catch(() => undefined);
    };
    bring();
    const timer = setInterval(bring, EVERY);
    return () => clearInterval(timer);
  }, [path]);
}
