import { useEffect } from "preact/hooks";
import type { Activity, ActivityRow, Course, Lesson, LessonNotes } from "../api/types";
import { plural, t, type Key } from "../i18n";
import { countCards } from "../print/cards";
import { followLink, navigate, path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { withoutTitle } from "../student/work";
import { Button, Icon, IconLink, PageHeading, PageSpinner } from "../ui";
import { useLoad } from "./load";
import { isPage, PackPage, placeOf } from "./PackPage";
import { SelfCheck } from "./SelfCheck";
import { Shell } from "./Shell";
import "../print/print.css";
import "../print/cards.css";

/** What only teachers read of a lesson; ids of activities have no capitals. */
const NOTES = ["teacherNotes", "offTablet"] as const;
type Note = (typeof NOTES)[number];
const isNote = (page: string): page is Note => (NOTES as readonly string[]).includes(page);

interface ReadingProps {
  course: string;
  lesson: string;
  /** An activity's id, or which of the notes. */
  page: string;
}

/** One page of a course, to read and to print; from here every other page is one touch away. */
export function ReadingPage({ course, lesson, page }: ReadingProps) {
  const outline = useLoad<Course>(path("/api/v1/courses", course));
  const where = path("/api/v1/courses", course, "lessons", lesson);
  const activity = useLoad<Activity>(isNote(page) ? null : path(`${where}/activities`, page));
  const notes = useLoad<LessonNotes>(isNote(page) ? `${where}/notes` : null);
  const error = outline.error ?? activity.error ?? notes.error;

  // What is neither words nor questions, such as a page with scripts, is shown by the students' screen.
  const elsewhere = activity.value && !activity.value.html && !activity.value.items;
  useEffect(() => {
    if (elsewhere) navigate(path("/learn", course, lesson, page), { replace: true });
  }, [elsewhere]);

  const title = activity.value?.title ?? (isNote(page) ? t(`teach.courses.${page}` as Key) : "");
  const html = isNote(page) ? notes.value?.[page] : activity.value?.html;
  const loaded = outline.value && (activity.value || notes.value);
  const hasCards = countCards(html ?? "").cards > 0;
  return (
    <Shell section="courses">
      {error && !loaded ? (
        <LoadProblem error={error} again={() => [outline, activity, notes].forEach((one) => one.reload())} />
      ) : !loaded ? (
        <PageSpinner />
      ) : (
        <div class={hasCards ? "stack pack-reading pack-reading-cards" : "stack pack-reading"}>
          <div class="class-top">
            <span class="no-print">
              <IconLink icon="back" href={path("/teach/courses", course)} label={t("common.back")} />
            </span>
            <PageHeading title={title}>
              <bdi lang={outline.value!.language}>{title}</bdi>
            </PageHeading>
          </div>
          <PagePicker course={outline.value!} lesson={lesson} page={page} />
          {html && <PrintBar html={html} />}
          {html ? (
            <PackPage
              course={outline.value!}
              html={belowTitle(html, title)}
              class={hasCards ? "card pack-page pack-page-cards" : "card pack-page"}
              onFollow={(other, one) => other && one && navigate(path("/teach/courses", course, other, one))}
            />
          ) : (
            activity.value?.items && <SelfCheck activity={activity.value} />
          )}
          <Around course={outline.value!} lesson={lesson} page={page} />
        </div>
      )}
    </Shell>
  );
}

/** A page below its title: what repeats it is left out, and then the headings below it follow the screen's own. */
function belowTitle(html: string, title: string): string {
  const rest = withoutTitle(html, title);
  if (rest === html) return html;
  return rest.replace(/(<\/?h)([3-6])>/g, (_, start: string, level: string) => `${start}${Number(level) - 1}>`);
}

/** What comes out of the printer, and the button. */
function PrintBar({ html }: { html: string }) {
  const { cards, sheets } = countCards(html);
  return (
    <div class="print-bar no-print">
      <p class="grow soft">
        {cards > 0 && `${plural("print.cards.count", cards)} · ${plural("print.badges.sheets", sheets)}. ${t("print.cards.intro")}`}
      </p>
      <Button kind={cards > 0 ? "primary" : "plain"} icon="printer" onClick={() => print()}>
        {cards > 0 ? t("print.cards.now") : t("print.page.now")}
      </Button>
    </div>
  );
}

/** A page opens here, whatever course it is of; all else where staff look at it. */
function openPlace(course: Course, lesson: string, activity: ActivityRow): string {
  return isPage(activity) ? path("/teach/courses", course.id, lesson, activity.id) : placeOf(course, lesson, activity);
}

const lessonsOf = (course: Course): Lesson[] => course.units.reduce<Lesson[]>((all, unit) => [...all, ...unit.lessons], []);

/** All that there is to read or to do in a course, lesson by lesson. */
function PagePicker({ course, lesson, page }: { course: Course; lesson: string; page: string }) {
  const here = path("/teach/courses", course.id, lesson, page);
  return (
    <label class="page-picker no-print">
      <span class="field-label">{t("teach.guides.pages")}</span>
      <select class="input" dir={course.direction} value={here} onChange={(event) => navigate(event.currentTarget.value)}>
        {lessonsOf(course).map((one) => (
          <optgroup key={one.id} label={one.title}>
            {one.activities.map((activity) => (
              <option key={activity.id} value={openPlace(course, one.id, activity)}>
                {activity.title}
              </option>
            ))}
            {one.id === lesson && isNote(page) && <option value={here}>{t(`teach.courses.${page}` as Key)}</option>}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** What comes before and after, over the ends of lessons. */
function Around({ course, lesson, page }: { course: Course; lesson: string; page: string }) {
  const all = lessonsOf(course).reduce<{ lesson: string; activity: ActivityRow }[]>(
    (before, one) => [...before, ...one.activities.map((activity) => ({ lesson: one.id, activity }))],
    [],
  );
  const here = all.findIndex((one) => one.lesson === lesson && one.activity.id === page);
  if (here < 0) return null;
  const before = all[here - 1];
  const after = all[here + 1];
  return (
    <nav class="pages-around no-print" aria-label={t("teach.guides.around")}>
      {before ? (
        <a class="page-before" href={openPlace(course, before.lesson, before.activity)} onClick={followLink}>
          <Icon name="back" />
          <span>
            <span class="small soft">{t("teach.guides.before")}</span>
            <bdi lang={course.language}>{before.activity.title}</bdi>
          </span>
        </a>
      ) : (
        <span />
      )}
      {after && (
        <a class="page-after" href={openPlace(course, after.lesson, after.activity)} onClick={followLink}>
          <span>
            <span class="small soft">{t("teach.guides.next")}</span>
            <bdi lang={course.language}>{after.activity.title}</bdi>
          </span>
          <Icon name="forward" />
        </a>
      )}
    </nav>
  );
}
