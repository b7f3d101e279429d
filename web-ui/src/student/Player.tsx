import { useEffect, useState } from "preact/hooks";
import { ApiProblem, get, post, problemText } from "../api/client";
import type { Activity, Course, Evidence, Lesson, Presence } from "../api/types";
import { t, type Key } from "../i18n";
import { openQueue, queueStatus } from "../queue";
import { keepValue } from "../kept";
import { followLink, navigate, path } from "../router";
import { recheck } from "../session";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, packUrl, useStore } from "../store";
import { Banner, Icon, KIND_ICONS, PageHeading, PageSpinner } from "../ui";
import { Finished } from "./Finished";
import { Questions } from "./Questions";
import { ReadPage } from "./ReadPage";
import { useReadyForReturn } from "./ready";
import { record, whereOf } from "./record";
import { activityPath, coursePath, fetchAndKeep, useRemote } from "./remote";
import { Shell } from "./Shell";
import { Shown } from "./shown/Shown";
import { sinceTouch } from "./touch";
import { findLesson, firstOpen, withoutTitle, withUnsent } from "./work";

interface PlayerProps {
  course: string;
  lesson: string;
  activity: string;
}

/** One activity of a lesson, whatever its kind, with the lesson's other activities at the top. */
export function Player({ course, lesson, activity }: PlayerProps) {
  const where = activityPath(course, lesson, activity);
  // Looked at before the box is asked: what is sent between its answer and our look would be in neither.
  const [unsentBefore] = useState(unsent);
  const remote = useRemote<Activity>(where);
  const outline = useRemote<Course>(coursePath(course));
  const staff = useStore(me)?.role !== "student";
  const [shown, setShown] = useState<Activity | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const fetched = remote.value;
  useEffect(() => {
    if (!fetched) return;
    let over = false;
    void (async () => {
      const own = [...(await unsentBefore), ...(await unsent())];
      if (over) return;
      const now = withUnsent(fetched, own);
      // The box's copy may come late, when the student went on with the kept one: of one run, what is on the page stays.
      setShown((before) => (before && before.run === now.run ? before : now));
    })();
    return () => void (over = true);
  }, [fetched]);

  const run = shown?.run;
  useEffect(() => {
    if (!shown) return;
    void record({ type: "open", ...whereOf(shown) });
    void prefetch(shown);
  }, [run, shown?.id]);

  // A guide is read, printed and answered among the teachers' own screens, whatever link led here.
  const ofGuide = staff && outline.value?.audience === "teachers" && Boolean(shown?.html || shown?.items);
  useEffect(() => {
    if (ofGuide) navigate(path("/teach/courses", course, lesson, activity), { replace: true });
  }, [ofGuide]);

  usePresence({ course, lesson, activity });

  function change(next: Activity) {
    setShown(next);
    void keepValue(where, next);
  }

  async function again() {
    setProblem(null);
    try {
      change(await get<Activity>(`${where}?again=true`));
    } catch (error) {
      setProblem(error);
    }
  }

  const row = outline.value && findLesson(outline.value, lesson);
  useReadyForReturn(["/learn", ...(row ? row.activities.map((one) => path("/learn", course, lesson, one.id)) : [])]);
  return (
    <Shell back={path("/learn", course)}>
      {row && <Steps course={course} lesson={row} current={activity} title={shown?.title} finished={shown !== null && isDone(shown)} />}
      {staff && (
        <div class="learn-banner">
          <Banner icon="eye">{t("student.onlyLooking")}</Banner>
        </div>
      )}
      {problem !== null && (
        <div class="learn-banner">
          <Banner kind="warn">{problemText(problem)}</Banner>
        </div>
      )}
      {remote.error && !shown ? (
        <LoadProblem error={gentle(remote.error)} again={remote.reload} />
      ) : !shown ? (
        <PageSpinner />
      ) : (
        <div class="activity">
          <PageHeading title={shown.title} hidden={bringsHeading(shown)}>
            <bdi>{shown.title}</bdi>
          </PageHeading>
          {shown.html !== undefined ? (
            <ReadPage activity={shown} />
          ) : !shown.items ? (
            <Shown activity={shown} />
          ) : isDone(shown) ? (
            <Finished key={shown.run} activity={shown} onAgain={() => void again()} />
          ) : (
            <Questions key={shown.run} activity={shown} onChange={change} />
          )}
        </div>
      )}
    </Shell>
  );
}

/** A question needs the room and says by itself what to do; most pages have a heading of their own. */
function bringsHeading(activity: Activity): boolean {
  return activity.items !== undefined || /^\s*<h2>/.test(withoutTitle(activity.html ?? "", activity.title));
}

/** What this student did and the box does not have yet. */
async function unsent(): Promise<Evidence[]> {
  const person = me.get();
  if (person?.role !== "student") return [];
  return (await openQueue()).unsentOf(person.ticket);
}

function isDone(activity: Activity): boolean {
  return activity.items !== undefined && firstOpen(activity.items) < 0;
}

/** An activity that is not on this tablet yet while the box is away. */
function gentle(error: unknown): unknown {
  if (error instanceof ApiProblem && error.unreachable) return new ApiProblem("", 0, t("student.notHereYet"));
  return error;
}

interface StepsProps {
  course: string;
  lesson: Lesson;
  current: string;
  /** Of what is shown; the lesson's own name is not said a second time beside it. */
  title: string | undefined;
  finished: boolean;
}

/** The lesson's activities, in order; each may be opened at any time. */
function Steps({ course, lesson, current, title, finished }: StepsProps) {
  return (
    <nav class={lesson.activities.length > 4 ? "steps steps-many" : "steps"} aria-label={lesson.title}>
      {title !== lesson.title && (
        <p class="steps-title">
          <bdi>{lesson.title}</bdi>
        </p>
      )}
      <ol class="steps-row">
        {lesson.activities.map((one) => {
          const here = one.id === current;
          const done = one.state === "done" || (here && finished);
          return (
            <li key={one.id}>
              <a
                class={["step", here && "step-here", done && "step-done"].filter(Boolean).join(" ")}
                href={path("/learn", course, lesson.id, one.id)}
                onClick={followLink}
                aria-current={here ? "step" : undefined}
                title={one.title}
              >
                <Icon name={done ? "check" : KIND_ICONS[one.kind]} />
                <span class={here ? "step-word" : "step-word step-word-far"}>{t(`student.kind.${one.kind}` as Key)}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Brings the rest of the lesson to the tablet while the Wi-Fi is there. */
async function prefetch(activity: Activity): Promise<void> {
  loadMedia(activity);
  let next = activity.next;
  for (let i = 0; i < 4 && next && next.lesson === activity.lesson; i++) {
    try {
      const ahead: Activity = await fetchAndKeep<Activity>(activityPath(activity.course, next.lesson, next.activity));
      loadMedia(ahead);
      next = ahead.next;
    } catch {
      return;
    }
  }
}

function loadMedia(activity: Activity) {
  for (const path of activity.media) {
    if (/\.(svg|png|jpe?g|webp|gif)$/.test(path)) new Image().src = packUrl(path);
    else if (/\.(mp3|ogg|wav)$/.test(path)) {
      const sound = new Audio();
      sound.preload = "auto";
      sound.src = packUrl(path);
    }
  }
}

const PRESENCE = 15_000;

/** Tells the teacher's live view where the student is, while the page is shown. */
function usePresence(where: Omit<Presence, "idle" | "waiting">) {
  useEffect(() => {
    if (me.get()?.role !== "student") return;
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      const presence: Presence = {
        ...where,
        idle: Math.round(sinceTouch() / 1000),
        waiting: queueStatus.get().waiting,
      };
      post("/api/v1/presence", presence, { timeout: 8_000 }).catch((error: unknown) => {
        // The lesson was ended, or the student signed in elsewhere.
        if (error instanceof ApiProblem && error.status === 401) void recheck();
      });
    };
    tell();
    const timer = setInterval(tell, PRESENCE);
    return () => clearInterval(timer);
  }, [where.course, where.lesson, where.activity]);
}
