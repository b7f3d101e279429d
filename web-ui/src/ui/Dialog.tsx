import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

const REACHABLE = "a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled)";

interface DialogProps {
  title: string;
  /** Escape and a touch beside the dialog; leave it out where an answer is needed. */
  onClose?: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

/** A question over the page. Keeps the keyboard inside and gives the focus back when it goes. */
export function Dialog({ title, onClose, wide, children }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const inside = box.current!;
    const first = inside.querySelector<HTMLElement>("[data-first]") ?? inside.querySelector<HTMLElement>(REACHABLE);
    // A button at the end of a long dialog must not scroll its beginning away.
    (first ?? inside).focus({ preventScroll: true });
    return () => {
      if (before && document.contains(before)) before.focus();
    };
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && onClose) {
      event.stopPropagation();
      onClose();
      return;
    }
    if (event.key !== "Tab") return;
    const all = [...box.current!.querySelectorAll<HTMLElement>(REACHABLE)];
    const first = all[0];
    const last = all[all.length - 1];
    if (!first || !last) {
      event.preventDefault();
    } else if (event.shiftKey && document.activeElement === first) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      first.focus();
    }
  }

  return (
    <div class="veil" onKeyDown={onKeyDown} onClick={(event) => event.target === event.currentTarget && onClose?.()}>
      <div
        class={wide ? "dialog dialog-wide" : "dialog"}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        ref={box}
      >
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </div>
  );
}
