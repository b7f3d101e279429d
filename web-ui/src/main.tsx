import "./polyfill";
import { render } from "preact";
import { App } from "./App";
import { openQueue } from "./queue";
import { start } from "./session";
import "./styles/tokens.css";
import "./styles/base.css";
import "./ui/ui.css";
import "./styles/rtl.css";

// too-old.js looks for this.
window.schoolhouseStarted = true;

// Whether a finger or a keyboard is at work: the focus ring is for keyboards (Chrome 70 has no :focus-visible).
addEventListener("keydown", (event) => {
  if (event.key === "Tab" || event.key.startsWith("Arrow")) document.documentElement.setAttribute("data-keys", "");
});
addEventListener("pointerdown", () => document.documentElement.removeAttribute("data-keys"));

start().then(
  () => {
    render(<App />, document.getElementById("app")!);
    // What a student left unsent goes out from whatever page the tablet shows, also when nobody signs in again today.
    void openQueue();
  },
  // Without its texts the app has nothing to say.
  () => window.schoolhouseUnreachable?.(),
);
