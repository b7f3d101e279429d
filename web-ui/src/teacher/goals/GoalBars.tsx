import type { Goal, GoalList, SchoolClass, StaffMe } from "../../api/types";
import { formatDate, formatList, formatNumber, t, type Key } from "../../i18n";
import { followLink, path } from "../../router";
import { me, useStore } from "../../store";
import { Icon } from "../../ui";
import { useLoad } from "../load";
import { mayChange } from "../rules";
import { dayStart, stateOf, STATE_ICONS } from "./rules";
import "./goals.css";

/** What a class is to reach, at the top of its page; without a goal, the way to one. */
export function ClassGoals({ room }: { room: SchoolClass }) {
  const { value } = useLoad<GoalList>(path("/api/v1/classes", room.id, "goals"));
  const person = useStore(me) as StaffMe;
  const page = path("/teach/classes", room.id, "goals");
  if (!value) return null;
  if (value.goals.length === 0) {
    return mayChange(person.role) ? (
      <p class="goal-none">
        <a href={page} onClick={followLink}>
          <Icon name="flag" /> {t("teach.goal.set")}
        </a>
      </p>
    ) : null;
  }
  return (
    <section aria-label={t("teach.goal.goals")}>
      <GoalBars goals={value.goals} href={() => page} />
    </section>
  );
}

/** The goals of the school, for those who see several classes. */
export function SchoolGoals() {
  const { value } = useLoad<GoalList>("/api/v1/goals");
  if (!value || value.goals.length === 0) return null;
  return (
    <section class="stack stack-s" aria-labelledby="school-goals">
      <h2 id="school-goals">{t("teach.goal.goals")}</h2>
      <GoalBars goals={value.goals} classes href={(goal) => path("/teach/classes", goal.class, "goals")} />
    </section>
  );
}

interface GoalBarsProps {
  goals: Goal[];
  /** Whether the class is named. */
  classes?: boolean;
  /** Where a bar leads. */
  href?: (goal: Goal) => string;
}

/** A bar for each goal: where the class is, where it is to be, and whether it is on its way. */
export function GoalBars({ goals, classes, href }: GoalBarsProps) {
  return (
    <ul class="goals">
      {goals.map((goal) => (
        <li key={goal.id} class="goal">
          <p class="goal-what">
            {classes && (
              <>
                <bdi>{goal.className}</bdi> ·{" "}
              </>
            )}
            {href ? (
              <a href={href(goal)} onClick={followLink}>
                <Words goal={goal} />
              </a>
            ) : (
              <Words goal={goal} />
            )}
          </p>
          <Bar goal={goal} />
        </li>
      ))}
    </ul>
  );
}

function Words({ goal }: { goal: Goal }) {
  const skills = formatList(goal.skills.map((skill) => skill.name));
  const date = formatDate(dayStart(goal.until), { day: "numeric", month: "long", timeZone: "UTC" });
  return <>{t("teach.goal.what", { skills, target: percent(goal.target), date })}</>;
}

const percent = (points: number) => formatNumber(points / 100, { style: "percent", maximumFractionDigits: 1 });

function Bar({ goal }: { goal: Goal }) {
  const state = stateOf(goal);
  if (goal.now === null) return <p class="soft small">{t("teach.goal.noStudents")}</p>;
  return (
    <>
      <div class={`goal-bar goal-${state}`} aria-hidden="true">
        <span class="goal-now" style={{ width: `${goal.now}%` }} />
        <span class="goal-target" style={{ width: `${goal.target}%` }} />
      </div>
      <p class="goal-how small">
        <span class={`goal-state goal-state-${state}`}>
          <Icon name={STATE_ICONS[state]} />
          {t(`teach.goal.${state}` as Key)}
        </span>
        <span>{t("teach.goal.now", { now: percent(goal.now) })}</span>
        {goal.neededPerWeek !== null && goal.neededPerWeek > 0 && (
          <span>{t("teach.goal.perWeek", { points: formatNumber(goal.neededPerWeek) })}</span>
        )}
      </p>
    </>
  );
}
