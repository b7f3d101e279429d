import type { ContinueAt, CourseCard, Home } from "../api/types";
import { plural, t } from "../i18n";
import { path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, packUrl, partner, useStore } from "../store";
import { ButtonLink, CardLink, Empty, Listen, PageSpinner, ProgressBar } from "../ui";
import { FromTeacher } from "./FromTeacher";
import { useRemote } from "./remote";
import { Shell } from "./Shell";
import { Choices } from "./skills/Choices";

/** Where a student arrives: go on where they stopped, or choose a course. */
export function HomePage() {
  const person = useStore(me);
  const other = useStore(partner);
  const { value, error, reload } = useRemote<Home>("/api/v1/home", true);
  return (
    <Shell greeting={t("student.hello", { name: person?.name ?? "" })}>
      <div class="home">
        {error ? (
          <LoadProblem error={error} again={reload} />
        ) : !value ? (
          <PageSpinner />
        ) : (
          <>
            {/* A page that the tablet kept from an older program has none. */}
            <FromTeacher given={value.given ?? []} />
            {value.continue && <GoOn at={value.continue} />}
            <Choices />
            {person?.role === "student" && !other && (
              <div class="row row-center">
                <ButtonLink big icon="people" href="/learn/together">
                  {t("student.together.start")}
                </ButtonLink>
              </div>
            )}
            {value.courses.length === 0 ? (
              <Empty icon="book" title={t("student.noCourses")}>
                <p class="soft">{t("student.noCoursesDo")}</p>
              </Empty>
            ) : (
              <section class="stack">
                <div class="row row-between">
                  <h2>{t("student.courses")}</h2>
                  <ButtonLink big icon="search" href="/learn/search" class="home-search">
                    {t("search.title")}
                  </ButtonLink>
                </div>
                <ul class="courses">
                  {value.courses.map((course, index) => (
                    <li key={course.id}>
                      <CourseTile course={course} colour={(index % 6) + 1} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </Shell>
  );
}

function GoOn({ at }: { at: ContinueAt }) {
  const href = path("/learn", at.course, at.lesson, at.activity);
  return (
    <section class="go-on card">
      <div class="go-on-picture">{at.picture && <img src={packUrl(at.picture)} alt="" />}</div>
      <div class="go-on-words stack">
        <div>
          <p class="soft">
            <bdi>{at.title}</bdi>
          </p>
          <h2>
            <bdi>{at.lessonTitle}</bdi>
          </h2>
          <p class="large">
            <bdi>{at.activityTitle}</bdi>
          </p>
        </div>
        {at.of > 1 && (
          <div>
            <ProgressBar done={at.done} of={at.of} label={t("student.progress")} />
            <p class="small soft go-on-count">{t("student.doneOf", { done: at.done, of: at.of })}</p>
          </div>
        )}
        <div class="row">
          <ButtonLink kind="primary" big iconAfter="forward" href={href}>
            {t("student.goOn")}
          </ButtonLink>
          <Listen text={t("student.goOn")} />
        </div>
      </div>
    </section>
  );
}

function CourseTile({ course, colour }: { course: CourseCard; colour: number }) {
  return (
    <CardLink class="course-tile" href={path("/learn", course.id)}>
      <div class={`course-cover course-cover-${colour}`}>
        {course.cover ? (
          <img src={packUrl(course.cover)} alt="" loading="lazy" />
        ) : (
          <span class="course-letter" aria-hidden="true">
            {[...course.title][0]}
          </span>
        )}
      </div>
      <div class="course-words stack stack-s" lang={course.language}>
        <h3>
          <bdi>{course.title}</bdi>
        </h3>
        <p class="soft">
          <bdi>{course.summary}</bdi>
        </p>
      </div>
      <div class="course-foot">
        <ProgressBar done={course.lessonsDone} of={course.lessons} label={t("student.progress")} />
        <p class="small soft">
          {course.lessonsDone > 0
            ? t("student.lessonsDone", { done: course.lessonsDone, of: course.lessons })
            : plural("student.lessons", course.lessons)}
        </p>
      </div>
    </CardLink>
  );
}
