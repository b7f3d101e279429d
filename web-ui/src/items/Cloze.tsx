import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { Inline } from "./Inline";
import { Icon } from "../ui/Icon";
import { Keypad } from "./Keypad";
import { cleanNumber, keysFor } from "./keys";
import { answers } from "./marking";
import { OptionBody, PartMark, markClass, optionWords } from "./OptionBody";
import { readNumber } from "./reading";
import { Stem } from "./Stem";
import { orNull } from "./taps";
import type { ControlProps, Gap } from "./types";

/**
 * A text with gaps. The gap in hand gets what it needs below the text: keys for a number, cards for a choice; a short
 * gap is typed into. It draws the whole stem, because the gaps lie inside it.
 */
export function Cloze({ variant, hash, value, onChange, disabled, marks, labelledBy }: ControlProps<"cloze">) {
  const given = answers(value);
  const [active, setActive] = useState(variant.gaps[0]?.id);
  const gap = variant.gaps.find((one) => one.id === active);
  const chips = useRef<HTMLDivElement>(null);
  const gaps = useRef<Record<string, HTMLElement | null>>({});
  // The cards stand below the whole text: a key press on a gap leads to them, and a choice leads back to the gap.
  const toChips = useRef(false);
  useLayoutEffect(() => {
    if (toChips.current) chips.current?.querySelector("button")?.focus();
    toChips.current = false;
  });

  const fill = (id: string, text: string) => {
    const { [id]: _, ...others } = given;
    onChange(orNull(text === "" ? others : { ...others, [id]: text }));
  };
  const choose = (id: string, option: string) => {
    fill(id, given[id] === option ? "" : option);
    const next = variant.gaps.find((one) => one.id !== id && !given[one.id]);
    if (given[id] !== option && next) setActive(next.id);
    gaps.current[id]?.focus();
  };

  const drawGap = (id: string) => {
    const place = variant.gaps.findIndex((one) => one.id === id);
    const one = variant.gaps[place];
    if (!one) return null;
    const text = given[id] ?? "";
    const right = text === "" ? undefined : marks[id];
    const shape = `item-gap${active === id && !disabled ? " is-active" : ""}${markClass(right)}`;
    const name = t("items.gap", { number: place + 1 });
    return (
      <span class="item-gap-place">
        {one.kind === "choice" ? (
          <button
            ref={(element) => void (gaps.current[id] = element)}
            type="button"
            class={shape}
            disabled={disabled}
            aria-label={text ? `${name}: ${choiceWords(one, text)}` : `${name}: ${t("items.blank")}`}
            aria-pressed={active === id}
            onClick={() => {
              setActive(id);
              toChips.current = true;
            }}
          >
            {text ? choiceWords(one, text) : <Icon name="down" />}
          </button>
        ) : (
          <input
            type="text"
            class={shape}
            dir={one.kind === "number" ? "ltr" : "auto"}
            inputMode={one.kind === "number" ? "none" : "text"}
            autocomplete="off"
            autocorrect="off"
            autocapitalize="none"
            spellcheck={false}
            style={{ width: gapWidth(one, text) }}
            maxLength={100}
            aria-label={name}
            value={text}
            disabled={disabled}
            onFocus={() => setActive(id)}
            onInput={(event) => {
              const typed = one.kind === "number" ? cleanNumber(event.currentTarget.value) : event.currentTarget.value;
              event.currentTarget.value = typed;
              fill(id, typed);
            }}
          />
        )}
        <PartMark right={right} />
      </span>
    );
  };

  return (
    <>
      <Stem
        id={labelledBy}
        variant={variant}
        hash={hash}
        cloze={(text) => (
          <p class="item-text">
            <Inline text={text} gap={drawGap} />
          </p>
        )}
      />
      {gap && !disabled && gap.kind === "number" && (
        <Keypad
          keys={keysFor(variant)}
          label={t("items.keypadFor", { gap: t("items.gap", { number: variant.gaps.indexOf(gap) + 1 }) })}
          unread={given[gap.id] !== undefined && readNumber(given[gap.id] ?? "") === undefined}
          disabled={disabled}
          onType={(typed) => fill(gap.id, cleanNumber((given[gap.id] ?? "") + typed))}
          onBack={() => fill(gap.id, [...(given[gap.id] ?? "")].slice(0, -1).join(""))}
        />
      )}
      {gap && !disabled && gap.kind === "choice" && (
        <div
          ref={chips}
          class="item-chips"
          role="group"
          aria-label={t("items.choicesFor", { gap: t("items.gap", { number: variant.gaps.indexOf(gap) + 1 }) })}
        >
          {(gap.options ?? []).map((option) => (
            <button
              key={option.id}
              type="button"
              class={`item-card item-chip${given[gap.id] === option.id ? " is-chosen" : ""}`}
              aria-pressed={given[gap.id] === option.id}
              onClick={() => choose(gap.id, option.id)}
            >
              <OptionBody option={option} hash={hash} />
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Room for what was typed, and for a little more. */
function gapWidth(gap: Gap, text: string): string {
  return `${Math.max(gap.kind === "number" ? 3 : 7, [...text].length + 1) * 0.8 + 1.4}em`;
}

function choiceWords(gap: Gap, id: string): string {
  return optionWords(gap.options?.find((option) => option.id === id));
}
