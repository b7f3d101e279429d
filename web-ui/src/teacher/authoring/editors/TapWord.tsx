import { t } from "../../../i18n";
import { TextArea } from "../../../ui";
import { readWords, sentenceOf, toggledIn } from "../words";
import { useTyped } from "../useTyped";
import type { EditorProps } from "./props";

const tidy = (text: string): string => text.split(/\s+/).filter(Boolean).join(" ");

/** A sentence, and which of its words are right. */
export function TapWordEditor({ item, onChange }: EditorProps<"tapword">) {
  const [typed, setTyped] = useTyped(sentenceOf(item), tidy);
  return (
    <div class="stack">
      <div data-field="words">
        <TextArea
          label={t("authoring.sentence")}
          rows={2}
          dir="auto"
          value={typed}
          onInput={(text) => {
            setTyped(text);
            onChange({ ...item, ...readWords(text, item) });
          }}
        />
      </div>
      {item.words.length > 0 && (
        <fieldset class="own-group" data-field="key">
          <legend class="field-label">{t("authoring.sentenceRight")}</legend>
          <div class="own-chips" dir="auto">
            {item.words.map((word) => (
              <button
                key={word.id}
                type="button"
                class="own-chip"
                aria-pressed={item.answer.includes(word.id)}
                onClick={() => onChange({ ...item, answer: toggledIn(item.words, item.answer, word.id) })}
              >
                <bdi>{word.text}</bdi>
              </button>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
