import { t } from "../i18n";
import { Icon } from "../ui/Icon";

export interface KeypadKeys {
  /** The point or comma that the school writes; undefined when none is needed. */
  point?: string | undefined;
  minus: boolean;
  slash: boolean;
  /** A space, for mixed numbers such as 2 3/4. */
  space: boolean;
  percent: boolean;
  /** The code of the digit zero in the script that the question is written in. */
  zero: number;
}

interface KeypadProps {
  keys: KeypadKeys;
  onType: (text: string) => void;
  onBack: () => void;
  disabled: boolean;
  label: string;
  /** What was typed so far is no number, which the pad says. */
  unread: boolean;
}

/** Big keys for numbers, so that the tablet's own keyboard stays away. Laid out left to right everywhere. */
export function Keypad({ keys, onType, onBack, disabled, label, unread }: KeypadProps) {
  const digit = (n: number) => {
    const shown = String.fromCodePoint(keys.zero + n);
    return <Key text={shown} onType={onType} disabled={disabled} />;
  };
  const { point, minus, slash, space, percent } = keys;
  const extras = [
    minus && <Key text="−" name={t("items.key.minus")} onType={onType} disabled={disabled} />,
    slash && (
      <Key text="/" name={t("items.key.fraction")} onType={onType} disabled={disabled}>
        <span class="item-fraction-stack item-key-fraction">
          <span class="item-key-box" />
          <span class="item-key-box" />
        </span>
      </Key>
    ),
    space && (
      <Key text=" " name={t("items.key.space")} onType={onType} disabled={disabled}>
        ␣
      </Key>
    ),
    percent && <Key text="%" onType={onType} disabled={disabled} />,
  ].filter(Boolean);
  return (
    <div class="item-keypad-place">
      <div class="item-keypad" role="group" aria-label={label} dir="ltr">
        <div class="item-keypad-keys">
          {[7, 8, 9, 4, 5, 6, 1, 2, 3].map(digit)}
          {point ? <Key text={point} name={t("items.key.point")} onType={onType} disabled={disabled} /> : <span />}
          {digit(0)}
          <button type="button" class="item-key is-quiet" disabled={disabled} onClick={onBack}>
            <Icon name="backspace" />
            <span class="only-heard">{t("items.key.back")}</span>
          </button>
        </div>
        {extras.length > 0 && <div class="item-keypad-extras">{extras}</div>}
      </div>
      {/* Below the keys, so that they do not move under a finger. */}
      <p class="item-note" dir="auto" role="status">
        {unread && t("items.notNumber")}
      </p>
    </div>
  );
}

interface KeyProps {
  text: string;
  name?: string;
  onType: (text: string) => void;
  disabled: boolean;
  children?: preact.ComponentChildren;
}

function Key({ text, name, onType, disabled, children }: KeyProps) {
  return (
    <button
      type="button"
      class={`item-key${name ? " is-quiet" : ""}`}
      aria-label={name}
      disabled={disabled}
      onClick={() => onType(text)}
    >
      {children ?? text}
    </button>
  );
}
