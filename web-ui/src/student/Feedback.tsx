import { useEffect, useRef, useState } from "preact/hooks";
import type { Activity, ActivityItem } from "../api/types";
import { t, type Key } from "../i18n";
import { Blocks } from "../items/Blocks";
import type { Mark } from "../items/types";
import { Button, Icon, Listen, say } from "../ui";

interface FeedbackProps {
  activity: Activity;
  item: ActivityItem;
  result: Mark;
  /** It was not the first try. */
  second: boolean;
  onAgain: () => void;
  onNext: () => void;
}

/** What came of an answer in practice: right or not, the mistake by its name, how it is done, and what next. */
export function Feedback({ activity, item, result, second, onAgain, onNext }: FeedbackProps) {
  const [solved, setSolved] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const { feedback, solution } = item.item;
  const kind = result.right ? "right" : result.score > 0 ? "part" : "wrong";
  const head = result.right
    ? second
      ? t("student.rightNow")
      : t(`student.right${(item.place % 3) + 1}` as Key)
    : result.score > 0
      ? t("student.partRight")
      : t("student.notYet");
  const words = result.feedback ?? (result.right ? feedback?.right : feedback?.wrong) ?? null;

  useEffect(() => {
    say([head, words].filter(Boolean).join(" "));
    panel.current?.focus();
    // On a phone the panel may be below the fold.
    panel.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, []);

  return (
    <div class={`feedback feedback-${kind}`} tabIndex={-1} ref={panel}>
      <div class="feedback-head">
        <span class="feedback-sign" aria-hidden="true">
          <Icon name={result.right ? "check" : kind === "part" ? "star" : "refresh"} big />
        </span>
        <div class="grow">
          <p class="feedback-title">{head}</p>
          {words && <p>{words}</p>}
        </div>
        <Listen text={[head, words].filter(Boolean).join(" ")} />
      </div>
      {solved && solution && (
        <div class="solution">
          <h3>{t("student.solution")}</h3>
          <Blocks blocks={solution} hash={activity.hash} />
        </div>
      )}
      <div class="activity-foot">
        {solution && !solved && (
          <Button big kind="quiet" icon="lamp" onClick={() => setSolved(true)}>
            {t("student.showHow")}
          </Button>
        )}
        {!result.right && !solved && (
          <Button big icon="refresh" onClick={onAgain}>
            {t("common.tryAgain")}
          </Button>
        )}
        <Button big kind="primary" iconAfter="forward" data-first onClick={onNext}>
          {t("student.next")}
        </Button>
      </div>
    </div>
  );
}
