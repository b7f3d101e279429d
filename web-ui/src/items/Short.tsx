import { PartMark, markClass } from "./OptionBody";
import type { ControlProps } from "./types";

/** A word or a few, typed. The keyboard must not finish or correct it. */
export function Short({ value, onChange, disabled, marks, labelledBy }: ControlProps<"short">) {
  const text = typeof value === "string" ? value : "";
  const right = text === "" ? undefined : marks[text];
  return (
    <div class={`item-short${markClass(right)}`}>
      <input
        type="text"
        class="item-short-input"
        dir="auto"
        autocomplete="off"
        autocorrect="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={200}
        aria-labelledby={labelledBy}
        value={text}
        disabled={disabled}
        onInput={(event) => onChange(event.currentTarget.value || null)}
      />
      <PartMark right={right} words />
    </div>
  );
}
