import type { PrintedSheet, Student } from "../../api/types";
import { formatNumber, t } from "../../i18n";
import type { Variant } from "../../items/types";
import { KeyOf } from "./KeyOf";
import { PaperItem } from "./PaperItem";
import { letterOf, type SheetPart } from "./rules";

type Form = PrintedSheet["forms"][number];

interface PaperSheetProps {
  sheet: PrintedSheet;
  students: Student[];
  shown: SheetPart[];
}

/** A sheet as it is printed: each form on its own pages, then what only the teacher keeps. */
export function PaperSheet({ sheet, students, shown }: PaperSheetProps) {
  const { forms } = sheet;
  const has = (part: SheetPart) => shown.includes(part);
  return (
    <div class="papers">
      {has("questions") && forms.map((form) => <Questions key={form.name} sheet={sheet} form={form} />)}
      {has("answers") && forms.map((form) => <Answers key={form.name} sheet={sheet} form={form} />)}
      {has("key") && forms.map((form) => <Key key={form.name} sheet={sheet} form={form} />)}
      {has("marks") && <Marks sheet={sheet} students={students} />}
    </div>
  );
}

const variantOf = (question: Form["questions"][number]) => question.item as unknown as Variant;

/** A and B as the interface writes letters. */
const nameOf = (sheet: PrintedSheet, form: Form) => letterOf(t("sheets.letters"), sheet.forms.indexOf(form));

function Head({ sheet, form, what }: { sheet: PrintedSheet; form?: Form; what?: string }) {
  const names = sheet.skills.map((skill) => skill.name);
  return (
    <header class="paper-head">
      <div>
        <h2>
          {what && <>{what} · </>}
          <bdi lang={sheet.language}>{names.length > 2 ? sheet.title : names.join(" · ")}</bdi>
        </h2>
        {!what && (
          <p class="paper-who">
            <span>{t("sheets.name")}</span> <span class="paper-line is-name" />
            <span>{t("sheets.date")}</span> <span class="paper-line is-date" />
          </p>
        )}
      </div>
      <p class="paper-mark">
        {form && sheet.forms.length > 1 && <strong>{nameOf(sheet, form)}</strong>}
        <span class="small">{t("sheets.number", { number: formatNumber(sheet.number) })}</span>
      </p>
    </header>
  );
}

function Questions({ sheet, form }: { sheet: PrintedSheet; form: Form }) {
  return (
    <article class="sheet paper">
      <Head sheet={sheet} form={form} />
      <ol class="paper-questions" dir={sheet.direction} lang={sheet.language}>
        {form.questions.map((question, place) => (
          <li key={place}>
            <bdi class="paper-place-number">{formatNumber(place + 1)}</bdi>
            <PaperItem variant={variantOf(question)} hash={sheet.hash} />
          </li>
        ))}
      </ol>
    </article>
  );
}

/** For questions that stay in the teacher's hand or on the board: only the room for answers. */
function Answers({ sheet, form }: { sheet: PrintedSheet; form: Form }) {
  return (
    <article class="sheet paper">
      <Head sheet={sheet} form={form} />
      <ol class="paper-answers">
        {form.questions.map((question, place) => {
          const variant = variantOf(question);
          return (
            <li key={place}>
              <bdi class="paper-place-number">{formatNumber(place + 1)}</bdi>
              {variant.type === "single" || variant.type === "multiple" ? (
                variant.options.map((option, at) => (
                  <span key={option.id} class="paper-bubble">
                    {letterOf(t("sheets.letters"), at)}
                  </span>
                ))
              ) : variant.type === "truefalse" ? (
                <>
                  <span class="paper-box" /> {t("items.true")} <span class="paper-box" /> {t("items.false")}
                </>
              ) : (
                <span class="paper-line" />
              )}
            </li>
          );
        })}
      </ol>
    </article>
  );
}

function Key({ sheet, form }: { sheet: PrintedSheet; form: Form }) {
  return (
    <article class="sheet paper">
      <Head sheet={sheet} form={form} what={t("sheets.key")} />
      <ol class="paper-keys" dir={sheet.direction} lang={sheet.language}>
        {form.questions.map((question, place) => (
          <li key={place}>
            <bdi class="paper-place-number">{formatNumber(place + 1)}</bdi>
            <KeyOf variant={variantOf(question)} hash={sheet.hash} />
          </li>
        ))}
      </ol>
    </article>
  );
}

/** A list to note how many each student had right in each skill. */
function Marks({ sheet, students }: { sheet: PrintedSheet; students: Student[] }) {
  const questions = sheet.forms[0]?.questions ?? [];
  const of = (id: string) => questions.filter((one) => `${sheet.course}/${one.skill}` === id).length;
  return (
    <article class="sheet paper">
      <Head sheet={sheet} what={t("sheets.part.marks")} />
      <table class="paper-marks">
        <thead>
          <tr>
            <th scope="col">{t("sheets.name")}</th>
            {sheet.forms.length > 1 && <th scope="col">{t("sheets.form")}</th>}
            {sheet.skills.map((skill) => (
              <th key={skill.id} scope="col">
                <bdi>{skill.name}</bdi> <span class="small">{t("sheets.of", { count: formatNumber(of(skill.id)) })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {students.map((student) => (
            <tr key={student.id}>
              <th scope="row">
                <bdi>{student.name}</bdi>
              </th>
              {sheet.forms.length > 1 && <td>{sheet.forms.map((form) => nameOf(sheet, form)).join(" · ")}</td>}
              {sheet.skills.map((skill) => (
                <td key={skill.id} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
