import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Names the browser's tab and, on a change of page, moves the focus to the heading so that it is read out. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} – Schoolhouse` : "Schoolhouse";
  }, [title]);
}

let firstPage = true;

/** The heading of a page. */
export function PageHeading({ children, title, hidden }: { children?: ComponentChildren; title: string; hidden?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    if (!firstPage) heading.current?.focus();
    firstPage = false;
  }, []);
  return (
    <h1 tabIndex={-1} ref={heading} class={hidden ? "only-heard" : undefined}>
      {children ?? title}
    </h1>
  );
}
