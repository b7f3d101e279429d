import { useEffect, useRef, useState } from "preact/hooks";
import type { Course, Lesson, LessonNotes, StaffMe } from "../api/types";
import { formatNumber, plural, t, type Key } from "../i18n";
import { followLink, navigate, path, usePlace } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, packUrl, useStore } from "../store";
import { Button, ButtonLink, Icon, IconLink, KIND_ICONS, PageHeading, PageSpinner } from "../ui";
import { GiveButton } from "./Give";
import { useLoad } from "./load";
import { isPage, PackPage, placeOf } from "./PackPage";
import { isAbout, mayChange } from "./rules";
import { Shell } from "./Shell";

/** A course for the teacher: every lesson, its activities as students see them, and what the author tells teachers. */
export function CoursePage({ id }: { id: string }) {
  const person = useStore(me) as StaffMe;
  const { value, error, reload } = useLoad<Course>(path("/api/v1/courses", id));
  // A search leads to a lesson, and to what teachers read of it.
  const { query } = usePlace();
  const note = query.get("note");
  let number = 0;
  return (
    <Shell section="courses">
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : (
        <>
          <div class="class-top">
            <IconLink icon="back" href="/teach/courses" label={t("common.back")} />
            <PageHeading title={value.title}>
              <bdi lang={value.language}>{value.title}</bdi>
            </PageHeading>
          </div>
          <div class="course-give row">
            {value.audience === "students" && <GiveButton course={id} />}
            {value.audience === "students" && mayChange(person.role) && (
              <ButtonLink icon="search" href={path("/teach/courses", id, "items")}>
                {t("teach.courses.itemsLink")}
              </ButtonLink>
            )}
          </div>
          <div class="stack stack-l">
            {value.units.map((unit) => (
              <section key={unit.id} class="stack">
                <h2>
                  <bdi lang={value.language}>{unit.title}</bdi>
                </h2>
                <ol class="stack stack-s">
                  {unit.lessons.map((lesson) => {
                    number += 1;
                    return (
                      <li key={lesson.id}>
                        <LessonRow
                          course={value}
                          lesson={lesson}
                          number={number}
                          wanted={query.get("lesson") === lesson.id}
                          note={note === "teacherNotes" || note === "offTablet" ? note : null}
                        />
                      </li>
                    );
                  })}
                </ol>
              </section>
            ))}
          </div>
        </>
      )}
    </Shell>
  );
}

interface LessonRowProps {
  course: Course;
  lesson: Lesson;
  number: number;
  /** Whether the page was opened for this lesson: it is open and in sight. */
  wanted: boolean;
  /** The page for teachers that is open then. */
  note: Which | null;
}

function LessonRow({ course, lesson, number, wanted, note }: LessonRowProps) {
  const [open, setOpen] = useState(wanted);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted && row.current) row.current.scrollIntoView();
  }, [wanted]);
  const id = `lesson-${lesson.id}`;
  return (
    <div class="card lesson-look" ref={row}>
      <button type="button" class="lesson-look-top" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span class="lesson-look-picture">
          {lesson.picture ? <img src={packUrl(lesson.picture)} alt="" loading="lazy" /> : formatNumber(number)}
        </span>
        <span class="person-words">
          <strong>
            {formatNumber(number)}. <bdi lang={course.language}>{lesson.title}</bdi>
          </strong>
          <span class="small soft">
            {plural("teach.courses.minutes", lesson.minutes)} · {plural("teach.courses.activities", lesson.activities.length)}
          </span>
        </span>
        <Icon name={open ? "up" : "down"} />
      </button>
      {open && (
        <div id={id} class="lesson-look-inside">
          {course.audience === "students" && <h3 class="small soft">{t("teach.courses.asStudent")}</h3>}
          <ul class="look-list">
            {lesson.activities.map((one) => (
              <li key={one.id} class="look-row">
                <a class="look" href={placeOf(course, lesson.id, one)} onClick={followLink}>
                  <Icon name={KIND_ICONS[one.kind]} />
                  <span class="grow">
                    <bdi lang={course.language}>{one.title}</bdi>
                    <span class="small soft">
                      {t(`teach.kind.${one.kind}` as Key)}
                      {one.of > 0 && ` · ${plural("teach.courses.questions", one.of)}`}
                    </span>
                  </span>
                  <Icon name="forward" />
                </a>
                {course.audience === "students" && isPage(one) && (
                  <IconLink
                    icon="printer"
                    href={path("/teach/courses", course.id, lesson.id, one.id)}
                    label={t("print.page.openOf", { title: one.title })}
                  />
                )}
              </li>
            ))}
          </ul>
          <div class="course-give">
            {course.audience === "students" && <GiveButton course={course.id} lesson={lesson.id} />}
          </div>
          <Notes course={course} lesson={lesson} first={wanted ? note : null} />
        </div>
      )}
    </div>
  );
}

type Which = keyof LessonNotes;

/** What the author tells the teacher, and what the class does without tablets. */
function Notes({ course, lesson, first }: { course: Course; lesson: Lesson; first: Which | null }) {
  const { value, error, reload } = useLoad<LessonNotes>(
    `${path("/api/v1/courses", course.id, "lessons", lesson.id)}/notes`,
  );
  const [which, setWhich] = useState(first);
  if (!value) {
    if (!error || isAbout(error, ["lesson.unknown", "pack.unknown"])) return null;
    return <LoadProblem error={error} again={reload} />;
  }
  const there = (["teacherNotes", "offTablet"] as Which[]).filter((one) => value[one]);
  if (there.length === 0) return null;

  /** A link leads to the activity that shows the page; a page that no activity shows is the lesson's other one for teachers. */
  function follow(other?: string, activity?: string) {
    if (other && activity) navigate(placeOf(course, other, { id: activity, kind: "page" }));
    else setWhich(there.find((one) => one !== which) ?? which);
  }
  return (
    <div class="stack">
      <div class="row">
        {there.map((one) => (
          <Button
            key={one}
            icon={one === "teacherNotes" ? "lamp" : "people"}
            aria-expanded={which === one}
            onClick={() => setWhich(which === one ? null : one)}
          >
            {t(`teach.courses.${one}` as Key)}
          </Button>
        ))}
      </div>
      {which && (
        <>
          <PackPage course={course} html={value[which]!} class="notes" onFollow={follow} />
          <div class="row">
            <ButtonLink icon="printer" href={path("/teach/courses", course.id, lesson.id, which)}>
              {t("print.page.open")}
            </ButtonLink>
          </div>
        </>
      )}
    </div>
  );
}
