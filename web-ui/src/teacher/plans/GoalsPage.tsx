import { useState } from "preact/hooks";
import { post, problemText, put, remove } from "../../api/client";
import type { Goal, GoalList, SchoolClass, SkillList, StaffMe } from "../../api/types";
import { t } from "../../i18n";
import { path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { me, useStore } from "../../store";
import { Banner, Button, Card, Empty, Field, PageSpinner, Select } from "../../ui";
import { GoalBars } from "../goals/GoalBars";
import { useLoad, useTask } from "../load";
import { isAbout, mayChange } from "../rules";

/** What a class is to reach: set, changed, given up. */
export function GoalsPage({ room }: { room: SchoolClass }) {
  const address = path("/api/v1/classes", room.id, "goals");
  const goals = useLoad<GoalList>(address);
  const skills = useLoad<SkillList>("/api/v1/skills");
  const person = useStore(me) as StaffMe;
  const [open, setOpen] = useState<Goal | "new" | null>(null);
  const { busy, problem, run } = useTask();
  const error = goals.error ?? skills.error;

  if (!goals.value || !skills.value) {
    const again = () => {
      goals.reload();
      skills.reload();
    };
    return error ? <LoadProblem error={error} again={again} /> : <PageSpinner />;
  }
  const may = mayChange(person.role);
  const list = goals.value.goals;

  return (
    <div class="stack plan-form">
      <p class="soft">{t("plans.goal.intro")}</p>
      {list.length === 0 && open === null && <Empty icon="flag" title={t("plans.goal.none")} />}
      {list.map((goal) => (
        <div key={goal.id} class="stack stack-s">
          <GoalBars goals={[goal]} />
          {may && (
            <div class="row">
              <Button icon="edit" onClick={() => setOpen(goal)}>
                {t("plans.goal.change")}
              </Button>
              <Button
                kind="quiet"
                icon="trash"
                busy={busy}
                onClick={() =>
                  void run(async () => {
                    await remove(`${address}/${goal.id}`);
                    goals.reload();
                  })
                }
              >
                {t("plans.goal.giveUp")}
              </Button>
            </div>
          )}
        </div>
      ))}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      {open !== null ? (
        <GoalForm
          key={open === "new" ? "new" : open.id}
          address={address}
          goal={open === "new" ? null : open}
          skills={skills.value}
          onDone={(next) => {
            if (next) goals.change(next);
            setOpen(null);
          }}
        />
      ) : (
        may && (
          <div class="row">
            <Button kind="primary" icon="plus" onClick={() => setOpen("new")}>
              {t("teach.goal.set")}
            </Button>
          </div>
        )
      )}
    </div>
  );
}

interface GoalFormProps {
  address: string;
  /** Nothing for a new one. */
  goal: Goal | null;
  skills: SkillList;
  onDone: (goals: GoalList | null) => void;
}

function GoalForm({ address, goal, skills, onDone }: GoalFormProps) {
  const first = goal?.skills[0]?.id.split("/")[0] ?? skills.courses[0]?.course ?? "";
  const [course, setCourse] = useState(first);
  const [chosen, setChosen] = useState<string[]>(goal?.skills.map((one) => one.id) ?? []);
  const [target, setTarget] = useState(String(goal?.target ?? 80));
  const [until, setUntil] = useState(goal?.until ?? "");
  const { busy, problem, run } = useTask();
  const shown = skills.courses.find((one) => one.course === course);
  const about = (code: string) => (isAbout(problem, [code]) ? problemText(problem) : null);
  const beside = ["goal.target-wrong", "goal.day-wrong"];

  function save(event: Event) {
    event.preventDefault();
    const wanted = { skills: chosen, target: /^\d{1,3}$/.test(target.trim()) ? Number(target) : 0, until };
    void run(async () => {
      onDone(goal ? await put<GoalList>(`${address}/${goal.id}`, wanted) : await post<GoalList>(address, wanted));
    });
  }

  return (
    <Card>
      <form class="stack" onSubmit={save}>
        {skills.courses.length > 1 && (
          <Select
            label={t("plans.course")}
            value={course}
            onChange={setCourse}
            choices={skills.courses.map((one) => ({ value: one.course, label: one.title }))}
          />
        )}
        <fieldset class="chooser stack stack-s">
          <legend class="field-label">{t("plans.goal.skills")}</legend>
          {shown?.skills.map((skill) => (
            <label key={skill.skill} class="tick" lang={shown.language}>
              <input
                type="checkbox"
                checked={chosen.includes(skill.skill)}
                onChange={() => setChosen(chosen.includes(skill.skill) ? chosen.filter((one) => one !== skill.skill) : [...chosen, skill.skill])}
              />
              <bdi>{skill.name}</bdi>
            </label>
          ))}
        </fieldset>
        <div class="plan-numbers">
          <Field label={t("plans.goal.share")} inputMode="numeric" value={target} onInput={setTarget} problem={about("goal.target-wrong")} />
          <Field label={t("plans.goal.until")} type="date" value={until} onInput={setUntil} problem={about("goal.day-wrong")} />
        </div>
        {problem !== null && !isAbout(problem, beside) && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button onClick={() => onDone(null)}>{t("teach.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("teach.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
