/** Drawn for Schoolhouse on a 24 × 24 grid, one line of 2 px. */
const PATHS = {
  alert: "M12 3 2 20h20L12 3z M12 10v4 M12 17v.01",
  ask: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M9 9.5a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1-1.500 2.200 M12 17.500v.01",
  back: "M15 5l-7 7 7 7",
  backspace: "M9 5h12v14H9l-6-7z M12.5 9.5l5 5 M17.5 9.5l-5 5",
  badge: "M5 4h14v16H5z M9 4V2h6v2 M9 17h6 M12 9a2 2 0 1 0 0 .01z M9 14c0-3 6-3 6 0",
  bars: "M4 20h16 M7 20v-6 M12 20V8 M17 20V4",
  book: "M12 6c-2-2-6-2-9-1v14c3-1 7-1 9 1 2-2 6-2 9-1V5c-3-1-7-1-9 1z M12 6v14",
  box: "M3 8l9-5 9 5v9l-9 5-9-5z M3 8l9 5 9-5 M12 13v9",
  camera: "M4 7h3l2-3h6l2 3h3v12H4z M12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  check: "M4 12.5l5.5 5.5L20 7",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M12 7v5l3.5 2",
  close: "M6 6l12 12 M18 6L6 18",
  cloud: "M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9.5 4.3 4.3 0 0 1 17.5 18z",
  cloudOff: "M7 18a4 4 0 0 1-.5-8 M10 5.5A6 6 0 0 1 18 9.5a4.3 4.3 0 0 1 2 7 M7 18h9 M4 3l17 18",
  copy: "M8 8h12v12H8z M16 8V4H4v12h4",
  dice: "M4 4h16v16H4z M8 8v.01 M16 8v.01 M12 12v.01 M8 16v.01 M16 16v.01",
  door: "M13 4H5v16h8 M10 12h11 M17 8l4 4-4 4",
  down: "M5 9l7 7 7-7",
  download: "M12 4v11 M7 11l5 5 5-5 M4 20h16",
  edit: "M4 20l1-5L16 4l4 4L9 19z M14 6l4 4",
  eye: "M2 12c4-8 16-8 20 0-4 8-16 8-20 0z M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  face: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M9 10v.01 M15 10v.01 M8.5 14c1.5 2.5 5.5 2.5 7 0",
  film: "M3 5h18v14H3z M3 9.500h18 M3 14.500h18 M8 5v14 M16 5v14",
  flag: "M6 21V4 M6 5h12l-3 4 3 4H6",
  forward: "M9 5l7 7-7 7",
  gear: "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z M12 2v3.5 M12 18.5V22 M2 12h3.5 M18.5 12H22 M5 5l2.5 2.5 M16.5 16.5L19 19 M19 5l-2.5 2.5 M7.5 16.5L5 19",
  give: "M4 8h16v4H4z M6 12v8h12v-8 M12 8v12 M12 8C6 8 6 3 9 3c2 0 3 3 3 5 M12 8c6 0 6-5 3-5-2 0-3 3-3 5",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M3 12h18 M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z",
  grid: "M4 4h7v7H4z M13 4h7v7h-7z M4 13h7v7H4z M13 13h7v7h-7z",
  hand: "M7 13V7a1.5 1.5 0 0 1 3 0v4 M10 11V4.5a1.5 1.5 0 0 1 3 0V11 M13 11V5.5a1.5 1.5 0 0 1 3 0V12 M16 12V9a1.5 1.5 0 0 1 3 0v6c0 8-9 8-11 4l-3.5-5c-1-2 1-3 2.5-1",
  home: "M4 11l8-7 8 7v9H4z M10 20v-6h4v6",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M12 11v5 M12 8v.01",
  key: "M8 12a4 4 0 1 0 0 .01z M12 12h9 M17 12v4 M21 12v3",
  lamp: "M9 18h6 M10 21h4 M12 3a6 6 0 0 0-3.5 11v1h7v-1A6 6 0 0 0 12 3z",
  list: "M9 6h11 M9 12h11 M9 18h11 M4.5 6v.01 M4.5 12v.01 M4.5 18v.01",
  lock: "M6 11h12v9H6z M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  menu: "M4 7h16 M4 12h16 M4 17h16",
  minus: "M5 12h14",
  more: "M6 12v.01 M12 12v.01 M18 12v.01",
  page: "M6 3h9l4 4v14H6z M14 3v5h5 M9 13h7 M9 17h7",
  pause: "M8 5v14 M16 5v14",
  people: "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z M3 20c0-7 12-7 12 0 M16 5.5a3 3 0 0 1 0 5.5 M18 14.5c2 .8 3 2.5 3 5.5",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M4 21c0-8 16-8 16 0",
  picture: "M3 5h18v14H3z M3 17l5.500-6 4 4.500 3-3 5.500 5 M15.500 9v.01",
  play: "M7 4.5l12 7.5-12 7.5z",
  plus: "M12 5v14 M5 12h14",
  printer: "M7 9V3h10v6 M7 17H4V9h16v8h-3 M7 14h10v7H7z",
  puzzle: "M4 8h5c-1.5-4 5.5-4 4 0h6v5c-4-1.5-4 5.5 0 4v4H4z",
  refresh: "M20 12a8 8 0 1 1-2.5-5.800 M20 3v5h-5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5L21 21",
  sound: "M4 9.5h4L13 5v14l-5-4.5H4z M16.5 9c1.5 1.5 1.5 4.5 0 6 M19 6.5c3 3 3 8 0 11",
  stop: "M7 7h10v10H7z",
  star: "M12 3l2.700 5.800 6.3.8-4.600 4.3 1.200 6.3L12 17l-5.600 3.200 1.200-6.3L3 9.600l6.3-.8z",
  tablet: "M6 3h12v18H6z M12 18v.01",
  trash: "M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13",
  up: "M5 15l7-7 7 7",
  upload: "M12 16V5 M7 9l5-5 5 5 M4 20h16",
  usb: "M9 3h6v6H9z M6 9h12v8a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4z M11 6v.01 M13 6v.01",
  wifi: "M3 9.5c5-5 13-5 18 0 M6.5 13c3-3 8-3 11 0 M10 16.5c1-1 3-1 4 0 M12 20v.01",
} as const;

export type IconName = keyof typeof PATHS;

/** Icons that point along the text; they turn round in right-to-left. */
const ALONG = new Set<IconName>(["back", "forward", "door", "list", "play", "book"]);

/** Decoration beside a word. A button without words gets its name from `IconButton`. */
export function Icon({ name, big, after }: { name: IconName; big?: boolean; after?: boolean }) {
  const classes = ["icon", big && "icon-big", after && "icon-after", ALONG.has(name) && "icon-along"];
  return (
    <svg class={classes.filter(Boolean).join(" ")} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
