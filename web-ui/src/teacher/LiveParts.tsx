import type { JSX } from "preact";
import type { LiveSignal, LiveState, LiveStudent } from "../api/types";
import { formatDate, hasKey, plural, t, type Key, type PluralKey } from "../i18n";
import { markOf, untouchedMinutes, type Mark } from "./rules";

/** Each state has a shape of its own, so that no colour is needed to tell them apart. */
const SHAPES: Record<LiveState, JSX.Element> = {
  // A filled stop sign with a mark.
  stuck: (
    <>
      <path d="M7 2h6l5 5v6l-5 5H7l-5-5V7z" fill="currentColor" />
      <path d="M10 6v5 M10 14v.01" stroke="#fff" stroke-width="2.4" stroke-linecap="round" />
    </>
  ),
  // Two bars in an open square: nothing moves.
  idle: (
    <>
      <rect x="2" y="2" width="16" height="16" rx="4" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M8 6.5v7 M12 6.5v7" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
    </>
  ),
  // A pencil.
  working: <path d="M3 17l1-4 9-9 3 3-9 9z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />,
  // A filled circle with a tick.
  done: (
    <>
      <circle cx="10" cy="10" r="8" fill="currentColor" />
      <path d="M6 10.5l3 3 5-6" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" />
    </>
  ),
  // An empty ring.
  away: <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 3" />,
};

/** The shapes of signals that are no states. */
const SIGNAL_SHAPES: Record<Exclude<LiveSignal["kind"], LiveState>, JSX.Element> = {
  // A hand.
  waiting: (
    <path
      d="M6 11V6.2a1.2 1.2 0 0 1 2.4 0V4a1.2 1.2 0 0 1 2.4 0v.6a1.2 1.2 0 0 1 2.4 0v2a1.2 1.2 0 0 1 2.4 0V12c0 6-7 7-9.2 3.4L3.4 11.6c-.8-1.4 1-2.4 2-1.2z"
      fill="currentColor"
    />
  ),
  // An arrow that goes round.
  wheelSpinning: (
    <path d="M16 10a6 6 0 1 1-2-4.5 M14 2v4h-4" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
  ),
  // A lamp.
  hintRun: (
    <path d="M7.5 16h5 M8.5 18.5h3 M10 1.8a5.2 5.2 0 0 0-3 9.4v2h6v-2a5.2 5.2 0 0 0-3-9.4z" fill="none" stroke="currentColor" stroke-width="2" />
  ),
  // Two arrows forward.
  rushing: <path d="M3 4l6 6-6 6 M10 4l6 6-6 6" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round" />,
  // A star.
  ready: <path d="M10 1.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L1.5 7.7l5.9-.8z" fill="currentColor" />,
};

/** Why a student needs somebody, in shape, word and colour. */
export function SignalBadge({ kind }: { kind: LiveSignal["kind"] }) {
  const shape = kind === "stuck" || kind === "idle" ? SHAPES[kind] : SIGNAL_SHAPES[kind];
  return (
    <span class={`state state-${kind}`}>
      <svg class={`state-shape state-shape-${kind}`} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        {shape}
      </svg>
      {t(`teach.signal.${kind}` as Key)}
    </span>
  );
}

export function StateShape({ state }: { state: LiveState }) {
  return (
    <svg class={`state-shape state-shape-${state}`} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      {SHAPES[state]}
    </svg>
  );
}

/** The state in shape, word and colour. */
export function StateBadge({ state }: { state: LiveState }) {
  return (
    <span class={`state state-${state}`}>
      <StateShape state={state} />
      {t(`teach.state.${state}` as Key)}
    </span>
  );
}

/** How long ago, in a word or two; the time of day when it is more than an hour. */
export function Since({ at, now }: { at: number | null; now: number }) {
  if (at === null) return null;
  return <span class="since">{sinceText(at, now)}</span>;
}

export function sinceText(at: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000));
  if (minutes < 1) return t("teach.since.now");
  if (minutes < 60) return plural("teach.since.minutes", minutes);
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  if (sameDay) return t("teach.since.clock", { time: formatDate(at, { hour: "numeric", minute: "2-digit" }) });
  return formatDate(at, { day: "numeric", month: "short" });
}

/** A name of another direction must not pull the quotes and stops around it to its own side. */
function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Sentences that count something, by the reason's code. */
const COUNTED: Record<string, string> = {
  "live.wrong-in-a-row": "teach.reason.wrong",
  "live.hint-run": "teach.reason.hintRun",
  "live.rushing": "teach.reason.rushing",
};

/** Why a student needs somebody, in words. */
export function reasonText(signal: LiveSignal, now: number): string {
  const params = { ...signal.params };
  if (params["skill"] !== undefined) params["skill"] = isolate(String(params["skill"]));
  if (signal.code === "live.no-touch") return plural("teach.reason.noTouch", untouchedMinutes(signal, now));
  const counted = COUNTED[signal.code];
  if (counted) return plural((params["skill"] ? `${counted}In` : counted) as PluralKey, Number(params["count"] ?? 3), params);
  const key = `teach.reason.${signal.code}`;
  return hasKey(key) ? t(key, params) : "";
}

/** The one thing to do about it. */
export function adviceText(signal: LiveSignal): string {
  return t(`teach.advice.${signal.advice}` as Key);
}

const MARKS: Record<Mark, JSX.Element> = {
  right: (
    <>
      <circle cx="8" cy="8" r="7" fill="var(--right)" />
      <path d="M4.5 8.5l2.5 2.5 4.5-5" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </>
  ),
  partly: (
    <>
      <path d="M8 1l7 7-7 7-7-7z" fill="var(--accent)" />
      <path d="M5 8h6" stroke="#3c2503" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  wrong: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2" fill="#fff" stroke="var(--wrong)" stroke-width="2" />
      <path d="M5.5 5.5l5 5 M10.5 5.5l-5 5" stroke="var(--wrong)" stroke-width="2" stroke-linecap="round" />
    </>
  ),
};

export function AnswerMark({ mark, size = 16 }: { mark: Mark; size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false" class="mark">
      {MARKS[mark]}
    </svg>
  );
}

const PLACES = 8;

/** The last eight answers, the newest at the end of the line; those that are not given yet are faint dots. */
export function LastAnswers({ last }: { last: LiveStudent["last"] }) {
  const shown = last.slice(-PLACES);
  const right = shown.filter((answer) => answer.right).length;
  return (
    <span class="last">
      {shown.map((answer, index) => (
        <AnswerMark key={index} mark={markOf(answer)} />
      ))}
      {Array.from({ length: PLACES - shown.length }, (_, index) => (
        <span key={`none-${index}`} class="mark-none" aria-hidden="true" />
      ))}
      {shown.length > 0 && (
        <span class="only-heard">{plural("teach.live.lastHeard", shown.length, { right })}</span>
      )}
    </span>
  );
}
