import { useEffect, useState } from "preact/hooks";
import { Store } from "../store";

const said = new Store("");

/** Reads a sentence out to those who hear the page, without showing it. */
export function say(text: string): void {
  // A screen reader is silent about a text that did not change.
  said.set(said.get() === text ? `${text}\u00a0` : text);
}

/** The place that screen readers listen to; once on the page. */
export function LiveRegion() {
  const [text, setText] = useState("");
  useEffect(() => said.watch(() => setText(said.get())), []);
  return (
    <div class="only-heard" aria-live="polite">
      {text}
    </div>
  );
}
