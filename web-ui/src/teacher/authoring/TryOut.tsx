import { useEffect, useState } from "preact/hooks";
import { post, problemText } from "../../api/client";
import { directionOf } from "../../i18n";
import type { Variant } from "../../items/types";
import { path } from "../../router";
import { Banner, PageSpinner } from "../../ui";
import { OneQuestion } from "../OneQuestion";
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
  const { language } = desk.draft;
  return (
    <div class="own-tried" lang={language}>
      <OneQuestion
        key={`${tried.variant.seed} ${JSON.stringify(tried.variant)}`}
        variant={tried.variant}
        hash={desk.media}
        direction={directionOf(language)}
        onAgain={() => setSeed(seed + 1)}
      />
    </div>
  );
}
