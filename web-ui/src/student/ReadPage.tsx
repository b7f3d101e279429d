import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Activity } from "../api/types";
import { t } from "../i18n";
import { navigate, path } from "../router";
import { me, packUrl, useStore } from "../store";
import { Button } from "../ui";
import { record, whereOf } from "./record";
import { placeAfter } from "./Finished";
import { withMedia, withoutTitle, withoutWeb } from "./work";

/** A page or a worked example. The box made the HTML from the pack's Markdown, without scripts or foreign links. */
export function ReadPage({ activity }: { activity: Activity }) {
  const opened = useRef(Date.now());
  const [busy, setBusy] = useState(false);
  const student = useStore(me)?.role === "student";
  const html = useMemo(() => {
    const page = withMedia(withoutTitle(activity.html ?? "", activity.title), activity.hash, packUrl(""));
    return student ? withoutWeb(page) : page;
  }, [activity.html, activity.title, activity.hash, student]);
  useEffect(() => {
    opened.current = Date.now();
  }, [activity.id]);

  /** A link to another page of the pack names the activity that shows it. */
  function follow(event: Event) {
    const link = (event.target as HTMLElement).closest<HTMLElement>("a[data-page]");
    const { lesson, activity: other } = link?.dataset ?? {};
    if (lesson && other) navigate(path("/learn", activity.course, lesson, other));
  }

  async function goOn() {
    setBusy(true);
    await record({ type: "read", ...whereOf(activity), milliseconds: Date.now() - opened.current });
    navigate(placeAfter(activity));
  }

  return (
    <>
      <article
        class="reading card"
        dir={activity.direction}
        dangerouslySetInnerHTML={{ __html: html }}
        onClick={follow}
        onKeyDown={(event) => event.key === "Enter" && follow(event)}
      />
      <div class="activity-foot">
        <Button kind="primary" big iconAfter="forward" busy={busy} onClick={() => void goOn()}>
          {activity.next ? t("student.goOn") : t("student.allLessons")}
        </Button>
      </div>
    </>
  );
}
