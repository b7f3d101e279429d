import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import { useKeptFocus } from "./focus";
import { picks } from "./marking";
import { OptionBody, OptionSounds, PartMark, markClass, optionWords } from "./OptionBody";
import { moved, toggled } from "./taps";
import type { ControlProps, Response } from "./types";

/** Things to put in order: a tap sends a card to the next place, arrows move it, a tap on it takes it back. */
export function Order({ variant, hash, value, onChange, disabled, marks, labelledBy }: ControlProps<"order">) {
  const { root, keep } = useKeptFocus();
  const placed = picks(value);
  const change = (next: Response) => {
    keep();
    onChange(next);
  };
  const waiting = variant.options.filter((option) => !placed.includes(option.id));
  return (
    <div ref={root} role="group" aria-labelledby={labelledBy}>
      {!disabled && (
        <p class="item-note" dir="auto">
          {waiting.length > 0 ? t("items.order.how") : t("items.order.done")}
        </p>
      )}
      {waiting.length > 0 && !disabled && (
        <div class="item-chips">
          {waiting.map((option) => (
            <div key={option.id} class="item-chip-cell">
              <button type="button" class="item-card item-chip" onClick={() => change([...placed, option.id])}>
                <OptionBody option={option} hash={hash} />
              </button>
              <OptionSounds option={option} hash={hash} />
            </div>
          ))}
        </div>
      )}
      <ol class="item-slots">
        {variant.options.map((_, place) => {
          const option = variant.options.find(({ id }) => id === placed[place]);
          const right = option ? marks[option.id] : undefined;
          return (
            <li key={option?.id ?? place} class={`item-slot${option ? " is-filled" : ""}${markClass(right)}`}>
              <span class="item-slot-number" aria-hidden="true">
                {place + 1}
              </span>
              {option ? (
                <>
                  <button
                    type="button"
                    class="item-slot-body"
                    disabled={disabled}
                    onClick={() => change(toggled(placed, option.id))}
                  >
                    <span class="only-heard">{t("items.order.place", { number: place + 1 })}</span>
                    <OptionBody option={option} hash={hash} />
                    <span class="only-heard">{t("items.order.takeBack")}</span>
                  </button>
                  <PartMark right={right} />
                  {!disabled && (
                    <>
                      <Move
                        icon="up"
                        name={t("items.order.up", { what: optionWords(option) })}
                        off={place === 0}
                        onMove={() => change(moved(placed, option.id, -1))}
                      />
                      <Move
                        icon="down"
                        name={t("items.order.down", { what: optionWords(option) })}
                        off={place >= placed.length - 1}
                        onMove={() => change(moved(placed, option.id, 1))}
                      />
                    </>
                  )}
                </>
              ) : (
                <span class="item-slot-empty">
                  <span class="only-heard">{t("items.blank")}</span>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Move({ icon, name, off, onMove }: { icon: "up" | "down"; name: string; off: boolean; onMove: () => void }) {
  return (
    <button type="button" class="item-move" aria-label={name} disabled={off} onClick={onMove}>
      <Icon name={icon} />
    </button>
  );
}
