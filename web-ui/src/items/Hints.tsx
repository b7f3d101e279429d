import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import { Inline } from "./Inline";
import "./told.css";

interface HintsProps {
  hints: string[];
  /** How many are open. */
  shown: number;
  /** Opens the next one; without it the list only shows what is open. */
  onShow?: () => void;
}

/** The hints that are open, and a button for the next. */
export function Hints({ hints, shown, onShow }: HintsProps) {
  const open = hints.slice(0, shown);
  return (
    <div class="item-hints">
      <div role="status">
        {open.map((hint, place) => (
          <div key={place} class="item-hint">
            <Icon name="lamp" />
            <div>
              <strong class="item-hint-title">{t("items.hint.title", { number: place + 1 })}</strong>
              <p>
                <bdi>
                  <Inline text={hint} />
                </bdi>
              </p>
            </div>
          </div>
        ))}
      </div>
      {onShow && shown < hints.length && (
        <button type="button" class="item-hint-button" onClick={onShow}>
          <Icon name="lamp" />
          {shown === 0 ? t("items.hint.show") : t("items.hint.next")}
        </button>
      )}
    </div>
  );
}
