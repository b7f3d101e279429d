/// <reference types="vite/client" />

interface Window {
  /** Set by the app's first line; `too-old.js` looks for it. */
  schoolhouseStarted?: boolean;
  /** Says in four languages that the box does not answer; from `too-old.js`. */
  schoolhouseUnreachable?: () => void;
}
