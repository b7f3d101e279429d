import type { JSX } from "preact";

/** The twelve sign-in pictures, drawn for Schoolhouse on a 64 × 64 grid: different in shape, not in colour alone. */
export const PICTURES = [
  "sun", "fish", "drum", "tree", "boat", "bird", "house", "star", "cup", "key", "leaf", "moon",
] as const;
export type PictureName = (typeof PICTURES)[number];

const DRAWN: Record<PictureName, () => JSX.Element> = {
  sun: () => (
    <>
      <path
        d="M32 4v9M32 51v9M4 32h9M51 32h9M12 12l7 7M45 45l7 7M52 12l-7 7M19 45l-7 7"
        stroke="#e8930c"
        stroke-width="5"
        stroke-linecap="round"
      />
      <circle cx="32" cy="32" r="15" fill="#f9b934" />
    </>
  ),
  fish: () => (
    <>
      <path d="M44 32l15-13v26z" fill="#1d6fa5" />
      <path d="M4 32c8-16 32-20 44 0-12 20-36 16-44 0z" fill="#3a9bd6" />
      <path d="M24 19c6 8 6 18 0 26" fill="none" stroke="#d8eefb" stroke-width="3" stroke-linecap="round" />
      <circle cx="16" cy="29" r="3" fill="#17324a" />
    </>
  ),
  drum: () => (
    <>
      <path d="M10 22v24c0 5 10 9 22 9s22-4 22-9V22z" fill="#b6452c" />
      <path d="M10 26l11 26 11-24 11 24 11-26" fill="none" stroke="#f6d9a8" stroke-width="3" stroke-linejoin="round" />
      <ellipse cx="32" cy="22" rx="22" ry="9" fill="#f8e6c4" />
      <path d="M36 21L56 6M28 21L8 6" stroke="#7a4a1e" stroke-width="4" stroke-linecap="round" />
    </>
  ),
  tree: () => (
    <>
      <path d="M28 38h8l3 22H25z" fill="#83552e" />
      <circle cx="20" cy="31" r="14" fill="#3d8b47" />
      <circle cx="44" cy="31" r="14" fill="#3d8b47" />
      <circle cx="32" cy="19" r="15" fill="#4fa257" />
      <circle cx="25" cy="22" r="3" fill="#d3452f" />
      <circle cx="41" cy="32" r="3" fill="#d3452f" />
      <circle cx="21" cy="36" r="3" fill="#d3452f" />
    </>
  ),
  boat: () => (
    <>
      <path d="M30 5v34H9z" fill="#fff" stroke="#8aa0b4" stroke-width="2" />
      <path d="M35 12v27h18z" fill="#f2a541" />
      <path d="M5 43h54L50 57H15z" fill="#8a4f2b" />
      <path d="M2 60c6-4 9-4 15 0 6-4 9-4 15 0 6-4 9-4 15 0 6-4 9-4 15 0" fill="none" stroke="#3a9bd6" stroke-width="4" />
    </>
  ),
  bird: () => (
    <>
      <path d="M8 30C8 18 18 11 29 13c7 1 11 5 14 11l15 4-14 4c0 14-9 22-20 22C13 54 8 44 8 30z" fill="#d6503a" />
      <path d="M14 34c8-6 18-2 22 8-8 8-20 4-22-8z" fill="#94291a" />
      <path d="M42 22l16 6-15 5z" fill="#f2a541" />
      <circle cx="33" cy="22" r="3" fill="#2b1512" />
      <path d="M20 53v8M28 53v8" stroke="#8a4f2b" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  house: () => (
    <>
      <path d="M12 30h40v28H12z" fill="#f3dcb2" />
      <path d="M4 32L32 7l28 25-4 4-24-21L8 36z" fill="#a53f2b" />
      <path d="M27 42h11v16H27z" fill="#7a4a1e" />
      <path d="M16 38h8v8h-8zM42 38h7v8h-7z" fill="#5fa9d6" />
    </>
  ),
  star: () => (
    <path
      d="M32 4l8.5 18 19.5 2.5-14.5 13.5 4 19.5L32 48l-17.5 9.5 4-19.5L4 24.5 23.5 22z"
      fill="#f6c22f"
      stroke="#cf8f0a"
      stroke-width="3"
      stroke-linejoin="round"
    />
  ),
  cup: () => (
    <>
      <path d="M46 26h6a8 8 0 0 1 0 18h-8" fill="none" stroke="#2a7c86" stroke-width="5" />
      <path d="M9 22h38v18c0 10-7 16-19 16S9 50 9 40z" fill="#38a3ae" />
      <path d="M9 29h38v6H9z" fill="#e9f6f7" />
      <path d="M20 16c-4-4 4-6 0-11M34 16c-4-4 4-6 0-11" fill="none" stroke="#9aa6b2" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  key: () => (
    <>
      <circle cx="18" cy="24" r="12" fill="none" stroke="#b98a12" stroke-width="8" />
      <path d="M27 32l27 24M42 45l7-8M50 52l6-7" stroke="#b98a12" stroke-width="7" stroke-linecap="round" />
    </>
  ),
  leaf: () => (
    <>
      <path d="M8 56C4 26 22 6 58 6c2 36-16 54-50 50z" fill="#55a84a" />
      <path d="M6 60C20 42 30 30 46 18M22 42V28M31 33V21M24 40h14M33 31h13" fill="none" stroke="#d9f0c8" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  moon: () => (
    <>
      <path d="M42 6a27 27 0 1 0 16 36A22 22 0 0 1 42 6z" fill="#5c5aa8" />
      <circle cx="49" cy="18" r="3" fill="#f6c22f" />
      <circle cx="57" cy="29" r="2" fill="#f6c22f" />
    </>
  ),
};

export function Picture({ name, size = 64 }: { name: string; size?: number }) {
  const drawn = DRAWN[name as PictureName];
  return (
    <svg class="picture" viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" focusable="false">
      {drawn && drawn()}
    </svg>
  );
}
