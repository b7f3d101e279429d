import { t } from "../../../i18n";
import { Button, IconButton } from "../../../ui";
import { withAt } from "../draft";
import { withOption, withoutOption } from "../skeleton";
import { toggledIn } from "../words";
import type { EditorProps } from "./props";

/** More can't be told apart at a glance. */
const MOST = 8;

/** What can be chosen, one row each, with a mark for what is right. */
export function OptionsEditor({ item, onChange }: EditorProps<"single"> | EditorProps<"multiple">) {
  const isRight = (id: string) => (item.type === "single" ? item.answer === id : item.answer.includes(id));
  const mark = (id: string) => {
    if (item.type === "single") onChange({ ...item, answer: id });
    else onChange({ ...item, answer: toggledIn(item.options, item.answer, id) });
  };
  return (
    <fieldset class="own-group" data-field="options">
      <legend class="field-label">{t("authoring.options")}</legend>
      <p class="field-note">{t(item.type === "single" ? "authoring.optionsNote" : "authoring.optionsNoteMany")}</p>
      <ul class="own-rows">
        {item.options.map((option, at) => {
          const number = at + 1;
          return (
            <li key={option.id} class="own-row">
              <label class="own-mark">
                <input
                  type={item.type === "single" ? "radio" : "checkbox"}
                  name={`key-${item.id}`}
                  checked={isRight(option.id)}
                  onChange={() => mark(option.id)}
                  data-field={at === 0 ? "key" : undefined}
                />
                <span class="own-mark-sign" aria-hidden="true" />
                <span class="only-heard">{t("authoring.isRight", { number })}</span>
              </label>
              <input
                class="input"
                dir="auto"
                autoComplete="off"
                enterkeyhint="next"
                aria-label={t("authoring.option", { number })}
                value={option.text}
                onInput={(event) =>
                  onChange({ ...item, options: withAt(item.options, at, { ...option, text: event.currentTarget.value }) })
                }
              />
              {item.options.length > 2 && (
                <IconButton
                  icon="close"
                  label={t("authoring.optionRemove", { number })}
                  onClick={() => onChange(withoutOption(item, option.id))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {item.options.length < MOST && (
        <Button kind="quiet" icon="plus" onClick={() => onChange(withOption(item))}>
          {t("authoring.optionAdd")}
        </Button>
      )}
    </fieldset>
  );
}

/** Right or wrong: two big buttons. */
export function TrueFalseEditor({ item, onChange }: EditorProps<"truefalse">) {
  return (
    <fieldset class="own-group" data-field="key">
      <legend class="field-label">{t("authoring.truth")}</legend>
      <div class="own-two">
        {[true, false].map((value) => (
          <label key={String(value)} class="own-pick">
            <input
              type="radio"
              name={`key-${item.id}`}
              checked={item.answer === value}
              onChange={() => onChange({ ...item, answer: value })}
            />
            <span>{t(value ? "items.true" : "items.false")}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
