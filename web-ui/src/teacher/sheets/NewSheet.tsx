import { useState } from "preact/hooks";
import type { SchoolClass, SkillList, SkillsOfCourse } from "../../api/types";
import { t } from "../../i18n";
import { navigate, path, usePlace } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Button, ButtonLink, Empty, Field, Icon, PageSpinner, Select } from "../../ui";
import { useLoad } from "../load";
import { MOST_QUESTIONS, MOST_SKILLS, newNumber, queryOf, USUAL_QUESTIONS } from "./rules";

/** What a new sheet is about, how long it is, and in how many forms. */
export function NewSheet({ room }: { room: SchoolClass }) {
  const { value, error, reload } = useLoad<SkillList>("/api/v1/skills");
  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  if (value.courses.length === 0) {
    return (
      <Empty icon="book" title={t("teach.skills.none")}>
        <ButtonLink icon="back" href={path("/teach/classes", room.id, "skills")}>
          {t("teach.class.skills")}
        </ButtonLink>
      </Empty>
    );
  }
  return <SheetForm room={room} courses={value.courses} />;
}

function SheetForm({ room, courses }: { room: SchoolClass; courses: SkillsOfCourse[] }) {
  const { query } = usePlace();
  const [id, setId] = useState(query.get("course") ?? courses[0]!.course);
  const [chosen, setChosen] = useState<string[]>((query.get("skills") ?? "").split(",").filter(Boolean));
  const [count, setCount] = useState(query.get("count") ?? String(USUAL_QUESTIONS));
  const [forms, setForms] = useState(query.get("forms") ?? "1");
  const [number, setNumber] = useState("");
  const [tried, setTried] = useState(false);
  const course = courses.find((one) => one.course === id) ?? courses[0]!;
  const nameOf = (skill: string) => skill.slice(course.course.length + 1);
  const skills = chosen.filter((one) => course.skills.some(({ skill }) => nameOf(skill) === one));
  const isCount = /^\d{1,2}$/.test(count) && Number(count) >= 1 && Number(count) <= MOST_QUESTIONS;
  const isNumber = /^\d{0,9}$/.test(number);

  function toggle(skill: string) {
    if (skills.includes(skill)) setChosen(skills.filter((one) => one !== skill));
    else if (skills.length < MOST_SKILLS) setChosen([...skills, skill]);
  }

  function make(event: Event) {
    event.preventDefault();
    setTried(true);
    if (!isCount || !isNumber || skills.length === 0) return;
    const asked = {
      course: course.course,
      skills,
      count: Number(count),
      forms: Number(forms),
      number: number === "" ? newNumber() : Number(number),
    };
    navigate(path("/teach/classes", room.id, "sheet") + queryOf(asked));
  }

  return (
    <form class="stack sheet-form" onSubmit={make}>
      <h2>{t("sheets.title")}</h2>
      <p>{t("sheets.about")}</p>
      <fieldset class="sheet-skills">
        <legend class="field-label">{t("sheets.skills")}</legend>
        {courses.length > 1 && (
          <Select
            label={t("teach.skills.course")}
            value={course.course}
            choices={courses.map((one) => ({ value: one.course, label: one.title }))}
            onChange={setId}
          />
        )}
        {tried && skills.length === 0 && (
          <p class="field-problem">
            <Icon name="alert" />
            <span>{t("sheets.chooseSkill")}</span>
          </p>
        )}
        <ul class="people">
          {course.skills.map(({ skill, name, can }) => (
            <li key={skill}>
              <label class="sheet-skill" lang={course.language}>
                <input type="checkbox" checked={skills.includes(nameOf(skill))} onChange={() => toggle(nameOf(skill))} />
                <span class="person-words">
                  <bdi class="person-name">{name}</bdi>
                  <bdi class="small soft">{can}</bdi>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <div class="sheet-numbers">
        <Field
          label={t("sheets.count")}
          inputMode="numeric"
          value={count}
          problem={tried && !isCount ? t("problem.sheet.count-wrong") : null}
          onInput={(text) => setCount(text.trim())}
        />
        <Select
          label={t("sheets.forms")}
          value={forms}
          choices={["1", "2"].map((value) => ({ value, label: t(value === "1" ? "sheets.oneForm" : "sheets.twoForms") }))}
          onChange={setForms}
        />
        <Field
          label={t("sheets.again")}
          note={t("sheets.againNote")}
          inputMode="numeric"
          value={number}
          problem={tried && !isNumber ? t("sheets.againWrong") : null}
          onInput={(text) => setNumber(text.trim())}
        />
      </div>
      <div>
        <Button kind="primary" type="submit" iconAfter="forward">
          {t("sheets.make")}
        </Button>
      </div>
    </form>
  );
}
