import { useMemo } from "preact/hooks";
import type { Activity } from "../api/types";
import { navigate, path } from "../router";
import { me, packUrl, useStore } from "../store";
import { GoOn } from "./shown/Shown";
import { withMedia, withoutTitle, withoutWeb } from "./work";

/** A page or a worked example. The box made the HTML from the pack's Markdown, without scripts or foreign links. */
export function ReadPage({ activity }: { activity: Activity }) {
  const student = useStore(me)?.role === "student";
  const html = useMemo(() => {
    const page = withMedia(withoutTitle(activity.html ?? "", activity.title), activity.hash, packUrl(""));
    return student ? withoutWeb(page) : page;
  }, [activity.html, activity.title, activity.hash, student]);

  /** A link to another page of the pack names the activity that shows it. */
  function follow(event: Event) {
    const link = (event.target as HTMLElement).closest<HTMLElement>("a[data-page]");
    const { lesson, activity: other } = link?.dataset ?? {};
    if (lesson && other) navigate(path("/learn", activity.course, lesson, other));
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
      <GoOn activity={activity} />
    </>
  );
}
