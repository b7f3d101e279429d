import type { Box } from "../api/types";

export interface Addresses {
  /** To be typed into a tablet. */
  first: string;
  others: string[];
  /** The only address that we know works on this machine alone. */
  onlyHere: boolean;
}

function isOnlyHere(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}

/** An address as a child types it: browsers add the `http://` themselves. */
function plain(address: string): string {
  return address.replace(/^http:\/\//, "").replace(/\/$/, "");
}

/**
 * Which addresses to write on the wall. The one by which this page was reached works for certain, unless this
 * browser runs on the box itself; names are easier to type than numbers, but old tablets do not find them.
 */
export function shownAddresses(origin: string, box: Pick<Box, "addresses" | "names"> | null): Addresses {
  const url = new URL(origin);
  const port = url.port ? `:${url.port}` : "";
  const known = [
    ...(isOnlyHere(url.hostname) ? [] : [plain(origin)]),
    // Nobody types an IPv6 address.
    ...(box ? box.addresses.map(plain).filter((address) => !address.startsWith("[")) : []),
    ...(box ? box.names.map((name) => `${name}${port}`) : []),
  ];
  const [first, ...others] = known.filter((one, index) => known.indexOf(one) === index);
  return first ? { first, others: others.slice(0, 2), onlyHere: false } : { first: plain(origin), others: [], onlyHere: true };
}
