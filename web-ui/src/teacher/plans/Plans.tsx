import type { PlanList, SchoolClass, StaffMe } from "../../api/types";
import { formatDate, plural, t, type Key } from "../../i18n";
import { followLink, path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { me, useStore } from "../../store";
import { ButtonLink, Empty, Icon, PageSpinner } from "../../ui";
import { LessonPanel } from "../LessonPanel";
import { useLoad } from "../load";
import { mayChange } from "../rules";
import { MODELS } from "./rules";

export const plansPath = (room: string, ...more: string[]) => path("/api/v1/classes", room, "plans", ...more);
export const plansPage = (room: string, ...more: string[]) => path("/teach/classes", room, "plans", ...more);

/** The plans of a class, and the way to a new one. */
export function Plans({ room }: { room: SchoolClass }) {
  const person = useStore(me) as StaffMe;
  const { value, error, reload } = useLoad<PlanList>(plansPath(room.id));
  const begin = mayChange(person.role) && (
    <ButtonLink kind="primary" icon="plus" href={plansPage(room.id, "new")}>
      {t("plans.new")}
    </ButtonLink>
  );

  return (
    <div class="stack">
      <LessonPanel room={room} />
      <div class="row">
        {value !== null && value.plans.length > 0 && begin}
        <ButtonLink icon="check" href={path("/teach/classes", room.id, "attendance")}>
          {t("plans.attendance")}
        </ButtonLink>
      </div>
      {!value ? (
        error ? (
          <LoadProblem error={error} again={reload} />
        ) : (
          <PageSpinner />
        )
      ) : value.plans.length === 0 ? (
        <Empty icon="clock" title={t("plans.none")}>
          <p class="soft">{t("plans.noneDo")}</p>
          {begin}
        </Empty>
      ) : (
        <ul class="people">
          {value.plans.map((plan) => (
            <li key={plan.id} class="person">
              <a class="plan-row" href={plansPage(room.id, plan.id)} onClick={followLink}>
                <span class="role-mark">
                  <Icon name={MODELS.find(([model]) => model === plan.model)![1]} />
                </span>
                <span class="person-words">
                  <bdi class="person-name">{plan.title}</bdi>
                  <span class="small soft">
                    {t(`plans.model.${plan.model}` as Key)} · {plural("plans.groups", plan.groups)} · {plural("plans.minutes", plan.minutes)}
                  </span>
                  <span class="small soft">
                    {formatDate(plan.at, { day: "numeric", month: "long" })}
                    {plan.by && (
                      <>
                        {" · "}
                        <bdi>{plan.by}</bdi>
                      </>
                    )}
                  </span>
                </span>
                <Icon name="forward" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
