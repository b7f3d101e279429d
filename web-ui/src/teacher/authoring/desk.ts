/** The own course that is open: its draft, and how it is saved. */

import { useEffect, useState } from "preact/hooks";
import { get, onReach, put } from "../../api/client";
import { path } from "../../router";
import { useStore } from "../../store";
import { sendAway } from "../load";
import { newId } from "./draft";
import { OpenDraft, type Kept, type Unsaved } from "./keeping";
import { tidied } from "./skeleton";
import type { Draft, OwnCourse } from "./types";

export const API = "/api/v1/authoring";

/** What every screen of an own course gets. */
export interface Desk {
  id: string;
  open: OpenDraft;
  kept: Kept;
  draft: Draft;
  /** Where its pictures are, for `mediaUrl`. */
  media: string;
  change: (edit: (draft: Draft) => Draft, deletes?: boolean) => void;
  /** A name that nothing in the draft has. */
  name: () => string;
}

/** Open drafts outlive their screens: what is not saved yet goes on being saved. */
const drafts = new Map<string, OpenDraft>();

const keyOf = (id: string) => `schoolhouse.own.${id}`;

function remember(id: string, unsaved: Unsaved | null) {
  try {
    if (unsaved) localStorage.setItem(keyOf(id), JSON.stringify(unsaved));
    else localStorage.removeItem(keyOf(id));
  } catch {
    // A tablet that stores nothing still saves to the box.
  }
}

function remembered(id: string): Unsaved | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(id)) ?? "null") as Unsaved | null;
  } catch {
    return null;
  }
}

onReach((reached) => {
  if (reached) for (const draft of drafts.values()) draft.wake();
});
addEventListener("online", () => drafts.forEach((draft) => draft.wake()));
// A phone that is put away may close the page without a word.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") drafts.forEach((draft) => void draft.flush());
});
// A page that closes may take the last second with it: the browser asks first.
addEventListener("beforeunload", (event) => {
  if (![...drafts.values()].some((draft) => draft.isUnsaved())) return;
  event.preventDefault();
  event.returnValue = "";
});

const whole = (draft: Draft): Draft => ({
  ...draft,
  lessons: draft.lessons.map((lesson) => ({
    ...lesson,
    parts: lesson.parts.map((part) => (part.kind === "questions" ? { ...part, items: part.items.map(tidied) } : part)),
  })),
});

function openDraft(id: string, own: OwnCourse): OpenDraft {
  const known = drafts.get(id);
  if (known) {
    known.take(own);
    return known;
  }
  const address = path(API, id);
  const draft = new OpenDraft(own, remembered(id), {
    save: (revision, now) => put<OwnCourse>(address, { revision, draft: whole(now) }),
    load: () => get<OwnCourse>(address),
    remember: (unsaved) => remember(id, unsaved),
  });
  drafts.set(id, draft);
  return draft;
}

/** Opens what the box has just made. */
export function openMade(own: OwnCourse): void {
  openDraft(own.id, own);
}

/** Forgets a course that is gone. */
export function closeDraft(id: string): void {
  drafts.delete(id);
  remember(id, null);
}

/** The draft of an own course; null while the box is asked. */
export function useDraft(id: string): { open: OpenDraft | null; error: unknown; reload: () => void } {
  const [open, setOpen] = useState(() => drafts.get(id) ?? null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setError(null);
    get<OwnCourse>(path(API, id), { signal: stop.signal })
      .then((own) => setOpen(openDraft(id, own)))
      .catch((problem: unknown) => {
        if (stop.signal.aborted) return;
        setError(problem);
        sendAway(problem);
      });
    return () => stop.abort();
  }, [id, round]);
  return { open, error, reload: () => setRound((before) => before + 1) };
}

export function useDesk(id: string, open: OpenDraft): Desk {
  const kept = useStore(open.kept);
  return {
    id,
    open,
    kept,
    draft: kept.draft,
    media: path(API, id),
    change: (edit, deletes) => open.change(edit, deletes),
    name: () => newId(open.kept.get().draft, (below) => Math.floor(Math.random() * below)),
  };
}
