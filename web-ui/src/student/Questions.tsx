import type { Activity, ActivityItem } from "../api/types";
import { plural } from "../i18n";
import { Icon } from "../ui";
import { Question } from "./Question";
import { answered, firstOpen, withAnswer } from "./work";

interface QuestionsProps {
  activity: Activity;
  /** The activity with one more answer; called when the student leaves the question. */
  onChange: (activity: Activity) => void;
}

/** Practice and checks: one question at a time, from the first that has no answer. */
export function Questions({ activity, onChange }: QuestionsProps) {
  const items = activity.items!;
  const index = firstOpen(items);
  const item = items[index]!;
  return (
    <>
      <Dots items={items} current={index} hide={activity.kind === "check"} />
      <Question
        key={item.place}
        activity={activity}
        item={item}
        index={index}
        onDone={(score) => onChange(withAnswer(activity, item.place, score))}
      />
    </>
  );
}

interface DotsProps {
  items: ActivityItem[];
  /** The index of the question that is shown; none at the end. */
  current?: number;
  /** In a check nothing is said before the end. */
  hide?: boolean;
}

/** One mark for each question, by shape: a tick for right, a dot for answered otherwise, a ring for the one shown. */
export function Dots({ items, current = -1, hide = false }: DotsProps) {
  return (
    <div class="dots" role="img" aria-label={plural("student.answered", answered(items), { of: items.length })}>
      {items.map((item, index) => {
        const right = item.score === 1 && !hide;
        const state = index === current ? "here" : !item.answered ? "open" : right ? "right" : hide ? "done" : "tried";
        return (
          <span key={item.place} class={`dot dot-${state}`}>
            {state === "right" && <Icon name="check" />}
          </span>
        );
      })}
    </div>
  );
}
