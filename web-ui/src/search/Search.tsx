import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api/client";
import type { ResultKind, SearchAnswer, SearchResult, TextPiece } from "../api/types";
import { plural, t, type Key } from "../i18n";
import { navigate, usePlace } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { packUrl } from "../store";
import { Banner, Button, CardLink, Empty, Icon, IconButton, type IconName, KIND_ICONS, PageSpinner, say, usePageTitle } from "../ui";
import { languageName, placeOf, queryOf, type Reader, type Wanted, wantedOf } from "./rules";
import "./search.css";

/** Somebody who types is asked to wait so long, in milliseconds; otherwise the box would be asked for every letter. */
const PAUSE = 250;
/** While the box still reads courses, it is asked again after so long, in milliseconds. */
const LOOK_AGAIN = 3_000;
const STEP = 20;
/** The box gives no more at once. */
const MOST = 100;

const ICONS: Record<ResultKind, IconName> = {
  ...KIND_ICONS,
  course: "grid",
  lesson: "list",
  skill: "lamp",
  question: "ask",
  note: "people",
};

/** A field, what to choose from, and what was found; the same for students and for staff. */
export function SearchPanel({ reader }: { reader: Reader }) {
  const { path, query } = usePlace();
  const [wanted, setWanted] = useState(() => wantedOf(query));
  const [limit, setLimit] = useState(STEP);
  const { answer, asked, error, again } = useSearch(wanted, limit);
  usePageTitle(t("search.title"));

  // Back leads to the results as they were.
  useEffect(() => navigate(path + queryOf(wanted), { replace: true }), [wanted]);

  function want(change: Partial<Wanted>) {
    setWanted({ ...wanted, ...change });
    setLimit(STEP);
  }

  const typed = wanted.q.trim() !== "";
  return (
    <div class="search">
      {reader === "student" && <h1 class="only-heard">{t("search.title")}</h1>}
      <SearchField value={wanted.q} onInput={(q) => want({ q })} />
      {answer && <Filters answer={answer} wanted={wanted} reader={reader} onWant={want} />}
      {error && (!answer || typed) ? (
        <LoadProblem error={error} again={again} />
      ) : !answer ? (
        <PageSpinner />
      ) : !typed ? (
        <Empty icon="search" title={t("search.start")}>
          <p class="soft">{t("search.startDo")}</p>
        </Empty>
      ) : asked.q.trim() === "" ? (
        <PageSpinner />
      ) : answer.results.length === 0 ? (
        <Nothing answer={answer} wanted={asked} onWant={want} />
      ) : (
        <Results answer={answer} reader={reader} onMore={limit < MOST ? () => setLimit(Math.min(limit + 2 * STEP, MOST)) : null} />
      )}
    </div>
  );
}

/** What the box answers to the newest question; what was shown stays until then. */
function useSearch(wanted: Wanted, limit: number) {
  const [shown, setShown] = useState<{ answer: SearchAnswer; asked: Wanted } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const before = useRef(wanted.q);
  const told = useRef("");

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => {
      const query = queryOf(wanted, limit === STEP ? {} : { limit: String(limit) });
      get<SearchAnswer>(`/api/v1/search${query}`, { signal: stop.signal }).then(
        (answer) => {
          setShown({ answer, asked: wanted });
          setError(null);
          const news = wanted.q.trim() && countOf(answer) + query;
          if (news && news !== told.current) say(countOf(answer));
          told.current = news;
          if (!answer.ready) timer = setTimeout(ask, LOOK_AGAIN);
        },
        (problem: unknown) => {
          if (!stop.signal.aborted) setError(problem);
        },
      );
    };
    // Only typing waits; a touch on a filter is answered at once.
    timer = setTimeout(ask, before.current === wanted.q ? 0 : PAUSE);
    before.current = wanted.q;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, limit, round]);

  const again = () => {
    setError(null);
    setRound(round + 1);
  };
  return { answer: shown ? shown.answer : null, asked: shown ? shown.asked : wanted, error, again };
}

function countOf({ count, more }: SearchAnswer): string {
  return more ? t("search.foundMany", { count }) : plural("search.found", count);
}

function SearchField({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="search-field"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        // The keys of the tablet go away, and what was found is seen.
        field.current?.blur();
      }}
    >
      <Icon name="search" />
      <input
        ref={field}
        class="search-input"
        type="search"
        value={value}
        maxLength={200}
        placeholder={t("search.label")}
        aria-label={t("search.label")}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {value && (
        <IconButton
          icon="close"
          label={t("search.clear")}
          onClick={() => {
            onInput("");
            field.current?.focus();
          }}
        />
      )}
    </form>
  );
}

interface FiltersProps {
  answer: SearchAnswer;
  wanted: Wanted;
  reader: Reader;
  onWant: (change: Partial<Wanted>) => void;
}

/** One of each may be chosen, and taken back by a second touch. A student gets all in one row, which is moved sideways. */
function Filters({ answer: { choices }, wanted, reader, onWant }: FiltersProps) {
  const kinds = (
    <Chips
      choices={choices.kinds}
      chosen={wanted.kind}
      onChoose={(kind) => onWant({ kind })}
      show={(kind) => (
        <>
          <Icon name={ICONS[kind]} />
          {t(`search.kind.${kind}` as Key)}
        </>
      )}
    />
  );
  const languages = (
    <Chips
      choices={choices.languages}
      chosen={wanted.language}
      onChoose={(language) => onWant({ language })}
      show={(code) => <bdi lang={code}>{languageName(code)}</bdi>}
    />
  );
  if (reader === "student") {
    return (
      <div class="chips" role="group" aria-label={t("search.kinds")}>
        {kinds}
        {languages}
      </div>
    );
  }
  return (
    <div class="search-filters">
      <div class="chips" role="group" aria-label={t("search.kinds")}>
        {kinds}
      </div>
      <div class="chips" role="group" aria-label={t("search.courses")}>
        {languages}
        <Chips
          choices={choices.grades.map(String)}
          chosen={wanted.grade}
          onChoose={(grade) => onWant({ grade })}
          show={(grade) => t("search.grade", { grade: Number(grade) })}
        />
      </div>
    </div>
  );
}

interface ChipsProps<T extends string> {
  choices: T[];
  chosen: T | null;
  onChoose: (choice: T | null) => void;
  show: (choice: T) => ComponentChildren;
}

/** Nothing where there is no choice. */
function Chips<T extends string>({ choices, chosen, onChoose, show }: ChipsProps<T>) {
  // What an address asks for stays to be seen and to be taken back.
  if (choices.length < 2 && !chosen) return null;
  const all = chosen && choices.indexOf(chosen) < 0 ? [...choices, chosen] : choices;
  return (
    <>
      {all.map((choice, index) => (
        <button
          key={choice}
          type="button"
          class={index === 0 ? "chip chip-first" : "chip"}
          aria-pressed={choice === chosen}
          onClick={() => onChoose(choice === chosen ? null : choice)}
        >
          {show(choice)}
        </button>
      ))}
    </>
  );
}

interface NothingProps {
  answer: SearchAnswer;
  wanted: Wanted;
  onWant: (change: Partial<Wanted>) => void;
}

function Nothing({ answer, wanted, onWant }: NothingProps) {
  const narrowed = wanted.kind !== null || wanted.language !== null || wanted.grade !== null;
  return (
    <Empty icon="search" title={t("search.none", { what: wanted.q.trim() })}>
      <p class="soft">{answer.ready ? t("search.noneDo") : t("search.reading")}</p>
      {narrowed && (
        <Button big icon="search" onClick={() => onWant({ kind: null, language: null, grade: null })}>
          {t("search.everywhere")}
        </Button>
      )}
    </Empty>
  );
}

function Results({ answer, reader, onMore }: { answer: SearchAnswer; reader: Reader; onMore: (() => void) | null }) {
  const hasMore = answer.results.length < answer.count;
  return (
    <section class="stack" aria-label={countOf(answer)}>
      <p class="small soft search-count">{countOf(answer)}</p>
      {!answer.ready && <Banner icon="info">{t("search.reading")}</Banner>}
      <ol class="results">
        {answer.results.map((result, index) => (
          <li key={index}>
            <Result result={result} reader={reader} />
          </li>
        ))}
      </ol>
      {hasMore && onMore && (
        <div class="row row-center">
          <Button big icon="down" onClick={onMore}>
            {t("search.more")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Result({ result, reader }: { result: SearchResult; reader: Reader }) {
  const { kind, lessonTitle, courseTitle, language, direction, picture } = result;
  const inLesson = lessonTitle !== null && kind !== "lesson" && textOf(result.title) !== lessonTitle;
  const where = [inLesson && lessonTitle, kind !== "course" && courseTitle].filter(Boolean) as string[];
  return (
    <CardLink class="result" href={placeOf(result, reader)}>
      <span class="result-picture">
        {picture && <img src={packUrl(picture)} alt="" loading="lazy" />}
        <span class={picture ? "result-icon result-icon-small" : "result-icon"}>
          <Icon name={ICONS[kind]} />
        </span>
      </span>
      <span class="result-words">
        <span class="result-title">
          <bdi lang={language} dir={direction}>
            <Pieces pieces={result.title} />
          </bdi>
        </span>
        <span class="result-where small soft">
          {t(`search.kind.${kind}` as Key)}
          {where.map((name) => (
            <>
              {" · "}
              <bdi lang={language}>{name}</bdi>
            </>
          ))}
        </span>
        {result.snippet.length > 0 && (
          <span class="result-text">
            <bdi lang={language} dir={direction}>
              <Pieces pieces={result.snippet} />
            </bdi>
          </span>
        )}
      </span>
    </CardLink>
  );
}

const textOf = (pieces: TextPiece[]) => pieces.map((piece) => piece.text).join("");

/** The box gives the hits as pieces of text; no markup of its own comes with them. */
function Pieces({ pieces }: { pieces: TextPiece[] }) {
  return <>{pieces.map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text))}</>;
}
