import { t } from "../i18n";
import { Stacked } from "./Inline";
import { readFraction } from "./markup";
import { Keypad } from "./Keypad";
import { cleanNumber, keysFor } from "./keys";
import { PartMark, markClass } from "./OptionBody";
import { isComplete } from "./marking";
import type { ControlProps } from "./types";

/** A number, typed on big keys or on a real keyboard. `inputmode=none` keeps the tablet's own keyboard away. */
export function NumberEntry({ variant, value, onChange, disabled, marks, labelledBy }: ControlProps<"number">) {
  const text = typeof value === "string" ? value : "";
  const change = (next: string) => onChange(cleanNumber(next) || null);
  const right = text === "" ? undefined : marks[text];
  return (
    <div class="item-number">
      <div class={`item-number-shown${markClass(right)}`}>
        <input
          type="text"
          inputMode="none"
          dir="ltr"
          autocomplete="off"
          class="item-number-input"
          aria-labelledby={labelledBy}
          value={text}
          disabled={disabled}
          onInput={(event) => {
            const typed = cleanNumber(event.currentTarget.value);
            event.currentTarget.value = typed;
            onChange(typed || null);
          }}
        />
        <Preview text={text} />
        {variant.unit && <bdi class="item-unit">{variant.unit}</bdi>}
        <PartMark right={right} />
      </div>
      {!disabled && (
        <Keypad
          keys={keysFor(variant)}
          label={t("items.keypad")}
          unread={text !== "" && !isComplete(variant, text)}
          disabled={disabled}
          onType={(typed) => change(text + typed)}
          onBack={() => change([...text].slice(0, -1).join(""))}
        />
      )}
    </div>
  );
}

/** A typed fraction as it is written by hand, beside what was typed. */
function Preview({ text }: { text: string }) {
  const fraction = readFraction(text);
  return fraction ? (
    <span class="item-number-preview" aria-hidden="true">
      <Stacked {...fraction} />
    </span>
  ) : null;
}
