import { t } from "../../i18n";
import { Icon, type IconName } from "../../ui";
import { OWN_TYPES } from "./skeleton";
import type { OwnType } from "./types";

export const TYPE_ICONS: Record<OwnType, IconName> = {
  single: "check",
  multiple: "list",
  truefalse: "flag",
  number: "dice",
  short: "edit",
  cloze: "puzzle",
  match: "copy",
  order: "bars",
  sort: "box",
  hotspot: "picture",
  numberline: "minus",
  tapword: "hand",
};

interface ChooserProps {
  /** The kind that it is now. */
  chosen?: OwnType;
  onChoose: (type: OwnType) => void;
}

/** Every kind of question, with what a student does there. */
export function TypeChooser({ chosen, onChoose }: ChooserProps) {
  return (
    <ul class="own-kinds">
      {OWN_TYPES.map((type) => (
        <li key={type}>
          <button
            type="button"
            class="own-kind"
            data-type={type}
            aria-pressed={chosen === undefined ? undefined : chosen === type}
            onClick={() => onChoose(type)}
          >
            <Icon name={TYPE_ICONS[type]} big />
            <span>{t(`authoring.type.${type}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
