import { useState } from "preact/hooks";
import type { Activity, ActivityItem } from "../api/types";
import { t } from "../i18n";
import { Feedback } from "../items/Feedback";
import { ItemView } from "../items/ItemView";
import { isComplete, mark } from "../items/marking";
import { Solution } from "../items/Solution";
import type { Mark, Response } from "../items/types";
import { Banner, Button } from "../ui";

/** Questions that a teacher asks herself. They are marked here; nothing is sent and nothing is kept. */
export function SelfCheck({ activity }: { activity: Activity }) {
  return (
    <>
      <Banner icon="eye">{t("teach.guides.onlyYou")}</Banner>
      <ol class="stack">
        {activity.items!.map((one, index) => (
          <li key={one.place} class="card self-check">
            <Ask activity={activity} one={one} number={index + 1} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Ask({ activity, one, number }: { activity: Activity; one: ActivityItem; number: number }) {
  const [value, setValue] = useState<Response>(null);
  const [result, setResult] = useState<Mark | null>(null);
  const variant = one.item;

  function check(event: Event) {
    event.preventDefault();
    if (!result && isComplete(variant, value)) setResult(mark(variant, value));
  }

  return (
    <form onSubmit={check} noValidate>
      <h2 class="small soft">{t("student.questionOf", { number, of: activity.of })}</h2>
      <div dir={activity.direction}>
        <ItemView variant={variant} hash={activity.hash} value={value} onChange={setValue} disabled={result !== null} result={result} />
      </div>
      {result && (
        <div class="self-check-after">
          <Feedback variant={variant} mark={result} />
          <div dir={activity.direction}>
            <Solution variant={variant} hash={activity.hash} />
          </div>
        </div>
      )}
      {/* The keys keep the two buttons apart: one that turned into the other under the finger would send the form at once. */}
      <div class="row row-end">
        {result ? (
          <Button key="again" icon="refresh" onClick={() => setResult(null)}>
            {t("common.tryAgain")}
          </Button>
        ) : (
          <Button key="check" kind="primary" icon="check" type="submit" disabled={!isComplete(variant, value)}>
            {t("student.check")}
          </Button>
        )}
      </div>
    </form>
  );
}
