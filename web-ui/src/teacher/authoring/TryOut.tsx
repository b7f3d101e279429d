import { useEffect, useState } from "preact/hooks";
import { post, problemText } from "../../api/client";
import { directionOf, t } from "../../i18n";
import { Feedback } from "../../items/Feedback";
import { Hints } from "../../items/Hints";
import { ItemView } from "../../items/ItemView";
import { isComplete, mark } from "../../items/marking";
import { Solution } from "../../items/Solution";
import type { Mark, Response, Variant } from "../../items/types";
import { path } from "../../router";
import { Banner, Button, PageSpinner } from "../../ui";
import { API, type Desk } from "./desk";
import { findingWords } from "./findings";
import { tidied } from "./skeleton";
import type { Item, OwnFinding } from "./types";

/** The box is not asked with every letter. */
const QUIET = 500;

interface Tried {
  variant: Variant | null;
  findings: OwnFinding[];
}

/** The question as a student meets it, to be answered and marked; nothing is kept. */
export function TryOut({ desk, item }: { desk: Desk; item: Item }) {
  const [tried, setTried] = useState<Tried | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [seed, setSeed] = useState(1);
  const asked = JSON.stringify(tidied(item));
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        post<Tried>(`${path(API, desk.id)}/try`, { item: JSON.parse(asked) as unknown, seed }, { signal: stop.signal })
          .then((answer) => {
            setTried(answer);
            setProblem(null);
          })
          .catch((error: unknown) => stop.signal.aborted || setProblem(error));
      },
      tried ? QUIET : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked, seed]);

  if (problem !== null) return <Banner kind="warn">{problemText(problem)}</Banner>;
  if (!tried) return <PageSpinner />;
  if (!tried.variant) {
    return (
      <ul class="stack stack-s">
        {tried.findings.map((one, at) => (
          <li key={at}>
            <Banner kind="warn">{findingWords(one)}</Banner>
          </li>
        ))}
      </ul>
    );
  }
  return <Ask key={`${asked}${seed}`} desk={desk} variant={tried.variant} onAgain={() => setSeed(seed + 1)} />;
}

function Ask({ desk, variant, onAgain }: { desk: Desk; variant: Variant; onAgain: () => void }) {
  const [value, setValue] = useState<Response>(null);
  const [result, setResult] = useState<Mark | null>(null);
  const [hints, setHints] = useState(0);
  const dir = directionOf(desk.draft.language);
  function check(event: Event) {
    event.preventDefault();
    if (!result && isComplete(variant, value)) setResult(mark(variant, value));
  }
  return (
    <form class="own-tried" onSubmit={check} noValidate>
      <div dir={dir} lang={desk.draft.language}>
        <ItemView variant={variant} hash={desk.media} value={value} onChange={setValue} disabled={result !== null} result={result} />
      </div>
      {variant.hints && (hints > 0 || !result) && (
        <Hints hints={variant.hints} shown={hints} onShow={result ? undefined : () => setHints(hints + 1)} />
      )}
      {result && (
        <div class="stack stack-s">
          <Feedback variant={variant} mark={result} />
          <div dir={dir}>
            <Solution variant={variant} hash={desk.media} />
          </div>
        </div>
      )}
      {/* The keys keep the two buttons apart: one that turned into the other under the finger would send the form at once. */}
      <div class="row row-end">
        {result ? (
          <Button key="again" icon="refresh" onClick={onAgain}>
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
