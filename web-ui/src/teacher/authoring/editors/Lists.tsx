import { t } from "../../../i18n";
import { Button, Field, IconButton } from "../../../ui";
import { withAt } from "../draft";
import { choiceLines, inBin, withBin, withOrder, withoutBin } from "../lines";
import { nextId, withoutPair, withPair } from "../skeleton";
import type { Choice } from "../types";
import { Lines } from "./Lines";
import type { EditorProps } from "./props";

const MOST_PAIRS = 8;
const MOST_BINS = 4;

/** Things in their right order, one a line. */
export function OrderEditor({ item, onChange }: EditorProps<"order">) {
  return (
    <Lines
      field="objects"
      label={t("authoring.order")}
      note={t("authoring.orderNote")}
      value={choiceLines(item.options)}
      onChange={(text) => onChange(withOrder(item, text))}
    />
  );
}

/** Bins, and what belongs into each. */
export function SortEditor({ item, onChange }: EditorProps<"sort">) {
  return (
    <div class="stack" data-field="bins">
      {item.bins.map((bin, at) => {
        const number = at + 1;
        return (
          <fieldset key={bin.id} class="own-group own-bin">
            <legend class="only-heard">{t("authoring.bin", { number })}</legend>
            <div class="own-row">
              <div class="grow">
                <Field
                  label={t("authoring.bin", { number })}
                  dir="auto"
                  enterkeyhint="next"
                  value={bin.text}
                  onInput={(text) => onChange({ ...item, bins: withAt(item.bins, at, { ...bin, text }) })}
                />
              </div>
              {item.bins.length > 2 && (
                <IconButton
                  icon="close"
                  label={t("authoring.binRemove", { number })}
                  onClick={() => onChange(withoutBin(item, bin.id))}
                />
              )}
            </div>
            <Lines
              field={at === 0 ? "objects" : undefined}
              label={t("authoring.binThings", { number })}
              note={at === 0 ? t("authoring.lineEach") : undefined}
              rows={3}
              value={choiceLines(inBin(item, bin.id))}
              onChange={(text) => onChange(withBin(item, bin.id, text))}
            />
          </fieldset>
        );
      })}
      {item.bins.length < MOST_BINS && (
        <div>
          <Button
            kind="quiet"
            icon="plus"
            onClick={() =>
              onChange({ ...item, bins: [...item.bins, { id: nextId([...item.bins, ...item.options], "b"), text: "" }] })
            }
          >
            {t("authoring.binAdd")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Pairs: what stands on one side belongs to what stands beside it. */
export function MatchEditor({ item, onChange }: EditorProps<"match">) {
  const side = (which: "left" | "right", one: Choice, number: number) => (
    <input
      class="input"
      dir="auto"
      autoComplete="off"
      enterkeyhint="next"
      aria-label={t(which === "left" ? "authoring.pairLeft" : "authoring.pairRight", { number })}
      value={one.text}
      onInput={(event) => {
        const text = event.currentTarget.value;
        const list = item[which].map((other) => (other.id === one.id ? { ...one, text } : other));
        onChange({ ...item, [which]: list });
      }}
    />
  );
  return (
    <fieldset class="own-group" data-field="pairs">
      <legend class="field-label">{t("authoring.pairs")}</legend>
      <p class="field-note">{t("authoring.pairsNote")}</p>
      <ul class="own-rows">
        {item.left.map((left, at) => {
          const right = item.right.find((one) => one.id === item.answer[left.id]);
          return (
            <li key={left.id} class="own-row own-pair">
              {side("left", left, at + 1)}
              {right && side("right", right, at + 1)}
              {item.left.length > 2 && (
                <IconButton
                  icon="close"
                  label={t("authoring.pairRemove", { number: at + 1 })}
                  onClick={() => onChange(withoutPair(item, left.id))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {item.left.length < MOST_PAIRS && (
        <Button kind="quiet" icon="plus" onClick={() => onChange(withPair(item))}>
          {t("authoring.pairAdd")}
        </Button>
      )}
    </fieldset>
  );
}
