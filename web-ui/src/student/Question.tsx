import { useEffect, useRef, useState } from "preact/hooks";
import type { Activity, ActivityItem } from "../api/types";
import { t } from "../i18n";
import { Feedback } from "../items/Feedback";
import { Hints } from "../items/Hints";
import { ItemView } from "../items/ItemView";
import { isComplete, mark } from "../items/marking";
import { Solution } from "../items/Solution";
import type { Mark, Response } from "../items/types";
import { forgetValue, keepValue, keptValue } from "../kept";
import { Banner, Button } from "../ui";
import { record, whereOf } from "./record";

/** A half-done answer, so that a reload does not take it away. */
interface Draft {
  key: string;
  value: Response;
  hints: number;
}

interface QuestionProps {
  activity: Activity;
  item: ActivityItem;
  index: number;
  /** The student leaves the question; `score` is that of the first full answer, null where the tablet has no key. */
  onDone: (score: number | null) => void;
}

/**
 * One question. In practice: check, see what came of it, try again or see how it is done, go on; only the first
 * full answer is recorded. In a check: answer and go on.
 */
export function Question({ activity, item, index, onDone }: QuestionProps) {
  const check = activity.kind === "check";
  const variant = item.item;
  const key = [activity.course, activity.lesson, activity.id, activity.run, item.place].join("/");
  const [value, setValue] = useState<Response>(null);
  const [hints, setHints] = useState(0);
  const [result, setResult] = useState<Mark | null>(null);
  const [first, setFirst] = useState<Mark | null>(null);
  const [solved, setSolved] = useState(false);
  const [problem, setProblem] = useState(false);
  const [busy, setBusy] = useState(false);
  const started = useRef(Date.now());
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const after = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (index > 0) {
      goToTop(form.current!);
      heading.current?.focus({ preventScroll: true });
    }
    void keptValue<Draft>("draft").then((draft) => {
      if (!draft || draft.key !== key) return;
      setValue((now) => now ?? draft.value);
      setHints((now) => Math.max(now, draft.hints));
    });
  }, [key]);

  useEffect(() => {
    if (!result) return;
    after.current?.focus({ preventScroll: true });
    // On a phone what came of the answer may be below the fold.
    after.current?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  }, [result, solved]);

  function change(next: Response, shownHints = hints) {
    setValue(next);
    setHints(shownHints);
    if (!first) void keepValue("draft", { key, value: next, hints: shownHints } satisfies Draft);
  }

  async function send(event?: Event) {
    event?.preventDefault();
    if (busy || result || !isComplete(variant, value)) return;
    const got = check ? null : mark(variant, value);
    if (!first && !(await kept(got))) return;
    if (!got) return onDone(null);
    setFirst(first ?? got);
    setResult(got);
  }

  /** Puts the first full answer on this tablet's disk; only then the page goes on. */
  async function kept(got: Mark | null): Promise<boolean> {
    setBusy(true);
    setProblem(false);
    try {
      await record({
        type: "answer",
        ...whereOf(activity),
        place: item.place,
        item: variant.id,
        version: variant.version,
        seed: item.seed,
        response: value,
        score: got ? got.score : null,
        milliseconds: Date.now() - started.current,
        hints,
        tries: 1,
      });
      void forgetValue("draft");
      return true;
    } catch {
      // The tablet's storage is full or broken; the answer stays on the page.
      setProblem(true);
      return false;
    } finally {
      setBusy(false);
    }
  }

  /** The answer stays, to be mended; the focus goes back above it. */
  function tryAgain() {
    setResult(null);
    heading.current?.focus({ preventScroll: true });
  }

  const last = index + 1 === activity.of;
  const mayRetry = result !== null && !result.right && !solved;
  return (
    <form class="question" ref={form} onSubmit={(event) => void send(event)} noValidate>
      <div class="card question-card">
        <h2 class="only-heard" tabIndex={-1} ref={heading}>
          {t("student.questionOf", { number: index + 1, of: activity.of })}
        </h2>
        <div dir={activity.direction}>
          <ItemView
            variant={variant}
            hash={activity.hash}
            value={value}
            onChange={(next) => change(next)}
            disabled={result !== null || busy}
            result={result}
          />
        </div>
        {variant.hints && (hints > 0 || !result) && (
          <Hints hints={variant.hints} shown={hints} onShow={result ? undefined : () => change(value, hints + 1)} />
        )}
        {result && (
          <div class="after" tabIndex={-1} ref={after}>
            <Feedback variant={variant} mark={result} />
            {solved ? (
              <div class="after-solution" dir={activity.direction}>
                <Solution variant={variant} hash={activity.hash} />
              </div>
            ) : (
              <Button kind="quiet" big icon="eye" onClick={() => setSolved(true)}>
                {t("student.showHow")}
              </Button>
            )}
          </div>
        )}
        {problem && <Banner kind="wrong">{t("student.notKept")}</Banner>}
      </div>

      <div class="activity-foot question-foot">
        {!result ? (
          <Button
            kind="primary"
            big
            type="submit"
            disabled={!isComplete(variant, value)}
            busy={busy}
            icon={check ? undefined : "check"}
            iconAfter={check ? "forward" : undefined}
          >
            {!check ? t("student.check") : last ? t("student.finish") : t("student.next")}
          </Button>
        ) : (
          <>
            {mayRetry && (
              <Button kind="primary" big icon="refresh" onClick={tryAgain}>
                {t("common.tryAgain")}
              </Button>
            )}
            <Button big kind={mayRetry ? "plain" : "primary"} iconAfter="forward" onClick={() => onDone(first!.score)}>
              {last ? t("student.finish") : t("student.next")}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

/** Whether this reader asked their device for less movement. */
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A new question begins at its top; a page that was not scrolled past it stays where it is. */
function goToTop(form: HTMLElement) {
  const dots = form.previousElementSibling ?? form;
  const top = dots.getBoundingClientRect().top + scrollY - 8;
  if (scrollY > top) scrollTo(0, top);
}
