import { t } from "../../../i18n";
import { Field } from "../../../ui";
import { readLines } from "../lines";
import { withoutGone } from "../skeleton";
import { Lines } from "./Lines";
import type { EditorProps } from "./props";

const orGone = (text: string): string | undefined => (text.trim() === "" ? undefined : text);

/** A number as the answer, and its unit. */
export function NumberEditor({ item, onChange }: EditorProps<"number">) {
  const { answer } = item;
  return (
    <div class="stack">
      <div class="own-two">
        <div data-field="number">
          <Field
            label={t("authoring.number")}
            inputMode="text"
            enterkeyhint="next"
            dir="ltr"
            value={answer.value}
            onInput={(value) => onChange({ ...item, answer: { ...answer, value } })}
          />
        </div>
        <Field
          label={t("authoring.unit")}
          placeholder={t("authoring.unitExample")}
          dir="auto"
          value={item.unit ?? ""}
          onInput={(unit) => onChange(withoutGone({ ...item, unit: orGone(unit) }))}
        />
      </div>
      <details class="own-more">
        <summary>{t("authoring.tolerance")}</summary>
        <Field
          label={t("authoring.toleranceField")}
          note={t("authoring.toleranceNote")}
          dir="ltr"
          value={answer.tolerance ?? ""}
          onInput={(tolerance) => onChange({ ...item, answer: withoutGone({ ...answer, tolerance: orGone(tolerance) }) })}
        />
      </details>
    </div>
  );
}

/** A word as the answer, and what else counts as right. */
export function ShortEditor({ item, onChange }: EditorProps<"short">) {
  const { answer } = item;
  return (
    <Lines
      field="words"
      label={t("authoring.accept")}
      note={t("authoring.acceptNote")}
      rows={2}
      value={answer.accept.filter((one) => one !== "").join("\n")}
      onChange={(text) => onChange({ ...item, answer: { ...answer, accept: readLines(text) } })}
    />
  );
}

/** Where on a line: its ends, its step, the right place. */
export function NumberLineEditor({ item, onChange }: EditorProps<"numberline">) {
  const { line, answer } = item;
  const ends = (["from", "to", "step"] as const).map((name) => (
    <Field
      key={name}
      label={t(`authoring.line.${name}`)}
      dir="ltr"
      value={line[name]}
      onInput={(value) => onChange({ ...item, line: { ...line, [name]: value } })}
    />
  ));
  return (
    <div class="stack">
      <div data-field="number">
        <Field
          label={t("authoring.line.place")}
          dir="ltr"
          value={answer.value}
          onInput={(value) => onChange({ ...item, answer: { ...answer, value } })}
        />
      </div>
      <div class="own-three" data-field="line">
        {ends}
      </div>
    </div>
  );
}
