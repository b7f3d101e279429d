import { t } from "../i18n";
import { PartMark, markClass } from "./OptionBody";
import { picks } from "./marking";
import { toggled } from "./taps";
import type { ControlProps } from "./types";

/** Words to tap, usually after hearing one. */
export function TapWord({ variant, value, onChange, disabled, marks, labelledBy }: ControlProps<"tapword">) {
  const picked = picks(value);
  const onlyOne = !variant.many;
  return (
    <>
      {variant.many && !disabled && (
        <p class="item-note" dir="auto">
          {t("items.tapword.many")}
        </p>
      )}
      <div class="item-words" role="group" aria-labelledby={labelledBy}>
        {variant.words.map(({ id, text }) => {
          const chosen = picked.includes(id);
          const right = chosen ? marks[id] : undefined;
          return (
            <button
              key={id}
              type="button"
              class={`item-card item-word${chosen ? " is-chosen" : ""}${markClass(right)}`}
              aria-pressed={chosen}
              disabled={disabled}
              onClick={() => onChange(onlyOne && !chosen ? [id] : toggled(picked, id))}
            >
              <bdi>{text}</bdi>
              <PartMark right={right} />
            </button>
          );
        })}
      </div>
    </>
  );
}
