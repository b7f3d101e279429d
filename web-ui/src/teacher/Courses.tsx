import type { Home } from "../api/types";
import { plural, t } from "../i18n";
import { path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { packUrl } from "../store";
import { ButtonLink, CardLink, Empty, Icon, PageHeading, PageSpinner } from "../ui";
import { Guides } from "./Guides";
import { useLoad } from "./load";
import { Shell } from "./Shell";

/** The courses that are installed on the box, to look through. */
export function CoursesPage() {
  const { value, error, reload } = useLoad<Home>("/api/v1/home");
  return (
    <Shell section="courses">
      <div class="desk-title">
        <div>
          <PageHeading title={t("teach.nav.courses")} />
          <p class="soft">{t("teach.courses.intro")}</p>
        </div>
        <ButtonLink icon="search" href="/teach/search">
          {t("search.field")}
        </ButtonLink>
      </div>
      <Guides />
      <h2 class="courses-heading">{t("teach.courses.forStudents")}</h2>
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : value.courses.length === 0 ? (
        <Empty icon="book" title={t("teach.courses.none")}>
          <p class="soft">{t("teach.courses.noneDo")}</p>
        </Empty>
      ) : (
        <ul class="course-rows">
          {value.courses.map((course) => (
            <li key={course.id}>
              <CardLink href={path("/teach/courses", course.id)} class="course-row">
                <span class="course-row-cover">
                  {course.cover ? <img src={packUrl(course.cover)} alt="" /> : <Icon name="book" big />}
                </span>
                <span class="course-row-words">
                  <h2>
                    <bdi lang={course.language}>{course.title}</bdi>
                  </h2>
                  <span class="soft">
                    <bdi lang={course.language}>{course.summary}</bdi>
                  </span>
                  <span class="small soft">{plural("teach.courses.lessons", course.lessons)}</span>
                </span>
                <Icon name="forward" />
              </CardLink>
            </li>
          ))}
        </ul>
      )}
    </Shell>
  );
}
