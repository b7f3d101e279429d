import { useEffect } from "preact/hooks";

const EVERY = 5 * 60_000;

/**
 * Keeps the app's page in the browser's cache under the address that is shown now and under those where the lesson goes
 * on, so that a tab which the tablet closed for want of memory opens again while the box is away. Addresses change here
 * without loading anything, so the cache would otherwise not know these. On plain HTTP there is no service worker that
 * could do it better: a reload by hand always asks the box and fails without it.
 */
export function useReadyForReturn(addresses: string[]): void {
  const here = location.pathname;
  const all = [...new Set([here, ...addresses])].join(" ");
  useEffect(() => {
    const bring = () => {
      for (const address of all.split(" ")) {
        // `no-cache` asks the box and keeps the old copy when it is away; `reload` would throw that away first.
        fetch(address, { cache: "no-cache", credentials: "same-origin" }).catch(() => undefined);
      }
    };
    bring();
    const timer = setInterval(bring, EVERY);
    return () => clearInterval(timer);
  }, [all]);
}
