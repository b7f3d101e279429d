import { useState } from "preact/hooks";
import { t } from "../i18n";
import { answers } from "./marking";
import { OptionBody, OptionSounds, PartMark, markClass, optionWords } from "./OptionBody";
import { type Matching, type Side, orNull, tapMatch } from "./taps";
import type { ControlProps, Option } from "./types";

/** Pairs from two columns: tap one card, then its partner. A pair shares a number and a colour. */
export function Match({ variant, hash, value, onChange, disabled, marks, labelledBy }: ControlProps<"match">) {
  const [held, setHeld] = useState<Matching["held"]>(null);
  const pairs = answers(value);
  const shared = variant.left.length > variant.right.length;

  const tap = (side: Side, id: string) => {
    const next = tapMatch({ pairs, held }, side, id, shared);
    setHeld(next.held);
    if (next.pairs !== pairs) onChange(orNull(next.pairs));
  };

  const drawCard = (side: Side, option: Option) => {
    const joined = variant.left.filter(({ id }) =>
      side === "left" ? id === option.id && pairs[id] : pairs[id] === option.id,
    );
    const number = joined[0] ? variant.left.indexOf(joined[0]) + 1 : 0;
    const partner =
      side === "left"
        ? optionWords(variant.right.find(({ id }) => id === pairs[option.id]))
        : joined.map(optionWords).join(", ");
    const isHeld = held?.side === side && held.id === option.id && !disabled;
    const right = side === "left" ? marks[option.id] : undefined;
    return (
      <div key={option.id} class="item-match-cell">
        <button
          type="button"
          class={`item-card item-match-card pair-${number % 8}${number ? " is-joined" : ""}${isHeld ? " is-held" : ""}${markClass(right)}`}
          aria-pressed={isHeld}
          disabled={disabled}
          onClick={() => tap(side, option.id)}
        >
          <OptionBody option={option} hash={hash} />
          {number > 0 && (
            <span class="item-pair" aria-hidden="true">
              <span class="item-pair-number">{number}</span>
            </span>
          )}
          {partner && <span class="only-heard">{t("items.match.joined", { partner })}</span>}
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
          {held ? t("items.match.now") : t("items.match.how")}
        </p>
      )}
      <div class="item-match">
        <div class="item-match-column">{variant.left.map((option) => drawCard("left", option))}</div>
        <div class="item-match-column">{variant.right.map((option) => drawCard("right", option))}</div>
      </div>
    </div>
  );
}
