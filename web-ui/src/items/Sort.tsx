import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import { answers } from "./marking";
import { OptionBody, OptionSounds, PartMark, markClass, optionWords } from "./OptionBody";
import { without } from "./taps";
import type { ControlProps, Option } from "./types";

/** Things to sort into bins: tap a thing, then its bin. A thing in a bin is taken up again by a tap. */
export function Sort({ variant, hash, value, onChange, disabled, marks, labelledBy }: ControlProps<"sort">) {
  const [held, setHeld] = useState<string | null>(null);
  const bins = answers(value);
  const waiting = variant.options.filter(({ id }) => !bins[id]);

  const hold = (id: string) => {
    if (held !== id) {
      setHeld(id);
      return;
    }
    setHeld(null);
    if (bins[id]) onChange(without(bins, id));
  };
  const put = (bin: string) => {
    if (!held || disabled) return;
    onChange({ ...bins, [held]: bin });
    setHeld(null);
  };

  const drawThing = (option: Option) => {
    const right = bins[option.id] ? marks[option.id] : undefined;
    return (
      <div key={option.id} class="item-chip-cell">
        <button
          type="button"
          class={`item-card item-chip${held === option.id && !disabled ? " is-held" : ""}${markClass(right)}`}
          aria-pressed={held === option.id}
          disabled={disabled}
          onClick={(event) => {
            event.stopPropagation(); // a tap on a thing is no tap on the bin around it
            hold(option.id);
          }}
        >
          <OptionBody option={option} hash={hash} />
          <PartMark right={right} />
        </button>
        <OptionSounds option={option} hash={hash} />
      </div>
    );
  };

  return (
    <div role="group" aria-labelledby={labelledBy}>
      {!disabled && (
        <p class="item-note" dir="auto" role="status">
          {held ? t("items.sort.now") : waiting.length > 0 ? t("items.sort.how") : t("items.sort.done")}
        </p>
      )}
      {(waiting.length > 0 || !disabled) && <div class="item-chips item-pool">{waiting.map(drawThing)}</div>}
      <div class="item-bins">
        {variant.bins.map((bin) => (
          <div key={bin.id} class={`item-bin${held && !disabled ? " is-open" : ""}`} onClick={() => put(bin.id)}>
            <button
              type="button"
              class="item-bin-head"
              disabled={disabled}
              aria-label={held ? t("items.sort.put", { bin: optionWords(bin) }) : undefined}
            >
              <OptionBody option={bin} hash={hash} />
              {held && !disabled && <Icon name="download" />}
            </button>
            <div class="item-chips item-bin-things">
              {variant.options.filter(({ id }) => bins[id] === bin.id).map(drawThing)}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
