import type { Band } from "../api/types";
import { t, type Key } from "../i18n";

/** What each band looks like: a jar that fills, by shape as well as by colour. */
const FULL: Record<Band, number> = { notSeen: 0, starting: 0.25, gettingThere: 0.5, nearly: 0.78, secure: 1, kept: 1, reviewDue: 1 };

interface BandMarkProps {
  band: Band;
  size?: number;
  /** Whether the word stands beside it; else it is said to those who hear the page. */
  word?: boolean;
}

/** How far somebody is with a skill, as a drawing with its word. */
export function BandMark({ band, size = 28, word }: BandMarkProps) {
  return (
    <span class={`band band-${band}`}>
      <BandShape band={band} size={size} />
      <span class={word ? "band-word" : "only-heard"}>{bandWord(band)}</span>
    </span>
  );
}

export function bandWord(band: Band): string {
  return t(`band.${band}` as Key);
}

/** The drawing alone: rings that fill from below; a tick for secure, a star for kept, an arrow round for review. */
export function BandShape({ band, size = 28 }: { band: Band; size?: number }) {
  const level = 21 - 18 * FULL[band];
  return (
    <svg class={`band-shape band-shape-${band}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {band === "notSeen" ? (
        <circle cx="12" cy="12" r="9" class="band-ring" stroke-dasharray="3 3.3" />
      ) : (
        <>
          <circle cx="12" cy="12" r="9" class="band-ground" />
          {FULL[band] === 1 ? <circle cx="12" cy="12" r="9" class="band-fill" /> : <path class="band-fill" d={segment(level)} />}
          <circle cx="12" cy="12" r="9" class="band-ring" />
        </>
      )}
      {band === "secure" && <path class="band-sign" d="M7.6 12.4l3 3 5.8-6.4" />}
      {band === "kept" && <path class="band-star" d="M12 5.6l1.9 4.1 4.5.5-3.4 3 1 4.4-4-2.3-4 2.3 1-4.4-3.4-3 4.5-.5z" />}
      {band === "reviewDue" && <path class="band-sign" d="M16.2 9.4a5 5 0 1 0 .8 3.2M16.6 6.6v3.2h-3.2" />}
    </svg>
  );
}

/** The part of the circle under a level, from above in units of the drawing. */
function segment(level: number): string {
  const half = Math.sqrt(Math.max(0, 81 - (level - 12) ** 2)).toFixed(2);
  const above = level < 12 ? 1 : 0;
  return `M${12 - +half} ${level}A9 9 0 ${above} 0 ${12 + +half} ${level}z`;
}
