import { t } from "../../../i18n";
import { Field, Select, TextArea } from "../../../ui";
import type { Desk } from "../desk";
import { readLines } from "../lines";
import { readParagraphs, wordsOf } from "../stem";
import type { Item } from "../types";
import { Lines } from "./Lines";

interface HelpProps {
  item: Item;
  onChange: (item: Item) => void;
  desk: Desk;
}

/** What a good question can have besides; folded away, because it works without. */
export function HelpEditor({ item, onChange, desk }: HelpProps) {
  const { skills } = desk.draft;
  const feedback = item.feedback ?? {};
  return (
    <details class="own-more">
      <summary>{t("authoring.help")}</summary>
      <div class="stack">
        <Lines
          label={t("authoring.hints")}
          note={t("authoring.hintsNote")}
          rows={2}
          value={(item.hints ?? []).join("\n")}
          onChange={(text) => onChange({ ...item, hints: readLines(text) })}
        />
        <TextArea
          label={t("authoring.solution")}
          note={t("authoring.solutionNote")}
          rows={2}
          dir="auto"
          value={solutionText(item)}
          onInput={(text) => onChange({ ...item, solution: readParagraphs(text) })}
        />
        <Field
          label={t("authoring.feedbackRight")}
          dir="auto"
          value={feedback.right ?? ""}
          onInput={(right) => onChange({ ...item, feedback: { ...feedback, right } })}
        />
        <Field
          label={t("authoring.feedbackWrong")}
          dir="auto"
          value={feedback.wrong ?? ""}
          onInput={(wrong) => onChange({ ...item, feedback: { ...feedback, wrong } })}
        />
        {skills.length > 1 && (
          <Select
            label={t("authoring.skillOf")}
            value={item.skills[0] ?? ""}
            choices={skills.map((skill) => ({ value: skill.id, label: skill.can || skill.name }))}
            onChange={(skill) => onChange({ ...item, skills: [skill] })}
          />
        )}
        <Select
          label={t("authoring.difficulty")}
          value={item.difficulty ?? "medium"}
          choices={(["easy", "medium", "hard"] as const).map((value) => ({ value, label: t(`authoring.difficulty.${value}`) }))}
          onChange={(difficulty) => onChange({ ...item, difficulty })}
        />
      </div>
    </details>
  );
}

/** Paragraphs as lines; what is no paragraph is shown by the preview. */
const solutionText = (item: Item): string =>
  (item.solution ?? []).map((block) => (typeof block !== "string" && "p" in block ? block.p : wordsOf([block]))).join("\n");
