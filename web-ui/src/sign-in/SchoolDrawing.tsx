/** A small school under a tree, with a tablet's glow in the window. */
export function SchoolDrawing() {
  return (
    <svg class="school-drawing" viewBox="0 0 360 190" role="presentation" aria-hidden="true" focusable="false">
      <circle cx="300" cy="46" r="24" fill="#f9d27d" />
      <path d="M0 168c60-26 120-30 180-18s120 10 180-6v46H0z" fill="#cfe0c3" />
      <path d="M66 168V96h148v72z" fill="#fbf7ee" />
      <path d="M52 98 140 46l88 52-8 12-80-46-80 46z" fill="#c8553d" />
      <path d="M128 168v-44h26v44z" fill="#1f6f78" />
      <path d="M80 118h32v26H80zM170 118h32v26h-32z" fill="#f2a541" />
      <path d="M96 118v26M186 118v26M80 131h32M170 131h32" stroke="#fbf7ee" stroke-width="3" />
      <path d="M140 46V18" stroke="#7a5a3b" stroke-width="4" stroke-linecap="round" />
      <path d="M142 18h30l-7 9 7 9h-30z" fill="#1f6f78" />
      <path d="M272 166v-44" stroke="#7a5a3b" stroke-width="10" stroke-linecap="round" />
      <circle cx="254" cy="110" r="24" fill="#6f9f62" />
      <circle cx="290" cy="108" r="26" fill="#5f9155" />
      <circle cx="272" cy="88" r="28" fill="#7bab6b" />
      <circle cx="30" cy="150" r="8" fill="#e5b58c" />
      <path d="M18 178c0-26 24-26 24 0z" fill="#5c5aa8" />
      <circle cx="324" cy="144" r="8" fill="#8a5a3b" />
      <path d="M312 172c0-26 24-26 24 0z" fill="#f2a541" />
      <circle cx="238" cy="152" r="7" fill="#a9744f" />
      <path d="M227 178c0-24 22-24 22 0z" fill="#c8553d" />
    </svg>
  );
}
