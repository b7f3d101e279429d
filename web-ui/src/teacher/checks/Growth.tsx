/** A level as a plant that grows, so that it is told apart without reading: bare ground, a seed, a shoot, leaves, a flower. */
const STEPS = [
  "M4 25h24",
  "M4 25h24 M16 21a2 2 0 1 0 0 .01z",
  "M4 25h24 M16 25v-7 M16 18c0-3 2-4 5-4 0 3-2 4-5 4z",
  "M4 25h24 M16 25V11 M16 19c0-3 3-5 7-5 0 3-3 5-7 5z M16 16c0-3-3-5-7-5 0 3 3 5 7 5z",
  "M4 25h24 M16 25V12 M16 21c0-3 3-4 7-4 0 3-3 4-7 4z M16 21c0-3-3-4-7-4 0 3 3 4 7 4z M16 5a3 3 0 0 1 3 3 3 3 0 0 1 0 4h-6a3 3 0 0 1 0-4 3 3 0 0 1 3-3z",
];

export function Growth({ level }: { level: number }) {
  return (
    <svg class="growth" viewBox="0 0 32 28" width="32" height="28" aria-hidden="true" focusable="false">
      <path d={STEPS[level] ?? STEPS[0]} />
    </svg>
  );
}
