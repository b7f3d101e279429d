import type { SkillMap, SkillOnMap } from "../../api/types";
import { t, type Key } from "../../i18n";
import { followLink } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { BandMark, BandShape, ButtonLink, Empty, Icon, Listen, PageHeading, PageSpinner } from "../../ui";
import { useRemote } from "../remote";
import { Shell } from "../Shell";
import { badges, practicePath } from "./rules";

/** "My skills": what I can do, what comes next and why, and what I have earned. */
export function SkillsPage() {
  const { value, error, reload } = useRemote<SkillMap>("/api/v1/skill-map", true);
  return (
    <Shell back="/learn">
      <PageHeading title={t("student.skills.title")}>{t("student.skills.title")}</PageHeading>
      {error && !value ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : value.courses.length === 0 ? (
        <Empty icon="star" title={t("student.skills.none")} />
      ) : (
        <div class="my-skills">
          <Earned map={value} />
          {value.next && <Next map={value} />}
          {value.courses.map((course) => (
            <section key={course.id}>
              <h2>
                <bdi>{course.title}</bdi>
              </h2>
              <ol class="skill-list">
                {course.skills.map((skill) => (
                  <li key={skill.skill.id}>
                    <SkillRow course={course.id} skill={skill} />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Shell>
  );
}

/** One badge for each skill that is surely known; nothing is ever taken for being quick or first. */
function Earned({ map }: { map: SkillMap }) {
  const earned = badges(map);
  if (earned.length === 0) return null;
  return (
    <section class="earned" aria-label={t("student.skills.earned")}>
      <ul>
        {earned.map((skill) => (
          <li key={skill.skill.id} title={skill.skill.name}>
            <BandShape band={skill.band} size={44} />
            <span class="only-heard">{skill.skill.name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Next({ map }: { map: SkillMap }) {
  const { course, skill, why } = map.next!;
  const reason = t(`student.why.${why}` as Key);
  return (
    <section class="card next-skill">
      <p class="soft">{t("student.skills.next")}</p>
      <h2>
        <bdi>{skill.name}</bdi>
      </h2>
      <div class="row">
        <p class="large">
          <bdi>{skill.can}</bdi>
        </p>
        <Listen text={`${skill.can}. ${reason}`} />
      </div>
      <p class="soft">{reason}</p>
      <ButtonLink kind="primary" big iconAfter="forward" href={practicePath(course, skill.id)}>
        {t("student.skills.practise")}
      </ButtonLink>
    </section>
  );
}

function SkillRow({ course, skill }: { course: string; skill: SkillOnMap }) {
  return (
    <a class={skill.early ? "skill-row skill-row-early" : "skill-row"} href={practicePath(course, skill.skill.id)} onClick={followLink}>
      <BandMark band={skill.band} size={44} />
      <span class="skill-row-words">
        <strong>
          <bdi>{skill.skill.name}</bdi>
        </strong>
        <span class="soft">
          <bdi>{skill.skill.can}</bdi>
        </span>
        {skill.grown && (
          <span class="skill-grown">
            <Icon name="up" /> {t("student.skills.grown")}
          </span>
        )}
      </span>
      <Icon name="forward" />
    </a>
  );
}
