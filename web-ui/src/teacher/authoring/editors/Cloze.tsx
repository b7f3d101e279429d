import { useRef } from "preact/hooks";
import { t } from "../../../i18n";
import { Button, TextArea } from "../../../ui";
import { bracketed, clozeText, readGaps, withClozeText, writeGaps } from "../gaps";
import { useTyped } from "../useTyped";
import type { EditorProps } from "./props";

const tidy = (text: string): string => {
  const { cloze, gaps } = readGaps(text);
  return writeGaps(cloze, gaps);
};

/** A text in which what is right stands in brackets; a button puts them there. */
export function ClozeEditor({ item, onChange }: EditorProps<"cloze">) {
  const place = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useTyped(clozeText(item), tidy);
  const write = (text: string) => {
    setTyped(text);
    onChange(withClozeText(item, text));
  };
  const area = () => place.current!.querySelector("textarea")!;

  function makeGap() {
    const { selectionStart, selectionEnd } = area();
    const { text, cursor } = bracketed(typed, selectionStart, selectionEnd);
    write(text);
    requestAnimationFrame(() => {
      area().focus();
      area().setSelectionRange(cursor, cursor);
    });
  }

  return (
    <div class="stack stack-s" ref={place} data-field="gaps">
      <TextArea
        label={t("authoring.gaps")}
        note={t("authoring.gapsNote")}
        rows={4}
        dir="auto"
        value={typed}
        onInput={write}
        data-stem
      />
      <div>
        {/* The finger must not take the mark off the words. */}
        <Button icon="edit" onMouseDown={(event: Event) => event.preventDefault()} onClick={makeGap}>
          {t("authoring.gapMake")}
        </Button>
      </div>
      <details class="own-more">
        <summary>{t("authoring.gapsMore")}</summary>
        <p class="small">{t("authoring.gapsMoreWords")}</p>
      </details>
    </div>
  );
}
