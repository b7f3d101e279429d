import { useEffect, useRef, useState } from "preact/hooks";
import type { Activity } from "../../api/types";
import { t } from "../../i18n";
import { navigate } from "../../router";
import { packUrl } from "../../store";
import { Button } from "../../ui";
import { placeAfter } from "../Finished";
import { record, whereOf } from "../record";
import { withMedia, withoutWeb } from "../work";
import { Book } from "./Book";
import { Document } from "./Document";
import { Film } from "./Film";
import { Frame } from "./Frame";
import "./shown.css";

/** What is watched, heard, looked at, read or used as it is, and the way on from it. */
export function Shown({ activity }: { activity: Activity }) {
  return (
    <>
      <Part activity={activity} />
      {activity.transcript && (
        <details class="card shown-transcript">
          <summary>{t("student.shown.inWords")}</summary>
          <div
            class="reading"
            dir={activity.direction}
            dangerouslySetInnerHTML={{ __html: withoutWeb(withMedia(activity.transcript, activity.hash, packUrl(""))) }}
          />
        </details>
      )}
      <GoOn activity={activity} />
    </>
  );
}

function Part({ activity }: { activity: Activity }) {
  switch (activity.kind) {
    case "video":
    case "audio":
      return <Film activity={activity} />;
    case "book":
      return <Book activity={activity} />;
    case "document":
      return <Document activity={activity} />;
    case "picture":
      return <img class="card shown-picture" src={packUrl(activity.file ?? "")} alt={activity.alt ?? ""} />;
    default:
      return <Frame address={packUrl(activity.file ?? "")} title={activity.title} runs />;
  }
}

/** Marks the activity as read, and leads to the next one. */
export function GoOn({ activity }: { activity: Activity }) {
  const opened = useRef(Date.now());
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    opened.current = Date.now();
  }, [activity.id]);

  async function goOn() {
    setBusy(true);
    await record({ type: "read", ...whereOf(activity), milliseconds: Date.now() - opened.current });
    navigate(placeAfter(activity));
  }

  return (
    <div class="activity-foot">
      <Button kind="primary" big iconAfter="forward" busy={busy} onClick={() => void goOn()}>
        {activity.next ? t("student.goOn") : t("student.allLessons")}
      </Button>
    </div>
  );
}
