import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../../api/client";
import type { Activity, SkillMap } from "../../api/types";
import { plural, t } from "../../i18n";
import { keepValue, keptValue } from "../../kept";
import { queueStatus, settle } from "../../queue";
import { path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { BandMark, Banner, Button, ButtonLink, Listen, PageHeading, PageSpinner } from "../../ui";
import { Dots } from "../Questions";
import { Question } from "../Question";
import { record, whereOf } from "../record";
import { Shell } from "../Shell";
import { firstOpen, rightOnes, withAnswer } from "../work";
import { StartHere } from "./StartHere";
import { ALL, nextPlace, withChoice } from "./rules";

interface PracticeProps {
  course: string;
  /** A skill of the course, or all of them. */
  skill: string;
  /** Practice with feedback; to show what one knows, or to find out where to start, without it. */
  kind: Sitting;
}

export type Sitting = "practice" | "show" | "placement";

const PATIENCE = 8_000;

/**
 * A sitting of questions that the box chooses as the student answers. It sends all that are left each time, chosen as if
 * the next ones were answered as expected, so that a tablet without Wi-Fi goes on.
 */
export function PracticePage({ course, skill, kind }: PracticeProps) {
  const where = `/api/v1/courses/${encodeURIComponent(course)}/${kind}/${encodeURIComponent(skill)}`;
  const [shown, setShown] = useState<Activity | null>(null);
  const [error, setError] = useState<unknown>(null);
  const newest = useRef<Activity | null>(null);

  async function begin(again: boolean) {
    setError(null);
    try {
      await settle(1_500);
      show(await get<Activity>(again ? `${where}?again=true` : where, { timeout: PATIENCE }));
    } catch (problem) {
      const kept = again ? undefined : await keptValue<Activity>(where);
      if (kept) setShown(kept);
      else setError(problem);
    }
  }

  function show(activity: Activity) {
    newest.current = null;
    setShown(activity);
    void keepValue(where, activity);
  }

  useEffect(() => void begin(false), [where]);

  const run = shown?.run;
  useEffect(() => {
    if (shown) void record({ type: "open", ...whereOf(shown) });
  }, [run]);

  // While the student looks at what came of an answer, the box has it already and chooses again.
  useEffect(() => {
    if (!shown) return;
    let asked = false;
    return queueStatus.watch(() => {
      if (queueStatus.get().waiting > 0) return void (asked = false);
      if (asked) return;
      asked = true;
      const place = nextPlace(shown) + 1;
      get<Activity>(`${where}?run=${shown.run}&place=${place}`, { timeout: PATIENCE }).then(
        (chosen) => void (newest.current = chosen),
        () => undefined,
      );
    });
  }, [shown]);

  function answer(place: number, score: number | null) {
    const after = withAnswer(shown!, place, score);
    const chosen = newest.current;
    newest.current = null;
    show(chosen ? withChoice(after, chosen) : after);
  }

  const items = shown?.items ?? [];
  const index = firstOpen(items);
  const title = (shown && shown.title) || t(kind === "placement" ? "student.place.title" : "student.practice.all");
  return (
    <Shell back="/learn">
      {error !== null ? (
        <LoadProblem error={error} again={() => void begin(false)} />
      ) : !shown ? (
        <PageSpinner />
      ) : (
        <div class="activity">
          <PageHeading title={title} hidden={index >= 0}>
            <bdi>{title}</bdi>
          </PageHeading>
          {index >= 0 ? (
            <>
              {kind === "placement" && index === 0 && <Banner icon="face">{t("student.place.calm")}</Banner>}
              <Dots items={items} current={index} hide={kind !== "practice"} />
              <Question
                key={`${shown.run}/${items[index]!.place}`}
                activity={shown}
                item={items[index]!}
                index={index}
                onDone={(score) => answer(items[index]!.place, score)}
              />
              {kind === "practice" && skill !== ALL && index === 0 && (
                <div class="row row-center">
                  <ButtonLink kind="quiet" big icon="star" href={path("/learn/show", course, skill)}>
                    {t("student.show.know")}
                  </ButtonLink>
                </div>
              )}
            </>
          ) : kind === "placement" ? (
            <StartHere where={where} course={course} />
          ) : (
            <End activity={shown} skill={skill} kind={kind} onMore={() => void begin(true)} />
          )}
        </div>
      )}
    </Shell>
  );
}

interface EndProps {
  activity: Activity;
  skill: string;
  kind: Sitting;
  onMore: () => void;
}

/** The end of a sitting: what it came to, and how far the skill is now. */
function End({ activity, skill, kind, onMore }: EndProps) {
  const [map, setMap] = useState<SkillMap | null>(null);
  const items = activity.items ?? [];
  const right = kind === "practice" ? rightOnes(items) : null;
  useEffect(() => {
    scrollTo(0, 0);
    void settle(4_000)
      .then(() => get<SkillMap>("/api/v1/skill-map"))
      .then(setMap, () => undefined);
  }, []);
  const course = map?.courses.find((one) => one.id === activity.course);
  const now = course?.skills.find((one) => one.skill.id === `${activity.course}/${skill}`);
  const words = kind === "practice" ? t("student.practice.done") : t("student.show.done");
  const isSecure = now && /secure|kept|reviewDue/.test(now.band);
  const count =
    right !== null
      ? plural("student.rightOf", right, { of: items.length })
      : now && t(isSecure ? "student.show.secure" : "student.show.notYet");
  return (
    <div class="finished finished-alone">
      <div class="card finished-card">
        {now && <BandMark band={now.band} size={96} />}
        <div class="row row-center">
          <p class="finished-title">{words}</p>
          <Listen text={[words, count].filter(Boolean).join(" ")} />
        </div>
        {count && <p class="large">{count}</p>}
        {now && (
          <p class="large">
            <bdi>{now.skill.name}</bdi>: <BandMark band={now.band} word size={28} />
          </p>
        )}
        <div class="activity-foot">
          <Button kind="primary" big icon="refresh" onClick={onMore}>
            {t(kind === "practice" ? "student.practice.more" : "student.show.again")}
          </Button>
          <ButtonLink big icon="star" href="/learn/skills">
            {t("student.skills.title")}
          </ButtonLink>
          <ButtonLink big icon="home" href="/learn">
            {t("student.practice.home")}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}
