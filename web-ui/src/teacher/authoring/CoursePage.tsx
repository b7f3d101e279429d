import { useState } from "preact/hooks";
import { problemText, remove } from "../../api/client";
import { formatDate, formatNumber, plural, t } from "../../i18n";
import { navigate, path } from "../../router";
import { Banner, Button, Dialog, Field, IconButton, Select, TextArea } from "../../ui";
import { useTask } from "../load";
import { API, closeDraft, type Desk } from "./desk";
import { emptyLesson, MOST_GRADES, moved, toggledGrade, without, withoutSkill, withSkill } from "./draft";
import { lessonTitle } from "./findings";
import { Frame } from "./Frame";
import { languageChoices } from "./languages";
import { OwnItem } from "./OwnItem";
import { ownPath } from "./places";
import { Shelf } from "./Shelf";
import type { Draft, Licence } from "./types";

const SUBJECTS = [
  "mathematics",
  "language",
  "science",
  "social-studies",
  "health",
  "life-skills",
  "arts",
  "religion",
  "agriculture",
] as const;
const LICENCES: Licence[] = ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0"];

/** An own course as a whole: its lessons, what it is about, and the way to the shelf. */
export function CoursePage({ desk }: { desk: Desk }) {
  const { draft, kept } = desk;
  const date = formatDate(kept.own.changedAt, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  const { changedBy } = kept.own;
  return (
    <Frame desk={desk} title={draft.title || t("authoring.untitled")} back="/teach/own">
      <div class="stack stack-l">
        <p class="small soft">
          {changedBy ? t("authoring.changedBy", { name: changedBy, date }) : t("authoring.changed", { date })}
        </p>
        <Lessons desk={desk} />
        <details class="own-more">
          <summary>{t("authoring.about")}</summary>
          <About desk={desk} />
        </details>
        <Shelf desk={desk} />
        <Delete desk={desk} />
      </div>
    </Frame>
  );
}

function Lessons({ desk }: { desk: Desk }) {
  const { draft, change } = desk;
  function add() {
    const id = desk.name();
    change((now) => ({ ...now, lessons: [...now.lessons, emptyLesson(id, "")] }));
    navigate(ownPath(desk.id, id));
  }
  return (
    <section class="stack stack-s" aria-labelledby="own-lessons" data-field="lessons">
      <h2 id="own-lessons">{t("authoring.lessons")}</h2>
      <ol class="own-list">
        {draft.lessons.map((lesson, at) => {
          const title = lessonTitle(lesson.title);
          const questions = lesson.parts.reduce((sum, part) => sum + (part.kind === "questions" ? part.items.length : 0), 0);
          return (
            <OwnItem
              key={lesson.id}
              to={ownPath(desk.id, lesson.id)}
              lead={<span class="own-item-number">{formatNumber(at + 1)}</span>}
              ways={{
                title,
                at,
                of: draft.lessons.length,
                onMove: (by) => change((now) => ({ ...now, lessons: moved(now.lessons, at, by) })),
                onRemove: () => change((now) => ({ ...now, lessons: without(now.lessons, at) }), true),
              }}
            >
              <strong>
                <bdi lang={draft.language}>{title}</bdi>
              </strong>
              <span class="small soft">
                {plural("authoring.parts", lesson.parts.length)} · {plural("teach.courses.questions", questions)}
              </span>
            </OwnItem>
          );
        })}
      </ol>
      <Button icon="plus" onClick={add}>
        {t("authoring.lessonAdd")}
      </Button>
    </section>
  );
}

function About({ desk }: { desk: Desk }) {
  const { draft, change } = desk;
  const set = (next: Partial<Draft>) => change((now) => ({ ...now, ...next }));
  return (
    <div class="stack">
      <div data-field="title">
        <Field
          label={t("authoring.courseTitle")}
          dir="auto"
          maxLength={80}
          value={draft.title}
          onInput={(title) => set({ title })}
        />
      </div>
      <div data-field="summary">
        <TextArea
          label={t("authoring.summary")}
          note={t("authoring.summaryNote")}
          rows={2}
          maxLength={400}
          dir="auto"
          value={draft.summary}
          onInput={(summary) => set({ summary })}
        />
      </div>
      <div data-field="language">
        <Select
          label={t("authoring.language")}
          value={draft.language}
          choices={languageChoices(draft.language)}
          onChange={(language) => set({ language })}
        />
      </div>
      <div data-field="subject">
        <Select
          label={t("authoring.subject")}
          value={draft.subject ?? ""}
          choices={[
            { value: "", label: t("authoring.subjectNone") },
            ...SUBJECTS.map((value) => ({ value: value as string, label: t(`authoring.subject.${value}`) })),
          ]}
          onChange={(subject) => set({ subject: subject === "" ? null : subject })}
        />
      </div>
      <fieldset class="own-group" data-field="grades">
        <legend class="field-label">{t("authoring.grades")}</legend>
        <div class="own-grades">
          {Array.from({ length: MOST_GRADES }, (_, at) => at + 1).map((grade) => (
            <label key={grade} class="own-pick">
              <input
                type="checkbox"
                checked={draft.grades.includes(grade)}
                onChange={() => set({ grades: toggledGrade(draft.grades, grade) })}
              />
              <span>{formatNumber(grade)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Skills desk={desk} />
      <fieldset class="own-group" data-field="licence">
        <legend class="field-label">{t("authoring.licence")}</legend>
        {LICENCES.map((licence) => (
          <label key={licence} class="own-check">
            <input type="radio" name="licence" checked={draft.licence === licence} onChange={() => set({ licence })} />
            <span>{t(`authoring.licence.${licence}`)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** What students can do afterwards, in their own words. */
function Skills({ desk }: { desk: Desk }) {
  const { draft, change } = desk;
  return (
    <fieldset class="own-group" data-field="skills">
      <legend class="field-label">{t("authoring.skills")}</legend>
      <p class="field-note">{t("authoring.skillsNote")}</p>
      <ul class="own-rows">
        {draft.skills.map((skill, at) => (
          <li key={skill.id} class="own-row">
            <input
              class="input"
              dir="auto"
              autoComplete="off"
              placeholder={t("authoring.skillExample")}
              aria-label={t("authoring.skill", { number: at + 1 })}
              value={skill.can}
              onInput={(event) => {
                const can = event.currentTarget.value;
                change((now) => withSkill(now, { ...skill, can, name: can.slice(0, 60) }));
              }}
            />
            {draft.skills.length > 1 && (
              <IconButton
                icon="close"
                label={t("authoring.skillRemove", { number: at + 1 })}
                onClick={() => change((now) => withoutSkill(now, skill.id), true)}
              />
            )}
          </li>
        ))}
      </ul>
      <Button
        kind="quiet"
        icon="plus"
        onClick={() => {
          const id = desk.name();
          change((now) => ({ ...now, skills: [...now.skills, { id, name: "", can: "" }] }));
        }}
      >
        {t("authoring.skillAdd")}
      </Button>
    </fieldset>
  );
}

/** The draft goes for good; so it asks. */
function Delete({ desk }: { desk: Desk }) {
  const [asks, setAsks] = useState(false);
  const { busy, problem, run } = useTask();
  async function go() {
    const went = await run(async () => {
      await remove(path(API, desk.id));
      closeDraft(desk.id);
    });
    if (went) navigate("/teach/own", { replace: true });
  }
  return (
    <div>
      <Button kind="danger" icon="trash" onClick={() => setAsks(true)}>
        {t("authoring.courseDelete")}
      </Button>
      {asks && (
        <Dialog title={t("authoring.courseDeleteTitle", { title: desk.draft.title })} onClose={() => setAsks(false)}>
          <div class="stack">
            <p>{t(desk.kept.own.shelf ? "authoring.courseDeleteShelf" : "authoring.courseDeleteWords")}</p>
            {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
            <div class="row row-end">
              <Button onClick={() => setAsks(false)} data-first>
                {t("library.keep")}
              </Button>
              <Button kind="danger" busy={busy} onClick={() => void go()}>
                {t("authoring.courseDeleteYes")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
