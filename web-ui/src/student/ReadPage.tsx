import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Activity } from "../api/types";
import { t } from "../i18n";
import { navigate } from "../router";
import { packUrl } from "../store";
import { Button } from "../ui";
import { record, whereOf } from "./record";
import { placeAfter } from "./Finished";
import { withMedia } from "./work";

/** A page or a worked example. The box made the HTML from the pack's Markdown, without scripts or foreign links. */
export function ReadPage({ activity }: { activity: Activity }) {
  const opened = useRef(Date.now());
  const [busy, setBusy] = useState(false);
  const html = useMemo(
    () => withMedia(activity.html ?? "", activity.hash, packUrl("")),
    [activity.html, activity.hash],
  );
  useEffect(() => {
    opened.current = Date.now();
  }, [activity.id]);

  async function goOn() {
    setBusy(true);
    await record({ type: "read", ...whereOf(activity), milliseconds: Date.now() - opened.current });
    navigate(placeAfter(activity));
  }

  return (
    <>
      <article class="reading card" dir={activity.direction} dangerouslySetInnerHTML={{ __html: html }} />
      <div class="activity-foot">
        <Button kind="primary" big iconAfter="forward" busy={busy} onClick={() => void goOn()}>
          {activity.next ? t("student.goOn") : t("student.allLessons")}
        </Button>
      </div>
    </>
  );
}
