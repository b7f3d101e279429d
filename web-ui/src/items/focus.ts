import { type RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface KeptFocus {
  /** The element whose buttons belong together. */
  root: RefObject<HTMLDivElement>;
  /** Called before a change that may take away or move the button that has the focus. */
  keep: () => void;
}

const BUTTONS = "button:not(:disabled), input:not(:disabled)";

/** Whoever works by keys stays where they are: when the button in hand goes away, the one in its place gets the focus. */
export function useKeptFocus(): KeptFocus {
  const root = useRef<HTMLDivElement>(null);
  const kept = useRef<{ element: HTMLElement; place: number } | null>(null);
  const list = () => [...(root.current?.querySelectorAll<HTMLElement>(BUTTONS) ?? [])];

  useLayoutEffect(() => {
    const had = kept.current;
    if (!had) return;
    kept.current = null;
    const now = list();
    const next = now.includes(had.element) ? had.element : now[Math.min(had.place, now.length - 1)];
    if (next && next !== document.activeElement) next.focus();
  });

  return {
    root,
    keep: () => {
      const element = document.activeElement;
      const place = element instanceof HTMLElement ? list().indexOf(element) : -1;
      kept.current = place < 0 ? null : { element: element as HTMLElement, place };
    },
  };
}
