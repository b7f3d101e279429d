/** Addresses of the screens of own courses. */

/** `/teach/own` and what is below it, every segment encoded. */
export const ownPath = (...segments: string[]): string => ["/teach/own", ...segments.map(encodeURIComponent)].join("/");
