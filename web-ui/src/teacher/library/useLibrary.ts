import { useEffect, useState } from "preact/hooks";
import { get } from "../../api/client";
import type { Library } from "../../api/types";
import { Store } from "../../store";
import { sendAway } from "../load";

const ADDRESS = "/api/v1/library";

interface Seen {
  page: Library | null;
  error: unknown;
}

/** What the box said last. Kept while the teacher goes from page to page, so that the library is there at once. */
const seen = new Store<Seen>({ page: null, error: null });
let tag = "";
let asking: Promise<void> | null = null;

async function ask(): Promise<void> {
  let next = "";
  try {
    const known = seen.get().page ? tag : "";
    const page = await get<Library | undefined>(ADDRESS, { known, onHeaders: (headers) => (next = headers.get("ETag") ?? "") });
    if (page) {
      tag = next;
      seen.set({ page, error: null });
    } else if (seen.get().error) {
      seen.set({ ...seen.get(), error: null });
    }
  } catch (error) {
    seen.set({ ...seen.get(), error });
    sendAway(error);
  }
}

/** Asks the box now, for somebody who has just changed something. */
export function askLibrary(): Promise<void> {
  // What is on its way may have been written before the change.
  asking = (asking ?? Promise.resolve()).then(ask).finally(() => (asking = null));
  return asking;
}

/** What the library holds, asked for every so many milliseconds while the page is seen. */
export function useLibrary(every: number): Seen & { reload: () => void } {
  const [shown, setShown] = useState(seen.get());
  useEffect(() => {
    let timer = 0;
    let over = false;
    const take = () => setShown(seen.get());
    const stop = seen.watch(take);
    take();

    async function round() {
      clearTimeout(timer);
      if (document.visibilityState !== "hidden") await (asking ?? askLibrary());
      if (!over) timer = window.setTimeout(() => void round(), every);
    }
    const wake = () => {
      if (document.visibilityState !== "hidden") void round();
    };
    document.addEventListener("visibilitychange", wake);
    void round();
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
      document.removeEventListener("visibilitychange", wake);
    };
  }, [every]);
  return { ...shown, reload: () => void askLibrary() };
}
