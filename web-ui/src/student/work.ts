import type { Activity, ActivityItem, Course, Evidence, Lesson } from "../api/types";

/** What a student did in an activity, as the screens reckon with it. Pure functions; the box has the last word. */

/** The activity with the answers that are still only on this tablet. */
export function withUnsent(activity: Activity, unsent: Evidence[]): Activity {
  if (!activity.items) return activity;
  const answers = new Map<number, number | null>();
  for (const one of unsent) {
    const here =
      one.type === "answer" &&
      one.course === activity.course &&
      one.lesson === activity.lesson &&
      one.activity === activity.id &&
      one.run === activity.run;
    if (here) answers.set(one.place, one.score);
  }
  if (answers.size === 0) return activity;
  return {
    ...activity,
    items: activity.items.map((item) =>
      !item.answered && answers.has(item.place)
        ? { ...item, answered: true, score: answers.get(item.place) ?? null }
        : item,
    ),
  };
}

/** The activity after one more answer. */
export function withAnswer(activity: Activity, place: number, score: number | null): Activity {
  return {
    ...activity,
    items: activity.items?.map((item) => (item.place === place ? { ...item, answered: true, score } : item)),
  };
}

/** Where to go on: the index of the first item without an answer, or -1 when the run is done. */
export function firstOpen(items: ActivityItem[]): number {
  return items.findIndex((item) => !item.answered);
}

export function answered(items: ActivityItem[]): number {
  return items.filter((item) => item.answered).length;
}

export function rightOnes(items: ActivityItem[]): number {
  return items.filter((item) => item.score === 1).length;
}

/** Where a touch on a lesson leads: its first activity that is not done, or its first. */
export function entryOf(lesson: Lesson): string | null {
  return (lesson.activities.find((one) => one.state !== "done") ?? lesson.activities[0])?.id ?? null;
}

/** The lesson that comes next in a course: the first that is not done. */
export function nextLesson(course: Course): Lesson | null {
  for (const unit of course.units) {
    for (const lesson of unit.lessons) if (lesson.state !== "done") return lesson;
  }
  return null;
}

export function findLesson(course: Course, id: string): Lesson | null {
  for (const unit of course.units) {
    for (const lesson of unit.lessons) if (lesson.id === id) return lesson;
  }
  return null;
}

/** The box writes media of a page as `/<pack hash>/…`; they live on the packs origin. */
export function withMedia(html: string, hash: string, origin: string): string {
  return html.split(`"/${hash}/`).join(`"${origin}/${hash}/`);
}

/** A page without its links to the web: nothing leads a student out of the box. The words stay. */
export function withoutWeb(html: string): string {
  return html.replace(/<a href="[^"]*"[^>]*>/g, "<a>");
}

/**
 * A page without the heading at its start that only repeats the activity's title, which stands above it already. The box
 * gives a page's first heading as `<h2>`, with the three signs of HTML escaped.
 */
export function withoutTitle(html: string, title: string): string {
  const heading = /^\s*<h2>(.*?)<\/h2>/.exec(html);
  const repeated = title.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return heading && heading[1] === repeated ? html.slice(heading[0].length) : html;
}
