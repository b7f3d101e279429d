import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import { Icon, type IconName } from "../ui/Icon";
import { PartMark, markClass } from "./OptionBody";

export interface Choice {
  id: string;
  body: ComponentChildren;
  /** Stands in the choice's circle in place of the dot. */
  icon?: IconName;
  /** Stands beside the choice and is not part of its label: the buttons of its sounds. */
  aside?: ComponentChildren;
}

interface ChoicesProps {
  choices: Choice[];
  /** One of them (radio buttons) or several (check boxes). */
  several: boolean;
  picked: string[];
  onPick: (id: string) => void;
  disabled: boolean;
  marks: Record<string, boolean>;
  labelledBy: string;
  columns: boolean;
}

/** Cards to choose from. Inside are the browser's own radio buttons and check boxes, with their keys and roles. */
export function Choices({ choices, several, picked, onPick, disabled, marks, labelledBy, columns }: ChoicesProps) {
  return (
    <div
      class={`item-choices${columns ? " has-columns" : ""}`}
      role={several ? "group" : "radiogroup"}
      aria-labelledby={labelledBy}
    >
      {choices.map(({ id, body, icon, aside }) => {
        const chosen = picked.includes(id);
        const right = chosen ? marks[id] : undefined;
        return (
          <div key={id} class="item-choice-row">
            <label class={`item-card item-choice${chosen ? " is-chosen" : ""}${markClass(right)}`}>
              <input
                type={several ? "checkbox" : "radio"}
                name={labelledBy}
                class="item-choice-input"
                checked={chosen}
                disabled={disabled}
                onChange={() => onPick(id)}
              />
              {right === undefined && (
                <span
                  class={`item-choice-sign${several ? " is-box" : ""}${icon ? " has-icon" : ""}`}
                  aria-hidden="true"
                >
                  {icon && <Icon name={icon} />}
                </span>
              )}
              <PartMark right={right} />
              <span class="item-choice-body">{body}</span>
              {right !== undefined && !columns && (
                <span class="item-mark-word" aria-hidden="true">
                  {right ? t("items.right") : t("items.wrong")}
                </span>
              )}
            </label>
            {aside}
          </div>
        );
      })}
    </div>
  );
}
