import { useState } from "preact/hooks";
import type { SheetSkill, SkillsOfCourse } from "../../api/types";
import { plural, t } from "../../i18n";
import { Button, Field, Icon, Select } from "../../ui";
import { dayOf, MOST_QUESTIONS, MOST_SKILLS, momentOf, taskOf, type Sheet } from "./rules";

/** The chances to guess that are offered: answers in one's own words, one of two, three, four. */
const GUESSES = [0, 500, 333, 250];

interface SheetFormProps {
  sheet: Sheet;
  /** The box's time. */
  now: number;
  /** The names of the skills that are chosen. */
  names: Record<string, string>;
  /** What there is to choose from; without it the skills stay. */
  courses?: SkillsOfCourse[];
  done: string;
  onDone: (sheet: Sheet, names: Record<string, string>) => void;
}

/** What a check is about, when it was, and of how many questions. */
export function SheetForm({ sheet: first, now, names: known, courses, done, onDone }: SheetFormProps) {
  const [sheet, setSheet] = useState(first);
  const [day, setDay] = useState(dayOf(first.at));
  const [counts, setCounts] = useState<Record<string, string>>({});
  const [course, setCourse] = useState(courses?.[0]?.course ?? "");
  const [tried, setTried] = useState(false);
  const shown = courses?.filter((one) => one.course === course)[0] ?? courses?.[0];
  const names = { ...known };
  for (const one of courses ?? []) for (const skill of one.skills) names[skill.skill] = skill.name;

  const countOf = (task: SheetSkill) => counts[task.skill] ?? String(task.questions ?? "");
  const isCount = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_QUESTIONS;
  // The moment of a day that was not changed stays as it is.
  const at = day === dayOf(first.at) ? first.at : momentOf(day, now);
  const isDay = at !== null && day <= dayOf(now);
  const isGood = isDay && sheet.skills.length > 0 && (sheet.way !== "paper" || sheet.skills.every((task) => isCount(countOf(task))));

  function toggle(skill: string) {
    const has = sheet.skills.some((task) => task.skill === skill);
    const skills = has ? sheet.skills.filter((task) => task.skill !== skill) : [...sheet.skills, taskOf(sheet.way, skill)];
    if (skills.length <= MOST_SKILLS) setSheet({ ...sheet, skills });
  }

  function change(task: SheetSkill) {
    setSheet({ ...sheet, skills: sheet.skills.map((one) => (one.skill === task.skill ? task : one)) });
  }

  function finish(event: Event) {
    event.preventDefault();
    setTried(true);
    if (!isGood || at === null) return;
    const skills = sheet.skills.map((task) => (sheet.way === "paper" ? { ...task, questions: Number(countOf(task)) } : task));
    onDone({ ...sheet, title: sheet.title?.trim() ?? "", at, skills }, names);
  }

  return (
    <form class="stack check-form" onSubmit={finish}>
      {courses && (
        <fieldset class="check-skills">
          <legend class="field-label">{t("checks.about")}</legend>
          {courses.length > 1 && (
            <Select
              label={t("checks.course")}
              value={shown?.course ?? ""}
              onChange={setCourse}
              choices={courses.map((one) => ({ value: one.course, label: one.title }))}
            />
          )}
          {tried && sheet.skills.length === 0 && (
            <p class="field-problem">
              <Icon name="alert" />
              <span>{t("checks.chooseSkill")}</span>
            </p>
          )}
          <ul class="people">
            {shown?.skills.map((skill) => (
              <li key={skill.skill}>
                <label class="check-skill" lang={shown.language}>
                  <input
                    type="checkbox"
                    checked={sheet.skills.some((task) => task.skill === skill.skill)}
                    onChange={() => toggle(skill.skill)}
                  />
                  <span class="person-words">
                    <bdi class="person-name">{skill.name}</bdi>
                    <bdi class="small soft">{skill.can}</bdi>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      {(sheet.way === "paper" || sheet.way === "cards") &&
        sheet.skills.map((task) => (
          <fieldset key={task.skill} class="check-task">
            <legend class="field-label">
              <bdi>{names[task.skill] ?? t("checks.skillGone")}</bdi>
            </legend>
            {sheet.way === "paper" && (
              <Field
                label={t("checks.questions")}
                inputMode="numeric"
                value={countOf(task)}
                problem={tried && !isCount(countOf(task)) ? t("problem.room.questions-wrong") : null}
                onInput={(text) => setCounts({ ...counts, [task.skill]: text.trim() })}
              />
            )}
            <Select
              label={t("checks.answers")}
              value={String(task.guess ?? 0)}
              onChange={(guess) => change({ ...task, guess: Number(guess) })}
              choices={GUESSES.map((guess) => ({
                value: String(guess),
                label: guess === 0 ? t("checks.ownWords") : plural("checks.oneOf", Math.round(1000 / guess)),
              }))}
            />
          </fieldset>
        ))}
      <div class="check-when">
        <Field
          label={t("checks.date")}
          type="date"
          value={day}
          max={dayOf(now)}
          problem={tried && !isDay ? t("problem.room.date-wrong") : null}
          onInput={setDay}
        />
        <Field
          label={t("checks.title")}
          note={t("checks.titleNote")}
          maxLength={80}
          value={sheet.title ?? ""}
          onInput={(title) => setSheet({ ...sheet, title })}
        />
      </div>
      <div class="check-go">
        <Button kind="primary" type="submit" wide iconAfter="forward">
          {done}
        </Button>
      </div>
    </form>
  );
}
