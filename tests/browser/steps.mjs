// What people do in the app, told once for all tests.
import { answer, fingerOf } from "./hands.mjs";

export const PASSWORD = "correct horse";

/** Thirty names as a teacher of a class would have them, in several scripts. */
export const NAMES = [
  "Amina Phiri", "Brian Mwale", "Chisomo Banda", "Daudi Juma", "Esnart Zulu", "Fatima Ali", "Grace Tembo", "Hassan Omar",
  "Ifeoma Obi", "Joseph Lungu", "Khadija Saleh", "Limbani Moyo", "Mercy Chanda", "Nasra Yusuf", "Odala Nyirenda",
  "Peter Sakala", "Quetzali Pérez", "Ruth Mumba", "Samuel Daka", "Thandiwe Ngoma", "Umar Bello", "Violet Kunda",
  "Wanjiru Kamau", "Ximena López", "Yohane Gondwe", "Zainab Musa", "ليلى حسن", "सीता तामाङ", "Ángel Núñez", "Zoë Kapito",
];

/** Waits until `look` answers with something true. For states that no page shows. */
export async function until(what, look, patience = 20_000) {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** First page, three fields and the code: a school comes to be. */
export async function setUpInBrowser(page, box) {
  await page.goto(box.origin);
  await page.getByRole("button", { name: "Set up", exact: true }).click();
  await page.getByLabel("Set-up code").fill(box.code);
  await page.getByLabel("Name of the school").fill("Hill School");
  await page.getByLabel("Your name").fill("Ms Banda");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Start our school" }).click();
  await page.waitForURL("**/teach");
}

/** Name and password, in whatever language the page speaks. */
export async function signInAsStaff(page, box, name = "Ms Banda") {
  await page.goto(`${box.origin}/sign-in/staff`);
  await page.locator("input[autocomplete=username]").fill(name);
  await page.locator("input[autocomplete=current-password]").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/teach/);
}

export const PICTURES = ["sun", "fish", "drum", "tree", "boat", "bird", "house", "star", "cup", "key", "leaf", "moon"];

/** Class, face, three pictures; with a single class the first question is skipped. */
export async function signInByPictures(page, box, student, inClass) {
  await page.goto(inClass ? `${box.origin}/sign-in/class/${inClass}` : box.origin);
  await page.locator(`a.face[href$="${student.id}"]`).click();
  for (const picture of student.pictures) await page.locator(".picture-button").nth(PICTURES.indexOf(picture)).click();
  await page.waitForURL("**/learn");
  await page.locator(".home").waitFor();
}

/** Keeps what the pages of a tablet get as activities; the answers to its questions are in there. */
export function watchActivities(context) {
  const seen = new Map();
  context.on("response", async (response) => {
    const url = new URL(response.url());
    if (!/\/activities\/[^/]+$/.test(url.pathname) || response.request().method() !== "GET" || !response.ok()) return;
    const activity = await response.json().catch(() => null);
    if (activity) seen.set(`/learn/${activity.course}/${activity.lesson}/${activity.id}`, activity);
  });
  return seen;
}

/** From the home page to the first question of a practice, past the pages that are read. */
export async function openLesson(page, course, lesson) {
  await page.locator(`a[href="/learn/${course}"]`).first().click();
  await page.locator(`a[href^="/learn/${course}/${lesson}/"]`).click();
}

/** Reads a page to its end. */
export async function readOn(page) {
  await page.locator(".reading").waitFor();
  const before = page.url();
  await page.locator(".activity-foot .button").click();
  await page.waitForURL((url) => url.href !== before);
}

/** The number of the question that is shown, from 0. */
export async function shownIndex(page) {
  const dots = page.locator(".dots .dot");
  await page.locator(".dot-here").waitFor();
  return dots.evaluateAll((all) => all.findIndex((dot) => dot.classList.contains("dot-here")));
}

/** Answers the question that is shown, looks at what came of it (`between`) and goes on; tells what was answered. */
export async function answerShown(page, activities, { hand = fingerOf(page), wrong = false, between } = {}) {
  const index = await shownIndex(page);
  const activity = await until("the page has its questions", () => activities.get(new URL(page.url()).pathname));
  const { item, place } = activity.items[index];
  await answer(hand, wrong ? withoutKey(item) : item);
  const foot = page.locator(".question-foot");
  await foot.locator("button[type=submit]:enabled").click();
  if (activity.kind === "practice") {
    await page.locator(".after").waitFor();
    await between?.();
    await foot.locator(".button").last().click();
  }
  // The old question may still stand there for a moment, with its button.
  await page.waitForFunction((before) => {
    const here = [...document.querySelectorAll(".dots .dot")].findIndex((dot) => dot.classList.contains("dot-here"));
    return document.querySelector(".finished") || (here !== before && document.querySelector(".question-foot button[type=submit]"));
  }, index);
  return { activity: activity.id, place, item: item.id, type: item.type };
}

function withoutKey({ answer: _, ...item }) {
  return { ...item, gaps: item.gaps?.map(({ answer: __, ...gap }) => gap) };
}
