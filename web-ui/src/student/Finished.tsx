import { useEffect, useState } from "preact/hooks";
import type { Activity } from "../api/types";
import { plural, t } from "../i18n";
import { path } from "../router";
import { queueStatus } from "../queue";
import { me, useStore } from "../store";
import { Banner, Button, ButtonLink, Listen } from "../ui";
import { Dots } from "./Questions";
import { ReviewList } from "./Review";
import { rightOnes } from "./work";

/** Where "go on" leads: the next activity, or back to the course after the last. */
export function placeAfter(activity: Activity): string {
  return activity.next
    ? path("/learn", activity.course, activity.next.lesson, activity.next.activity)
    : path("/learn", activity.course);
}

/** The end of a run. Growth and effort, no points and no ranks. */
export function Finished({ activity, onAgain }: { activity: Activity; onAgain: () => void }) {
  const items = activity.items!;
  const check = activity.kind === "check";
  const waiting = useStore(queueStatus).waiting;
  const student = useStore(me)?.role === "student";
  const [review, setReview] = useState(check);
  const [right, setRight] = useState<number | null>(check ? null : rightOnes(items));
  const lessonOver = !activity.next || activity.next.lesson !== activity.lesson;

  // A review and a new run need the box to have every answer of this one.
  const ready = !student || waiting === 0;
  useEffect(() => scrollTo(0, 0), []);

  // Where less than half was right, once more is the better next step.
  const hard = right !== null && right * 2 < items.length;

  const title = lessonOver ? t("student.lessonDone") : check ? t("student.checkDone") : t("student.practiceDone");
  const count =
    right === null ? null : right === items.length ? t("student.allRight") : plural("student.rightOf", right, { of: items.length });
  return (
    <div class={review ? "finished" : "finished finished-alone"}>
      <div class="card finished-card">
        <FinishedDrawing />
        <div class="row row-center">
          <p class="finished-title">{title}</p>
          <Listen text={[title, count].filter(Boolean).join(" ")} />
        </div>
        {count && <p class="large">{count}</p>}
        {!check && <Dots items={items} />}
        <div class="activity-foot">
          <ButtonLink kind={hard ? "plain" : "primary"} big iconAfter="forward" href={placeAfter(activity)}>
            {!activity.next ? t("student.allLessons") : lessonOver ? t("student.nextLesson") : t("student.goOn")}
          </ButtonLink>
          <Button kind={hard ? "primary" : "plain"} big icon="refresh" disabled={!ready} onClick={onAgain}>
            {check ? t("student.checkAgain") : t("student.practiseAgain")}
          </Button>
        </div>
      </div>
      {!student && check ? null : check && !ready ? (
        <Banner icon="cloud">{t("student.reviewLater")}</Banner>
      ) : review ? (
        <ReviewList activity={activity} onRight={setRight} />
      ) : (
        <div class="row row-center">
          <Button kind="quiet" big icon="eye" onClick={() => setReview(true)}>
            {t("student.lookAtAnswers")}
          </Button>
        </div>
      )}
    </div>
  );
}

function FinishedDrawing() {
  return (
    <svg class="finished-drawing" viewBox="0 0 180 120" aria-hidden="true" focusable="false">
      <path d="M0 110c40-30 60-42 90-42s50 12 90 42z" fill="#cfe0c3" />
      <path d="M92 14v66" stroke="#7a5a3b" stroke-width="5" stroke-linecap="round" />
      <path class="finished-flag" d="M94 14h44l-10 14 10 14H94z" fill="#f2a541" />
      <g class="finished-paper">
        <circle cx="40" cy="30" r="4" fill="#c8553d" />
        <circle cx="62" cy="16" r="4" fill="#1f6f78" />
        <circle cx="150" cy="58" r="4" fill="#1f6f78" />
        <path d="M26 56l4 6M60 44l6-3M158 26l5-4M122 60l6 4" stroke="#8fc9c4" stroke-width="4" stroke-linecap="round" />
      </g>
      <path d="M78 78c0-12 14-12 14-12s14 0 14 12z" fill="#1f6f78" />
    </svg>
  );
}
