import type { CheckList, GivenList, SchoolClass, SkillList, SkillsOfCourse, Way } from "../../api/types";
import { t } from "../../i18n";
import { followLink, navigate, usePlace } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Empty, Icon, PageSpinner } from "../../ui";
import { givenPath } from "../Give";
import { useLoad } from "../load";
import { checksPage, checksPath } from "./Checks";
import { keepBegun } from "./kept";
import { newCheckId, WAYS, type Sheet } from "./rules";
import { SheetForm } from "./SheetForm";
import { WAY_ICONS } from "./ways";

/** What a new check is about, and when it was. */
export function NewCheck({ room }: { room: SchoolClass }) {
  const asked = usePlace().query.get("way") as Way;
  const way = WAYS.includes(asked) ? asked : "paper";
  const skills = useLoad<SkillList>("/api/v1/skills");
  const checks = useLoad<CheckList>(checksPath(room.id));
  const given = useLoad<GivenList>(givenPath(room.id));
  const error = skills.error ?? checks.error ?? given.error;

  if (!skills.value || !checks.value || !given.value) {
    const again = () => {
      skills.reload();
      checks.reload();
      given.reload();
    };
    return error ? <LoadProblem error={error} again={again} /> : <PageSpinner />;
  }
  const { now, checks: former } = checks.value;
  const last = former[0]?.skills[0]?.skill.split("/")[0] ?? given.value.given[0]?.course;
  const courses = likelyFirst(skills.value.courses, last);
  const sheet: Sheet = { way, title: "", at: now, skills: [] };

  function begin(chosen: Sheet, names: Record<string, string>) {
    const check = newCheckId();
    const own: Record<string, string> = {};
    for (const { skill } of chosen.skills) own[skill] = names[skill] ?? "";
    keepBegun(check, { sheet: chosen, names: own });
    // Back leads to the list, not to the form of a check that is begun.
    navigate(checksPage(room.id, check), { replace: true });
  }

  return (
    <div class="stack">
      <h2 class="check-heading">
        <Icon name={WAY_ICONS[way]} />
        {t(`checks.way.${way}`)}
      </h2>
      {courses.length === 0 ? (
        <Empty icon="book" title={t("checks.noSkills")}>
          <a href={checksPage(room.id)} onClick={followLink}>
            {t("checks.back")}
          </a>
        </Empty>
      ) : (
        <SheetForm sheet={sheet} now={now} names={{}} courses={courses} done={t("checks.begin")} onDone={begin} />
      )}
    </div>
  );
}

/** The course that was checked last, or given to the class last, comes first. */
function likelyFirst(courses: SkillsOfCourse[], last: string | undefined): SkillsOfCourse[] {
  return [...courses.filter((one) => one.course === last), ...courses.filter((one) => one.course !== last)];
}
