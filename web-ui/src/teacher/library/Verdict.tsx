import type { JSX } from "preact";
import type { OfferVerdict } from "../../api/types";
import { plural, t, type Key } from "../../i18n";
import { type Judged, toldOf } from "./rules";
import { findingText } from "./words";

/** Drawn on a 40 × 40 grid: different in shape, not in colour alone. */
const DRAWN: Record<Judged, () => JSX.Element> = {
  checking: () => (
    <>
      <circle cx="18" cy="18" r="11" />
      <path d="M26 26l9 9" />
    </>
  ),
  ready: () => (
    <>
      <path class="badge-body" d="M20 4l13 5v10c0 8-5 14-13 17C12 33 7 27 7 19V9z" />
      <path d="M13 20l5 5 9-10" />
    </>
  ),
  remarks: () => (
    <>
      <path class="badge-body" d="M20 4l13 5v10c0 8-5 14-13 17C12 33 7 27 7 19V9z" />
      <path d="M14 16h12M14 22h8" />
    </>
  ),
  decide: () => (
    <>
      <circle class="badge-body" cx="20" cy="20" r="16" />
      <path d="M15 16c0-7 11-6 10 0-1 4-5 4-5 8M20 29v.01" />
    </>
  ),
  refused: () => (
    <>
      <circle class="badge-body" cx="20" cy="20" r="16" />
      <path d="M9 31L31 9" />
    </>
  ),
};

/** How good something is: a drawing, a word, and a few words more. */
export function VerdictLine({ judged, verdict }: { judged: Judged; verdict: OfferVerdict | null }) {
  const told = verdict ? toldOf(verdict).length : 0;
  return (
    <div class={`verdict verdict-${judged}`}>
      <svg class="verdict-drawing" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
        {DRAWN[judged]()}
      </svg>
      <div>
        <p class="verdict-word">{t(`library.verdict.${judged}` as Key)}</p>
        {judged === "remarks" && <p class="small">{plural("library.remarks", told)}</p>}
        {judged === "decide" && <p class="small">{plural("library.faults", told)}</p>}
        {judged === "ready" && <p class="small">{t("library.verdict.readyWords")}</p>}
      </div>
    </div>
  );
}

/** What was found, each kind once, with the places for whoever wants to know. */
export function Findings({ verdict }: { verdict: OfferVerdict }) {
  const told = toldOf(verdict);
  if (told.length === 0) return null;
  return (
    <ul class="findings">
      {told.map((one) => (
        <li key={one.code} class={`finding finding-${one.severity}`}>
          <p>
            {findingText(one)} <span class="finding-code">{one.code}</span>
          </p>
          <details>
            <summary>{plural("library.places", one.findings.length)}</summary>
            <ul>
              {one.findings.map((found, index) => (
                <li key={index} dir="ltr" lang="en">
                  {found.place && <code>{found.place}</code>} {found.message}
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
      {verdict.count > verdict.findings.length && (
        <li class="small soft">{plural("library.moreFindings", verdict.count - verdict.findings.length)}</li>
      )}
    </ul>
  );
}
