import { useMemo } from "preact/hooks";
import type { ActivityRow, Course } from "../api/types";
import { withSheets } from "../print/cards";
import { path } from "../router";
import { packUrl } from "../store";
import { withTables } from "./tables";

/** Whether an activity is a page that can be read and printed. */
export const isPage = ({ kind }: Pick<ActivityRow, "kind">) => kind === "page" || kind === "example";

/** Where staff look at an activity: they read a guide among their own screens, and a course as their students see it. */
export function placeOf(course: Course, lesson: string, activity: Pick<ActivityRow, "id" | "kind">): string {
  const own = course.audience === "teachers" && (isPage(activity) || activity.kind === "practice" || activity.kind === "check");
  return path(own ? "/teach/courses" : "/learn", course.id, lesson, activity.id);
}

interface PackPageProps {
  course: Course;
  html: string;
  class: string;
  /** A link was followed: the lesson and activity that show its page, or nothing where none does. */
  onFollow: (lesson?: string, activity?: string) => void;
}

/** A page of a pack among the teacher's screens. */
export function PackPage({ course, html, onFollow, ...rest }: PackPageProps) {
  const shown = useMemo(() => withTables(withSheets(withMedia(html))), [html]);
  function follow(event: Event) {
    const link = (event.target as HTMLElement).closest<HTMLElement>("a[data-page]");
    if (link) onFollow(link.dataset["lesson"], link.dataset["activity"]);
  }
  return (
    <article
      class={rest.class}
      lang={course.language}
      dir={course.direction}
      // The box made it from the author's Markdown: no scripts, no foreign links.
      dangerouslySetInnerHTML={{ __html: shown }}
      onClick={follow}
      onKeyDown={(event) => event.key === "Enter" && follow(event)}
    />
  );
}

/** Files of packs are on another origin; the box writes `/<hash>/…`. A picture that waits to be seen would miss the printer. */
function withMedia(html: string): string {
  return html
    .replace(/"(\/[0-9a-f]{64}\/)/g, (_, start: string) => `"${packUrl(start)}`)
    .replace(/ loading="lazy"/g, "");
}
