import { useState } from "preact/hooks";
import { post, problemText } from "../../api/client";
import type { Course, GivenList, PlanContent, PlanMade, SchoolClass, SkillList, SkillsOfCourse } from "../../api/types";
import { t, type Key, type Values } from "../../i18n";
import { navigate, path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Banner, Button, Field, Icon, PageSpinner, Select, TextArea } from "../../ui";
import { givenPath } from "../Give";
import { useLoad, useTask } from "../load";
import { isAbout } from "../rules";
import { plansPage, plansPath } from "./Plans";
import { MODELS, ownId } from "./rules";

/** What a room has, as it was said last on this phone: it changes seldom. */
const ROOM = "schoolhouse.room";
interface RoomHas {
  tablets: string;
  seats: string;
  minutes: string;
  projector: boolean;
}

function roomHas(): RoomHas {
  const usual = { tablets: "8", seats: "16", minutes: "40", projector: false };
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(ROOM) ?? "{}") as Partial<RoomHas>) };
  } catch {
    return usual;
  }
}

/** What a lesson is about and what the room has; the box makes a plan of it, or says why it can't. */
export function NewPlan({ room }: { room: SchoolClass }) {
  const skills = useLoad<SkillList>("/api/v1/skills");
  const given = useLoad<GivenList>(givenPath(room.id));
  if (!skills.value || !given.value) {
    const error = skills.error ?? given.error;
    const again = () => {
      skills.reload();
      given.reload();
    };
    return error ? <LoadProblem error={error} again={again} /> : <PageSpinner />;
  }
  return <PlanForm room={room} courses={skills.value.courses} likely={given.value.given[0]?.course ?? ""} />;
}

function PlanForm({ room, courses, likely }: { room: SchoolClass; courses: SkillsOfCourse[]; likely: string }) {
  const [model, setModel] = useState<PlanContent["model"]>("stationRotation");
  const [title, setTitle] = useState("");
  const [course, setCourse] = useState(courses.some((one) => one.course === likely) ? likely : "");
  const [lesson, setLesson] = useState("");
  const [skill, setSkill] = useState("");
  const [text, setText] = useState("");
  const [teacherSkill, setTeacherSkill] = useState("");
  const [has, setHas] = useState(roomHas);
  const [reasons, setReasons] = useState<PlanMade["reasons"]>([]);
  const { busy, problem, run } = useTask();
  const titleWrong = isAbout(problem, ["plan.title-missing"]);
  const skills = courses.find((one) => one.course === course)?.skills ?? [];
  const skillChoices = [{ value: "", label: t("plans.anySkill") }, ...skills.map((one) => ({ value: ownId(one.skill), label: one.name }))];
  const number = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0);

  function submit(event: Event) {
    event.preventDefault();
    setReasons([]);
    void run(async () => {
      const made = await post<PlanMade>(plansPath(room.id), {
        title,
        model,
        tablets: number(has.tablets),
        projector: has.projector,
        minutes: number(has.minutes),
        seats: number(has.seats),
        tablet: { course: course || null, lesson: lesson || null, skill: skill || null },
        teacher: { text, skill: teacherSkill || null },
      });
      try {
        localStorage.setItem(ROOM, JSON.stringify(has));
      } catch {
        // Then it is asked again next time.
      }
      if (made.plan) navigate(plansPage(room.id, made.plan.id), { replace: true });
      else setReasons(made.reasons);
    });
  }

  return (
    <form class="stack plan-form" onSubmit={submit}>
      <fieldset class="plan-models">
        <legend>
          <h2>{t("plans.whichModel")}</h2>
        </legend>
        {MODELS.map(([one, icon]) => (
          <label key={one} class="plan-model">
            <input type="radio" name="model" checked={model === one} onChange={() => setModel(one)} />
            <Icon name={icon} big />
            <span>
              <span class="plan-model-name">{t(`plans.model.${one}` as Key)}</span>
              <span class="small soft">{t(`plans.modelNote.${one}` as Key)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label={t("plans.title")} value={title} maxLength={120} onInput={setTitle} problem={titleWrong ? problemText(problem) : null} />
      <h2>{t("plans.onTablets")}</h2>
      <div class="plan-two">
        <Select
          label={t("plans.course")}
          value={course}
          onChange={(next) => {
            setCourse(next);
            setLesson("");
            setSkill("");
            setTeacherSkill("");
          }}
          choices={[{ value: "", label: t("plans.ownPractice") }, ...courses.map((one) => ({ value: one.course, label: one.title }))]}
        />
        {course !== "" && <ChooseLesson key={course} course={course} lesson={lesson} onChange={setLesson} />}
        {skills.length > 0 && <Select label={t("plans.skill")} value={skill} onChange={setSkill} choices={skillChoices} />}
      </div>
      <h2>{t("plans.withTeacher")}</h2>
      <TextArea label={t("plans.teacherText")} note={t("plans.teacherNote")} rows={3} value={text} onInput={setText} />
      {skills.length > 0 && <Select label={t("plans.skill")} value={teacherSkill} onChange={setTeacherSkill} choices={skillChoices} />}
      <h2>{t("plans.room")}</h2>
      <div class="plan-numbers">
        <Field label={t("plans.tablets")} inputMode="numeric" value={has.tablets} onInput={(tablets) => setHas({ ...has, tablets })} />
        <Field label={t("plans.length")} inputMode="numeric" value={has.minutes} onInput={(minutes) => setHas({ ...has, minutes })} />
        <Field label={t("plans.seats")} inputMode="numeric" value={has.seats} onInput={(seats) => setHas({ ...has, seats })} />
      </div>
      <label class="tick">
        <input type="checkbox" checked={has.projector} onChange={() => setHas({ ...has, projector: !has.projector })} />
        <span>{t("plans.projector")}</span>
      </label>
      {reasons.length > 0 && (
        <Banner kind="wrong">
          <p>{t("plans.notPossible")}</p>
          <ul class="plan-reasons">
            {reasons.map((reason) => (
              <li key={reason.code}>{t(`problem.${reason.code}` as Key, reason.params as Values)}</li>
            ))}
          </ul>
        </Banner>
      )}
      {problem !== null && !titleWrong && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <Button kind="primary" type="submit" wide busy={busy} iconAfter="forward">
        {t("plans.make")}
      </Button>
    </form>
  );
}

function ChooseLesson({ course, lesson, onChange }: { course: string; lesson: string; onChange: (lesson: string) => void }) {
  const { value } = useLoad<Course>(path("/api/v1/courses", course));
  const lessons = value?.units.flatMap((unit) => unit.lessons) ?? [];
  return (
    <Select
      label={t("plans.lesson")}
      value={lesson}
      onChange={onChange}
      choices={[{ value: "", label: t("teach.give.whole") }, ...lessons.map((one) => ({ value: one.id, label: one.title }))]}
    />
  );
}
