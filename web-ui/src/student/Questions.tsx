import { useEffect, useRef, useState } from "preact/hooks";
import type { Activity, ActivityItem } from "../api/types";
import { plural, t } from "../i18n";
import { Blocks } from "../items/Blocks";
import { ItemView } from "../items/ItemView";
import { mark } from "../items/marking";
import type { Mark, Response } from "../items/types";
import { forgetValue, keepValue, keptValue } from "../kept";
import { Banner, Button, Icon, Listen, say } from "../ui";
import { Feedback } from "./Feedback";
import { record, whereOf } from "./record";
import { firstOpen, withAnswer } from "./work";

interface QuestionsProps {
  activity: Activity;
  /** The activity with one more answer; called when the student leaves the question. */
  onChange: (activity: Activity) => void;
  onPlace: (place: number) => void;
}

/** A half-done answer, so that a reload does not take it away. */
interface Draft {
  key: string;
  value: Response;
  hints: number;
}

/** Practice and checks: one question at a time. */
export function Questions({ activity, onChange, onPlace }: QuestionsProps) {
  const items = activity.items!;
  const index = firstOpen(items);
  const item = items[index]!;
  useEffect(() => onPlace(item.place), [item.place]);
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

interface QuestionProps {
  activity: Activity;
  item: ActivityItem;
  index: number;
  onDone: (score: number | null) => void;
}

function Question({ activity, item, index, onDone }: QuestionProps) {
  const check = activity.kind === "check";
  const key = `${activity.course}/${activity.lesson}/${activity.id}/${activity.run}/${item.place}`;
  const [value, setValue] = useState<Response>(null);
  const [hints, setHints] = useState(0);
  const [result, setResult] = useState<Mark | null>(null);
  const [tries, setTries] = useState(0);
  const [problem, setProblem] = useState(false);
  const [busy, setBusy] = useState(false);
  /** The mark of the first full answer: the one that counts. */
  const first = useRef<number | null>(null);
  const started = useRef(Date.now());
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    started.current = Date.now();
    if (index > 0) heading.current?.focus();
    void keptValue<Draft>("draft").then((draft) => {
      if (!draft || draft.key !== key) return;
      setValue((now) => now ?? draft.value);
      setHints((now) => Math.max(now, draft.hints));
    });
  }, [key]);

  function change(next: Response) {
    setValue(next);
    if (tries === 0) void keepValue("draft", { key, value: next, hints } satisfies Draft);
  }

  function showHint() {
    const next = hints + 1;
    setHints(next);
    say(item.item.hints?.[next - 1] ?? "");
    if (tries === 0) void keepValue("draft", { key, value, hints: next } satisfies Draft);
  }

  async function send(event?: Event) {
    event?.preventDefault();
    if (busy || result || value === null) return;
    const got = check ? null : mark(item.item, value);
    if (tries === 0) {
      setBusy(true);
      setProblem(false);
      try {
        await record({
          type: "answer",
          ...whereOf(activity),
          place: item.place,
          item: item.item.id,
          version: item.item.version,
          seed: item.seed,
          response: value,
          score: got ? got.score : null,
          milliseconds: Date.now() - started.current,
          hints,
          tries: 1,
        });
      } catch {
        // The tablet's storage is full or broken: say so, and keep the answer on the page.
        setProblem(true);
        setBusy(false);
        return;
      }
      first.current = got ? got.score : null;
      void forgetValue("draft");
      setBusy(false);
    }
    setTries(tries + 1);
    if (got) setResult(got);
    else onDone(null);
  }

  const allHints = item.item.hints ?? [];
  return (
    <form class="question" onSubmit={(event) => void send(event)} noValidate>
      <div class="card question-card">
        <h2 class="question-count" tabIndex={-1} ref={heading}>
          {t("student.questionOf", { number: index + 1, of: activity.of })}
        </h2>
        <ItemView
          variant={item.item}
          hash={activity.hash}
          value={value}
          onChange={change}
          disabled={result !== null || busy}
          result={result}
        />
        {hints > 0 && (
          <ul class="hints">
            {allHints.slice(0, hints).map((hint, at) => (
              <li key={at} class="hint">
                <Icon name="lamp" />
                <div class="grow">
                  <Blocks blocks={[{ p: hint }]} hash={activity.hash} />
                </div>
                <Listen text={hint} />
              </li>
            ))}
          </ul>
        )}
      </div>

      {problem && <Banner kind="wrong">{t("student.notKept")}</Banner>}
      {result ? (
        <Feedback
          activity={activity}
          item={item}
          result={result}
          second={tries > 1}
          onAgain={() => {
            setResult(null);
            if (!result.right) setValue(keepsValue(value) ? value : null);
          }}
          onNext={() => onDone(first.current)}
        />
      ) : (
        <div class="activity-foot">
          {!check && hints < allHints.length && (
            <Button big icon="lamp" onClick={showHint}>
              {hints === 0 ? t("student.hint") : t("student.nextHint")}
            </Button>
          )}
          <Button kind="primary" big type="submit" disabled={value === null} busy={busy} iconAfter={check ? "forward" : undefined} icon={check ? undefined : "check"}>
            {check ? (index + 1 === activity.of ? t("student.finish") : t("student.next")) : t("student.check")}
          </Button>
        </div>
      )}
    </form>
  );
}

/** After a wrong answer a choice starts anew, what was typed or arranged stays to be mended. */
function keepsValue(value: Response): boolean {
  return typeof value === "object" || typeof value === "string";
}

/** One mark for each question, by shape: a tick for right, a dot for answered otherwise, a ring for the one shown. */
function Dots({ items, current, hide }: { items: ActivityItem[]; current: number; hide: boolean }) {
  const done = items.filter((item) => item.answered).length;
  return (
    <div class="dots" role="img" aria-label={plural("student.answered", done, { of: items.length })}>
      {items.map((item, index) => {
        const state = index === current ? "here" : !item.answered ? "open" : hide ? "done" : item.score === 1 ? "right" : "tried";
        return (
          <span key={item.place} class={`dot dot-${state}`}>
            {state === "right" && <Icon name="check" />}
          </span>
        );
      })}
    </div>
  );
}
