import { useState } from "preact/hooks";
import { problemText, put, remove } from "../../api/client";
import type { LessonPlan, PlanContent, SchoolClass, SkillList, StaffMe, Student } from "../../api/types";
import { formatNumber, plural, t, type Key } from "../../i18n";
import { groupName, useLesson } from "../../lesson/follow";
import { navigate, path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { me, useStore } from "../../store";
import { Banner, Button, Card, Icon, PageSpinner, Picture } from "../../ui";
import { lead, LessonPanel } from "../LessonPanel";
import { useLoad, useTask } from "../load";
import { mayChange } from "../rules";
import { Sure } from "../StudentDialog";
import { Groups } from "./Groups";
import { plansPage, plansPath } from "./Plans";
import { MODELS, ownId, STATION_ICONS } from "./rules";
import { StationCards } from "./StationCards";
import { Words } from "./Words";

/** A plan: what is done where, by whom, for how long; and the button that begins it. */
export function PlanPage({ room, id }: { room: SchoolClass; id: string }) {
  const plan = useLoad<LessonPlan>(plansPath(room.id, id));
  const students = useLoad<{ students: Student[] }>(path("/api/v1/classes", room.id, "students"));
  const skills = useLoad<SkillList>("/api/v1/skills");
  const error = plan.error ?? students.error ?? skills.error;
  if (!plan.value || !students.value || !skills.value) {
    const again = () => {
      plan.reload();
      students.reload();
      skills.reload();
    };
    return error ? <LoadProblem error={error} again={again} /> : <PageSpinner />;
  }
  return <Shown room={room} plan={plan.value} students={students.value.students} skills={skills.value} onChange={plan.change} />;
}

interface ShownProps {
  room: SchoolClass;
  plan: LessonPlan;
  students: Student[];
  skills: SkillList;
  onChange: (plan: LessonPlan) => void;
}

function Shown({ room, plan, students, skills, onChange }: ShownProps) {
  const person = useStore(me) as StaffMe;
  const running = useLesson(room.id);
  const { busy, problem, run, clear } = useTask();
  const [open, setOpen] = useState<"words" | "remove" | null>(null);
  const { content } = plan;
  const may = mayChange(person.role);
  const runs = running?.plan === plan.id;

  /** Keeps the plan as it now is; nothing has to be saved by hand. */
  const keep = (next: PlanContent) => run(async () => onChange(await put<LessonPlan>(plansPath(room.id, plan.id), next)));

  return (
    <div class="stack stack-l plan">
      <div class="stack no-print">
        <div class="plan-top">
          <Icon name={MODELS.find(([model]) => model === content.model)![1]} big />
          <div class="plan-top-words">
            <h2>
              <bdi>{content.title}</bdi>
            </h2>
            <p class="soft">{t(`plans.model.${content.model}` as Key)}</p>
          </div>
        </div>
        <LessonPanel room={room} onPlan={runs} />
        {problem !== null && open !== "remove" && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row">
          {may && !runs && (
            <Button kind="primary" icon="play" busy={busy} onClick={() => void run(() => lead(room.id, plan.id, { step: "start" }))}>
              {t("plans.start")}
            </Button>
          )}
          {may && (
            <Button icon="edit" onClick={() => setOpen("words")}>
              {t("plans.edit")}
            </Button>
          )}
          <Button icon="printer" onClick={() => print()}>
            {t("plans.printCards")}
          </Button>
          {may && (
            <Button kind="quiet" icon="trash" onClick={() => setOpen("remove")}>
              {t("plans.remove")}
            </Button>
          )}
        </div>
        {plan.partsApart && <Banner kind="warn">{t("plans.partsApart")}</Banner>}
        <Parts content={content} skills={skills} />
        <p>
          <Icon name="clock" /> {plural("plans.practice", plan.practice)}
        </p>
        <Timetable content={content} />
        <Groups room={room} content={content} students={students} skills={skills} may={may} busy={busy} onChange={(next) => void keep(next)} />
      </div>
      <StationCards room={room} content={content} students={students} skills={skills} />
      {open === "words" && <Words content={content} busy={busy} problem={problem} onClose={() => setOpen(null)} onSave={(next) => void keep(next).then((went) => went && setOpen(null))} />}
      {open === "remove" && (
        <Sure
          title={t("plans.removeSure")}
          yes={t("plans.remove")}
          busy={busy}
          problem={problem}
          onNo={() => {
            clear();
            setOpen(null);
          }}
          onYes={() =>
            void run(async () => {
              await remove(plansPath(room.id, plan.id));
              navigate(plansPage(room.id), { replace: true });
            })
          }
        >
          {t("plans.removeNote")}
        </Sure>
      )}
    </div>
  );
}

/** The name of a skill of the plan's course. */
export function skillName(content: PlanContent, skills: SkillList, skill: string | null | undefined): string | null {
  const own = skills.courses.find((one) => one.course === content.tablet.course)?.skills;
  return own?.find((one) => ownId(one.skill) === skill)?.name ?? null;
}

function Parts({ content, skills }: { content: PlanContent; skills: SkillList }) {
  const course = skills.courses.find((one) => one.course === content.tablet.course);
  const skill = skillName(content, skills, content.tablet.skill);
  const theirs = skillName(content, skills, content.teacher.skill);
  return (
    <div class="plan-two">
      <Card class="stack stack-s">
        <h3>
          <Icon name="tablet" /> {t("plans.onTablets")}
        </h3>
        <p>
          <bdi>{course?.title ?? t("plans.ownPractice")}</bdi>
        </p>
        {skill && (
          <p class="soft">
            <bdi>{skill}</bdi>
          </p>
        )}
      </Card>
      <Card class="stack stack-s">
        <h3>
          <Icon name="people" /> {t("plans.withTeacher")}
        </h3>
        {content.teacher.text && <p class="plan-text">{content.teacher.text}</p>}
        {theirs && (
          <p class="soft">
            <bdi>{theirs}</bdi>
          </p>
        )}
        {!content.teacher.text && !theirs && <p class="soft">{t("plans.nothingYet")}</p>}
      </Card>
    </div>
  );
}

/** Who is where in which round. */
function Timetable({ content }: { content: PlanContent }) {
  return (
    <div class="table-frame">
      <table class="table plan-table" aria-label={t("plans.timetable")}>
        <thead>
          <tr>
            <th scope="col">{t("plans.group")}</th>
            {content.rounds.map((round, at) => (
              <th key={at} scope="col">
                {t("plans.round", { round: formatNumber(at + 1) })}
                <span class="small soft plan-minutes">{plural("plans.minutes", round.minutes)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {content.groups.map((group, at) => (
            <tr key={at}>
              <th scope="row">
                <Picture name={group.drawing} size={28} /> <bdi>{groupName(group)}</bdi>
              </th>
              {content.rounds.map((round, index) => {
                const station = content.stations[round.places[at]!]!;
                return (
                  <td key={index} class={`at-${station.kind}`}>
                    <Icon name={STATION_ICONS[station.kind]} /> {t(`teach.lesson.at.${station.kind}` as Key)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
