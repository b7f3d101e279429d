import type { ComponentChildren, Ref } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button } from "../../ui";

interface FrameProps {
  /** On the packs origin. */
  address: string;
  title: string;
  /** Whether what is in it may run code: on its own origin it reaches nobody's answers and no sign-in. */
  runs: boolean;
  frame?: Ref<HTMLIFrameElement>;
  /** Buttons beside "whole screen". */
  children?: ComponentChildren;
}

/** Something of a pack that is shown as it is, in a frame of its own, and on the whole screen when one likes. */
export function Frame({ address, title, runs, frame, children }: FrameProps) {
  const [whole, setWhole] = useState(false);
  // Without `allow-same-origin` a book could not load its own letters, and a game not keep its score.
  const may = runs ? "allow-scripts allow-same-origin allow-forms allow-modals" : "allow-same-origin";
  return (
    <div class={whole ? "shown-frame shown-frame-whole" : "shown-frame"}>
      <iframe ref={frame ?? null} src={address} title={title} sandbox={may} class="card shown-inside" />
      <div class="shown-tools">
        {children}
        <Button icon={whole ? "close" : "grid"} aria-pressed={whole} onClick={() => setWhole(!whole)}>
          {whole ? t("student.shown.smaller") : t("student.shown.whole")}
        </Button>
      </div>
    </div>
  );
}
