import { useEffect, useState } from "preact/hooks";
import { get } from "../../api/client";
import type { PlacementStart } from "../../api/types";
import { t } from "../../i18n";
import { settle } from "../../queue";
import { ButtonLink, Listen } from "../../ui";
import { practicePath } from "./rules";

/** The end of a placement: thanks, and the skill to begin with. `where` is the address of the sitting. */
export function StartHere({ where, course }: { where: string; course: string }) {
  const [start, setStart] = useState<PlacementStart | null>(null);
  useEffect(() => {
    scrollTo(0, 0);
    void settle(4_000)
      .then(() => get<PlacementStart>(`${where}/start`))
      .then(setStart, () => undefined);
  }, []);
  const skill = start && start.skill;
  const words = t(!start ? "student.place.later" : skill ? "student.place.start" : "student.place.allKnown");
  return (
    <div class="finished finished-alone">
      <div class="card finished-card">
        <div class="row row-center">
          <p class="finished-title">{t("student.place.done")}</p>
          <Listen text={[t("student.place.done"), words, skill ? skill.name : ""].join(" ")} />
        </div>
        <p class="large">{words}</p>
        {skill && (
          <p class="finished-title">
            <bdi>{skill.name}</bdi>
          </p>
        )}
        <div class="activity-foot">
          {skill && (
            <ButtonLink kind="primary" big iconAfter="forward" href={practicePath(course, skill.id)}>
              {t("student.skills.practise")}
            </ButtonLink>
          )}
          <ButtonLink big icon="home" href="/learn">
            {t("student.practice.home")}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}
