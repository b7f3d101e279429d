import { ApiProblem, get, post } from "./api/client";
import type { Me, Partner, School } from "./api/types";
import { currentLanguage, isLanguage, loadLanguage } from "./i18n";
import { lessonNow } from "./lesson/follow";
import { forgetAll, keepValue, keptValue } from "./kept";
import { openQueue } from "./queue";
import { navigate } from "./router";
import { me, packUrl, partner, reachable, school } from "./store";

/** Set while a student who is done could not be signed out because the box was away. */
const OWED = "schoolhouse.sign-out-owed";
/** Set from when somebody signs in until the pages of packs have forgotten what they kept for them. */
const UNCLEARED = "schoolhouse.packs-uncleared";
const LANGUAGE = "schoolhouse.language";
const CLASS = "schoolhouse.class";
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("schoolhouse-session");

function remember(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A tablet that stores nothing also forgets nothing.
  }
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The language that the sign-in page uses on this tablet, as somebody chose it there. */
export async function chooseLanguage(code: string): Promise<void> {
  await loadLanguage(code);
  remember(LANGUAGE, code);
}

/** The class that used this tablet last: most tablets stay with one, and it saves each student a touch. */
export const lastClass = () => remembered(CLASS);

export const rememberClass = (id: string | null) => remember(CLASS, id);

async function signOutOwed(): Promise<boolean> {
  if (!remembered(OWED)) return false;
  try {
    await post("/api/v1/sign-out");
    remember(OWED, null);
  } catch (error) {
    if (error instanceof ApiProblem && !error.unreachable) remember(OWED, null);
  }
  return true;
}

/** Finds out where we are and who is here; from what the tablet kept when the box is away. */
export async function start(): Promise<void> {
  const owed = await signOutOwed();
  const [schoolNow, meNow] = await Promise.all([
    get<School>("/api/v1/school", { timeout: 8_000 }).catch((error: unknown) => error),
    owed ? null : get<Me>("/api/v1/me", { timeout: 8_000 }).catch((error: unknown) => error),
  ]);
  if (schoolNow instanceof Error) {
    reachable.set(false);
    school.set((await keptValue<School>("school")) ?? null);
  } else {
    school.set(schoolNow as School);
  }
  if (meNow instanceof ApiProblem && meNow.unreachable) {
    reachable.set(false);
    me.set((await keptValue<Me>("me")) ?? null);
  } else if (meNow instanceof Error) {
    // Nobody is signed in any more: what was kept belongs to nobody.
    if (meNow instanceof ApiProblem && meNow.status === 401) await forgetAll();
    me.set(null);
  } else {
    me.set(meNow as Me | null);
    if (meNow) await keep();
  }
  if (me.get()?.role === "student") partner.set((await keptValue<Partner>("partner")) ?? null);
  const asked = new URLSearchParams(location.search).get("language");
  if (isLanguage(asked)) remember(LANGUAGE, asked);
  // In the sample school a visitor keeps the language that they chose, whomever they look around as.
  const own = school.get()?.sample ? null : me.get()?.language;
  await loadLanguage(own ?? remembered(LANGUAGE) ?? school.get()?.language ?? "en");
}

async function keep() {
  await Promise.all([keepValue("me", me.get()), keepValue("school", school.get())]);
}

/** Takes the person whom the box let in, and shows their first page. */
export async function signedIn(person: Me): Promise<void> {
  remember(OWED, null);
  await forgetAll();
  // However the one before went, even in the middle of signing out.
  if (remembered(UNCLEARED)) await clearPacksOrigin();
  remember(UNCLEARED, "1");
  me.set(person);
  await keep();
  const own = school.get()?.sample ? null : person.language;
  if (own && own !== currentLanguage()) await loadLanguage(own).catch(() => undefined);
  tabs?.postMessage("changed");
  navigate(person.role === "student" ? "/learn" : "/teach", { replace: true });
}

/** Takes the person off this page at once: nothing of them may be seen by Back, cache or storage. */
async function leave(): Promise<void> {
  me.set(null);
  partner.set(null);
  lessonNow.set(undefined);
  navigate("/", { replace: true });
  try {
    sessionStorage.clear();
  } catch {
    // No storage, nothing in it.
  }
  await forgetAll();
}

/** What the pages of packs kept in this browser goes, too; only their own origin can reach it. */
function clearPacksOrigin(): Promise<void> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = packUrl("/reader/clear.html");
  const cleared = new Promise<void>((resolve) => {
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || data !== "cleared") return;
      removeEventListener("message", hear);
      frame.remove();
      remember(UNCLEARED, null);
      resolve();
    };
    addEventListener("message", hear);
    setTimeout(resolve, 2_000);
  });
  document.body.appendChild(frame);
  return cleared;
}

/** One tap on "done". */
export async function signOut(): Promise<void> {
  // Owed until the box confirms: the cookie is the box's to take away.
  remember(OWED, "1");
  const left = leave();
  try {
    await post("/api/v1/sign-out", {}, { timeout: 6_000 });
    remember(OWED, null);
    await left;
    await clearPacksOrigin();
    tabs?.postMessage("changed");
    await Promise.race([openQueue().then((queue) => queue.quiet()), new Promise((resolve) => setTimeout(resolve, 3_000))]);
    // A fresh page, so that not even the memory of this one is left. The page was emptied before, because
    // the browser may freeze it and show it again on Back.
    location.replace("/");
  } catch {
    await left;
    tabs?.postMessage("changed");
    await loadLanguage(remembered(LANGUAGE) ?? school.get()?.language ?? "en").catch(() => undefined);
  }
}

/** Asks the box again who is here: after Back, after a long sleep, after another tab changed it. */
export async function recheck(): Promise<void> {
  const before = me.get();
  try {
    const now = await get<Me>("/api/v1/me");
    if (!before || now.id !== before.id) location.replace("/");
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401 && before) {
      await leave();
      location.replace("/");
    }
  }
}

addEventListener("pageshow", (event) => {
  if (event.persisted) void recheck();
});
tabs?.addEventListener("message", () => void recheck());
