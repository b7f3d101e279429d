import type { Course, Lesson } from "../api/types";
import { t, type Key } from "../i18n";
import { followLink, path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { packUrl } from "../store";
import { Icon, KIND_ICONS, PageHeading, PageSpinner } from "../ui";
import { coursePath, useRemote } from "./remote";
import { Shell } from "./Shell";
import { entryOf, nextLesson } from "./work";

/** A course as a path: one lesson after the other, with its picture and how far the student is. Nothing is locked. */
export function CoursePage({ id }: { id: string }) {
  const { value, error, reload } = useRemote<Course>(coursePath(id), true);
  const next = value && nextLesson(value);
  let number = 0;
  return (
    <Shell back="/learn">
      {error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : (
        <div class="course">
          <PageHeading title={value.title}>
            <bdi lang={value.language}>{value.title}</bdi>
          </PageHeading>
          {value.units.map((unit) => (
            <section key={unit.id}>
              <h2 class="unit-title">
                <bdi lang={value.language}>{unit.title}</bdi>
              </h2>
              <ol class="trail">
                {unit.lessons.map((lesson) => {
                  number += 1;
                  return (
                    <li key={lesson.id} class="trail-step">
                      <LessonCard course={value} lesson={lesson} number={number} next={lesson === next} />
                    </li>
                  );
                })}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Shell>
  );
}

function LessonCard({ course, lesson, number, next }: { course: Course; lesson: Lesson; number: number; next: boolean }) {
  const entry = entryOf(lesson);
  if (!entry) return null;
  const classes = ["lesson", `lesson-${lesson.state}`, next && "lesson-next"].filter(Boolean).join(" ");
  return (
    <a class={classes} href={path("/learn", course.id, lesson.id, entry)} onClick={followLink}>
      <span class="lesson-mark" aria-hidden="true">
        {lesson.state === "done" ? <Icon name="check" big /> : <bdi>{number}</bdi>}
      </span>
      <span class="lesson-picture">{lesson.picture && <img src={packUrl(lesson.picture)} alt="" loading="lazy" />}</span>
      <span class="lesson-words">
        <strong class="lesson-title">
          <bdi lang={course.language}>{lesson.title}</bdi>
        </strong>
        {lesson.state !== "new" && (
          <span class="lesson-about">
            {lesson.state === "done" ? t("student.stateDone") : t("student.stateStarted")}
          </span>
        )}
        <span class="lesson-steps">
          {lesson.activities.map((one) => (
            <span key={one.id} class={`lesson-step lesson-step-${one.state}`}>
              <Icon name={one.state === "done" ? "check" : KIND_ICONS[one.kind]} />
              <span class="only-heard">
                {t(`student.kind.${one.kind}` as Key)}
                {one.state === "done" && ` ${t("student.stateDone")}`}
              </span>
            </span>
          ))}
        </span>
      </span>
      {next && (
        <span class="lesson-go" aria-hidden="true">
          <Icon name="forward" big />
        </span>
      )}
    </a>
  );
}
