import { useEffect } from "preact/hooks";
import type { Activity, Review } from "../api/types";
import { t } from "../i18n";
import { Inline } from "../items/Inline";
import { ItemView } from "../items/ItemView";
import { Solution } from "../items/Solution";
import { LoadProblem } from "../sign-in/LoadProblem";
import { Icon, PageSpinner } from "../ui";
import { activityPath, useRemote } from "./remote";

interface ReviewProps {
  activity: Activity;
  onRight: (right: number) => void;
}

/** A finished run, question by question, with what was answered and how it is done. */
export function ReviewList({ activity, onRight }: ReviewProps) {
  const where = `${activityPath(activity.course, activity.lesson, activity.id)}/review?run=${activity.run}`;
  const { value, error, reload } = useRemote<Review>(where);
  const right = value?.items.filter((item) => item.right).length;
  useEffect(() => {
    if (right !== undefined) onRight(right);
  }, [right]);

  if (error) return <LoadProblem error={error} again={reload} />;
  if (!value) return <PageSpinner />;
  return (
    <ol class="review">
      {value.items.map((one, index) => (
        <li key={one.place} class="card question-card">
          <div class="review-head">
            <h2 class="question-count">{t("student.questionOf", { number: index + 1, of: value.items.length })}</h2>
            <span class={one.right ? "review-mark review-mark-right" : "review-mark review-mark-wrong"}>
              <Icon name={one.right ? "check" : "close"} />
              {one.right ? t("student.markRight") : one.score > 0 ? t("student.markPart") : t("student.markWrong")}
            </span>
          </div>
          <div dir={activity.direction}>
            <ItemView
              variant={one.item}
              hash={activity.hash}
              value={one.response}
              onChange={() => undefined}
              disabled
              result={{ score: one.score, right: one.right, feedback: one.feedback ?? undefined }}
            />
          </div>
          {!one.right && (
            <div class="after">
              {one.feedback && (
                <p class="review-feedback" dir="auto">
                  <Inline text={one.feedback} />
                </p>
              )}
              <div class="after-solution" dir={activity.direction}>
                <Solution variant={one.item} hash={activity.hash} />
              </div>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
