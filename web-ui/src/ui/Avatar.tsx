import type { JSX } from "preact";

/**
 * A student's drawn animal: `fox-2` is a fox on the second colour. Drawn for Schoolhouse from plain
 * shapes on a 64 × 64 grid. An unknown name shows a plain face, so that a new box never breaks an old page.
 */
export const ANIMALS = [
  "fox", "owl", "cat", "dog", "hen", "goat", "cow", "frog",
  "bee", "bat", "ant", "elephant", "lion", "turtle", "fish", "monkey",
] as const;
export type Animal = (typeof ANIMALS)[number];

export const AVATAR_COLOURS = ["#f7c873", "#8fc9c4", "#f2a58e", "#b7cf8a", "#b9b4e0", "#9cc3ea"] as const;

const DARK = "#2e3440";

function eyes(y: number, apart: number, size = 3): JSX.Element {
  return (
    <>
      <circle cx={32 - apart} cy={y} r={size} fill={DARK} />
      <circle cx={32 + apart} cy={y} r={size} fill={DARK} />
      <circle cx={33 - apart} cy={y - 1} r={size / 3} fill="#fff" />
      <circle cx={33 + apart} cy={y - 1} r={size / 3} fill="#fff" />
    </>
  );
}

function smile(y: number, wide = 5): JSX.Element {
  return (
    <path
      d={`M${32 - wide} ${y}q${wide} ${wide} ${wide * 2} 0`}
      fill="none"
      stroke={DARK}
      stroke-width="2"
      stroke-linecap="round"
    />
  );
}

const HEADS: Record<Animal, () => JSX.Element> = {
  fox: () => (
    <>
      <path d="M13 12l14 10-13 14zM51 12L37 22l13 14z" fill="#d9692b" />
      <path d="M16 17l8 6-7 7zM48 17l-8 6 7 7z" fill="#5b3420" />
      <path d="M32 54C20 50 11 40 14 30c3-8 10-11 18-11s15 3 18 11c3 10-6 20-18 24z" fill="#e57d38" />
      <path d="M32 54c-9-3-17-10-18-18 8-2 15 3 18 10 3-7 10-12 18-10-1 8-9 15-18 18z" fill="#fff4e6" />
      {eyes(34, 8)}
      <path d="M28 47h8l-4 5z" fill={DARK} />
    </>
  ),
  owl: () => (
    <>
      <path d="M14 16c5 0 9 2 11 5h14c2-3 6-5 11-5v20c0 12-8 18-18 18s-18-6-18-18z" fill="#8a6247" />
      <path d="M20 44c4 6 20 6 24 0-1 6-6 10-12 10s-11-4-12-10z" fill="#c9a27c" />
      <circle cx="23" cy="33" r="9" fill="#fff6e5" />
      <circle cx="41" cy="33" r="9" fill="#fff6e5" />
      {eyes(33, 9, 4.5)}
      <path d="M28 38h8l-4 7z" fill="#f2a541" />
    </>
  ),
  cat: () => (
    <>
      <path d="M14 12l13 9H37l13-9 1 24c0 11-8 18-19 18s-19-7-19-18z" fill="#78808c" />
      <path d="M18 19l6 5-6 5zM46 19l-6 5 6 5z" fill="#f1b6b0" />
      {eyes(35, 9)}
      <path d="M29 41h6l-3 4z" fill="#f1a29b" />
      {smile(46, 4)}
      <path d="M8 40l10 2M8 47l10-2M56 40l-10 2M56 47l-10-2" stroke="#fff" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  dog: () => (
    <>
      <path d="M32 14c11 0 18 7 18 19s-7 21-18 21-18-9-18-21 7-19 18-19z" fill="#e2b97f" />
      <path d="M18 15c-8 0-12 8-11 17 1 6 6 8 9 3 2-5 3-12 7-17zM46 15c8 0 12 8 11 17-1 6-6 8-9 3-2-5-3-12-7-17z" fill="#8f5f38" />
      <ellipse cx="32" cy="44" rx="11" ry="9" fill="#fff4e3" />
      {eyes(31, 8)}
      <ellipse cx="32" cy="39" rx="4.5" ry="3.5" fill={DARK} />
      {smile(46, 4)}
    </>
  ),
  hen: () => (
    <>
      <path d="M24 18c-3-7 4-9 6-4 1-6 8-5 7 0 4-3 8 1 4 5z" fill="#d04a35" />
      <circle cx="32" cy="36" r="19" fill="#fffaf0" />
      {eyes(33, 8)}
      <path d="M26 39h12l-6 8z" fill="#f2a541" />
      <path d="M29 47c-2 6 8 6 6 0z" fill="#d04a35" />
    </>
  ),
  goat: () => (
    <>
      <path d="M22 22c-8-2-11-9-9-15 1 6 7 7 13 9zM42 22c8-2 11-9 9-15-1 6-7 7-13 9z" fill="#9a8266" />
      <path d="M16 24c-7-1-11 3-12 8 6 2 10 0 13-3zM48 24c7-1 11 3 12 8-6 2-10 0-13-3z" fill="#d8cdbb" />
      <path d="M32 14c10 0 16 6 16 15 0 14-7 23-16 23s-16-9-16-23c0-9 6-15 16-15z" fill="#f4ede0" />
      <path d="M27 51h10l-5 9z" fill="#c9bda7" />
      {eyes(30, 8)}
      <path d="M28 42l4 3 4-3" fill="none" stroke={DARK} stroke-width="2" stroke-linecap="round" />
      {smile(46, 3)}
    </>
  ),
  cow: () => (
    <>
      <path d="M20 18c-6-1-8-6-7-10 3 3 8 3 11 6zM44 18c6-1 8-6 7-10-3 3-8 3-11 6z" fill="#e8d9b8" />
      <path d="M15 24c-7-2-11 1-12 5 4 5 9 4 13 1zM49 24c7-2 11 1 12 5-4 5-9 4-13 1z" fill="#4c4650" />
      <path d="M32 13c11 0 17 7 17 17v8c0 9-7 15-17 15s-17-6-17-15v-8c0-10 6-17 17-17z" fill="#fffaf2" />
      <path d="M32 13c-11 0-17 7-17 17v4c8 1 15-6 17-21z" fill="#4c4650" />
      <ellipse cx="32" cy="45" rx="14" ry="9" fill="#f2b8ac" />
      <circle cx="24" cy="31" r="3.5" fill="#fff" />
      {eyes(31, 8)}
      <path d="M27 44v2M37 44v2" stroke="#8a4a42" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  frog: () => (
    <>
      <circle cx="20" cy="20" r="9" fill="#6fae4a" />
      <circle cx="44" cy="20" r="9" fill="#6fae4a" />
      <ellipse cx="32" cy="37" rx="22" ry="17" fill="#6fae4a" />
      <ellipse cx="32" cy="45" rx="14" ry="8" fill="#cfe6a5" />
      <circle cx="20" cy="20" r="6" fill="#fff" />
      <circle cx="44" cy="20" r="6" fill="#fff" />
      {eyes(20, 12, 3.5)}
      <path d="M18 38q14 10 28 0" fill="none" stroke={DARK} stroke-width="2" stroke-linecap="round" />
    </>
  ),
  bee: () => (
    <>
      <ellipse cx="15" cy="24" rx="11" ry="8" fill="#ffffff" transform="rotate(30 15 24)" />
      <ellipse cx="49" cy="24" rx="11" ry="8" fill="#ffffff" transform="rotate(-30 49 24)" />
      <path d="M26 17c-1-6-4-9-8-9M38 17c1-6 4-9 8-9" fill="none" stroke={DARK} stroke-width="2.5" stroke-linecap="round" />
      <circle cx="32" cy="36" r="19" fill="#f5c33b" />
      <path d="M14 43h36c-2 4-4 6-7 8H21c-3-2-5-4-7-8zM19 22c3-3 8-5 13-5s10 2 13 5z" fill="#4a3c2a" />
      {eyes(31, 8)}
      {smile(37)}
    </>
  ),
  bat: () => (
    <>
      <path d="M22 30C14 20 8 22 2 26c3 4 2 9 4 13 4-2 6 0 7 4 3-2 6-1 9 1zM42 30c8-10 14-8 20-4-3 4-2 9-4 13-4-2-6 0-7 4-3-2-6-1-9 1z" fill="#5a4a73" />
      <path d="M20 26l2-15 8 8h4l8-8 2 15c2 14-2 26-12 26s-14-12-12-26z" fill="#7a68a0" />
      <path d="M23 16l5 5-4 3zM41 16l-5 5 4 3z" fill="#e6a9b8" />
      {eyes(32, 6)}
      {smile(40, 4)}
      <path d="M30 43l1.5 3 1.5-3" fill="#fff" />
    </>
  ),
  ant: () => (
    <>
      <path d="M24 20c-3-7-8-10-12-9M40 20c3-7 8-10 12-9" fill="none" stroke="#6b2f24" stroke-width="3" stroke-linecap="round" />
      <circle cx="12" cy="11" r="3.5" fill="#6b2f24" />
      <circle cx="52" cy="11" r="3.5" fill="#6b2f24" />
      <path d="M32 16c12 0 19 8 19 19 0 8-4 12-9 15-6 4-14 4-20 0-5-3-9-7-9-15 0-11 7-19 19-19z" fill="#b2563f" />
      <circle cx="23" cy="34" r="6" fill="#fff" />
      <circle cx="41" cy="34" r="6" fill="#fff" />
      {eyes(34, 9, 3.5)}
      {smile(45)}
    </>
  ),
  elephant: () => (
    <>
      <path d="M18 20C8 14 1 22 3 33c1 9 9 13 16 8zM46 20c10-6 17 2 15 13-1 9-9 13-16 8z" fill="#7f8ea3" />
      <path d="M15 25c-5-2-8 2-7 8 1 4 5 6 8 4zM49 25c5-2 8 2 7 8-1 4-5 6-8 4z" fill="#e3b3b3" />
      <path d="M32 13c10 0 16 7 16 16 0 8-4 13-9 14v8c0 7-10 7-12 1-1-3 3-4 4-2s3 1 3-1v-6h-9c-5-1-9-6-9-14 0-9 6-16 16-16z" fill="#98a7bb" />
      {eyes(29, 9)}
      <path d="M29 39h6M30 44h5" stroke="#7f8ea3" stroke-width="2" stroke-linecap="round" />
    </>
  ),
  lion: () => (
    <>
      <path d="M32 5l6 5 8-2 2 8 8 3-2 8 5 7-6 5 1 8-8 2-4 7-7-3-3 5-3-5-7 3-4-7-8-2 1-8-6-5 5-7-2-8 8-3 2-8 8 2z" fill="#b5652a" />
      <circle cx="32" cy="34" r="18" fill="#f0b95b" />
      <ellipse cx="32" cy="42" rx="9" ry="7" fill="#fbe6bd" />
      {eyes(31, 8)}
      <path d="M28 37h8l-4 5z" fill={DARK} />
      {smile(44, 4)}
    </>
  ),
  turtle: () => (
    <>
      <path d="M6 46c0-16 11-28 26-28s26 12 26 28z" fill="#5d8a4e" />
      <path d="M32 18l9 9-3 11H26l-3-11zM15 30l8-3 3 11-6 8h-9zM49 30l-8-3-3 11 6 8h9z" fill="#86b06c" />
      <circle cx="32" cy="44" r="13" fill="#b9d48b" />
      {eyes(42, 6)}
      {smile(48, 4)}
    </>
  ),
  fish: () => (
    <>
      <path d="M46 33l14-12c2 8 2 16 0 24z" fill="#d9692b" />
      <path d="M24 20c4-9 12-10 18-6l-4 9zM26 46c4 7 9 8 14 5l-4-8z" fill="#d9692b" />
      <ellipse cx="28" cy="33" rx="23" ry="16" fill="#f08a4b" />
      <path d="M33 18c7 8 7 22 0 30 5-1 9-3 13-7 2-5 2-11 0-16-4-4-8-6-13-7z" fill="#fff4e6" />
      <circle cx="18" cy="29" r="6" fill="#fff" />
      <circle cx="17" cy="29" r="3.5" fill={DARK} />
      <path d="M8 39q6 4 11 1" fill="none" stroke={DARK} stroke-width="2" stroke-linecap="round" />
    </>
  ),
  monkey: () => (
    <>
      <circle cx="11" cy="33" r="8" fill="#8a5a3b" />
      <circle cx="53" cy="33" r="8" fill="#8a5a3b" />
      <circle cx="11" cy="33" r="4.5" fill="#f0c9a0" />
      <circle cx="53" cy="33" r="4.5" fill="#f0c9a0" />
      <circle cx="32" cy="33" r="20" fill="#8a5a3b" />
      <path d="M32 27c4-7 15-4 14 4-1 4-2 5-1 9 1 8-6 12-13 12s-14-4-13-12c1-4 0-5-1-9-1-8 10-11 14-4z" fill="#f5d5b0" />
      {eyes(33, 7)}
      <path d="M30 40v1M34 40v1" stroke="#8a5a3b" stroke-width="2" stroke-linecap="round" />
      {smile(44)}
    </>
  ),
};

export function Avatar({ avatar, size = 64 }: { avatar: string; size?: number }) {
  const [animal, colour] = avatar.split("-");
  const head = HEADS[animal as Animal];
  return (
    <svg class="avatar" viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" focusable="false">
      <circle cx="32" cy="32" r="32" fill={AVATAR_COLOURS[(Number(colour) || 1) - 1] ?? AVATAR_COLOURS[0]} />
      {head ? (
        <g transform="translate(32 33) scale(0.82) translate(-32 -33)">{head()}</g>
      ) : (
        <>
          {eyes(29, 9)}
          {smile(38, 8)}
        </>
      )}
    </svg>
  );
}
