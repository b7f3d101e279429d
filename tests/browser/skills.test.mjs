// What a student can do, on every screen: practice that the box chooses, the own map, the teacher's grid and word; finding
// out where to start; and two students on one tablet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { LAPTOP, TABLET, startChromium, takeTablet } from "./chromium.mjs";
import { answer, fingerOf } from "./hands.mjs";
import { PICTURES, shownIndex, signInAsStaff, signInByPictures, until } from "./steps.mjs";

const COURSE = "org.schoolhouse.numbers";
const SKILL = "tens-and-ones";
const box = new Box();
let browser;
let school;
let desk;
let tablet;
let questions;

before(async () => {
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale", "Chisomo Banda"]);
  desk = await takeTablet(browser, { viewport: LAPTOP });
  tablet = await takeTablet(browser, { viewport: TABLET });
  questions = watchSittings(tablet.context);
});

after(async () => {
  await browser?.close();
  await box.stop();
});

/** The questions of the sitting that is shown, by place, as the box chose them last; and how far it has told them. */
function watchSittings(context) {
  const seen = { items: new Map(), from: -1, kind: "" };
  context.on("response", async (response) => {
    const { pathname } = new URL(response.url());
    if (!/\/courses\/[^/]+\/(practice|show|placement)\/[^/]+$/.test(pathname) || !response.ok()) return;
    const sitting = await response.json().catch(() => null);
    if (!sitting?.items) return;
    if (sitting.items.some(({ place }) => place === 0)) seen.items.clear();
    for (const { place, item } of sitting.items) seen.items.set(place, item);
    seen.from = Math.min(sitting.of, ...sitting.items.map(({ place }) => place));
    seen.kind = sitting.kind;
  });
  return seen;
}

/** Answers the question that is shown, and goes on when the box has chosen the next one. */
async function answerOne({ offline = false } = {}) {
  const { page } = tablet;
  const index = await shownIndex(page);
  await until("its question is known", () => questions.items.has(index));
  await answer(fingerOf(page), questions.items.get(index));
  await page.locator(".question-foot button[type=submit]:enabled").click();
  if (questions.kind === "practice") {
    await page.locator(".after").waitFor();
    if (!offline) await until("the box has chosen anew", () => questions.from > index);
    await page.locator(".question-foot .button").last().click();
  }
  await page.locator(`.dot-here:nth-child(${index + 2}), .finished`).first().waitFor();
}

async function answerAll() {
  await tablet.page.locator(".question").waitFor();
  while ((await tablet.page.locator(".finished").count()) === 0) await answerOne();
}

const student = (name) => school.students.find((one) => one.name === name);
const cellOf = (name) => desk.page.locator("tr", { hasText: name }).locator(".grid-cell").first();
const done = async () => {
  await tablet.page.locator(".learn-done").click();
  await tablet.page.locator(".faces").waitFor();
};

test("a student practises what the box chooses and finds it on the own map within two seconds", async () => {
  const { page } = tablet;
  await signInByPictures(page, box, student("Amina Phiri"));
  await page.locator(".choices .choice").first().waitFor();
  assert.equal(await page.locator(".choices .choice").count(), 3);
  await page.goto(`${box.origin}/learn/practice/${COURSE}/${SKILL}`);
  await answerAll();
  const ended = Date.now();
  await page.locator(".finished .button", { hasText: "My skills" }).click();
  const row = page.locator(".skill-row", { hasText: "Tens and ones" });
  await row.locator("[aria-label=Secure], [title=Secure]").or(row.getByText("Secure")).first().waitFor();
  const took = Date.now() - ended;
  assert.ok(took <= 2_000, `${took} ms`);
});

test("the teacher's grid shows it, and a teacher's word stands beside it", async () => {
  const { page } = desk;
  await signInAsStaff(page, box);
  await page.goto(`${box.origin}/teach/classes/${school.class.id}/skills`);
  await page.locator(".grid").waitFor();
  assert.match(await cellOf("Amina Phiri").getAttribute("aria-label"), /Tens and ones: Secure/);
  assert.match(await cellOf("Brian Mwale").getAttribute("aria-label"), /Tens and ones: Not yet seen/);
  await cellOf("Brian Mwale").click();
  await page.getByRole("button", { name: "I know better" }).click();
  await page.getByLabel("How far is it really?").selectOption("nearly");
  await page.getByLabel("Why").fill("Shows it with sticks");
  await page.getByRole("button", { name: "Say so" }).click();
  await page.getByText("Shows it with sticks").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await until("the word is in the grid", async () => /Nearly.*Said by a teacher/.test(await cellOf("Brian Mwale").getAttribute("aria-label")));
});

test("a teacher asks the class to find out where to start, and each is told where", async () => {
  const { page } = desk;
  await page.getByRole("button", { name: "Find out where to start" }).click();
  await page.getByRole("button", { name: "Ask them" }).click();
  await page.locator(".placements li").nth(2).waitFor();
  assert.match(await page.locator(".placements li", { hasText: "Brian" }).innerText(), /Not begun/);

  await done();
  await signInByPictures(tablet.page, box, student("Brian Mwale"));
  await tablet.page.locator(".offer .choice", { hasText: "From your teacher" }).click();
  await tablet.page.getByText("These questions may be hard").waitFor();
  assert.equal(await tablet.page.locator(".dot").count(), 12);
  await answerAll();
  await tablet.page.getByText("Start here:").waitFor();
  const start = await tablet.page.locator(".finished-title bdi").innerText();
  assert.equal(await tablet.page.locator(".dot-right").count(), 0, "nobody is told what was right");

  await page.reload();
  await page.getByRole("button", { name: "Find out where to start" }).click();
  await page.locator(".placements li", { hasText: "Brian" }).getByText(`Starts with ${start}`).waitFor();
  await tablet.page.goto(`${box.origin}/learn`);
  await tablet.page.locator(".choices .choice").first().waitFor();
  assert.equal(await tablet.page.locator(".offer").count(), 0, "asked and answered");
});

test("who knows a skill shows it with five questions, and is told so", async () => {
  const { page } = tablet;
  await page.goto(`${box.origin}/learn/practice/${COURSE}/add-to-100`);
  await page.getByRole("link", { name: "I know this already" }).click();
  await page.locator(".question").waitFor();
  assert.equal(await page.locator(".dot").count(), 5);
  await answerAll();
  await page.getByText(/You can skip its lesson|Practice will bring you there/).waitFor();
});

test("two work on one tablet, also without Wi-Fi, and both are credited", async () => {
  const { page } = tablet;
  const chisomo = student("Chisomo Banda");
  await page.goto(`${box.origin}/learn`);
  await page.getByRole("link", { name: "Work together" }).click();
  await page.locator("button.face", { hasText: chisomo.name }).click();
  for (const picture of chisomo.pictures) await page.locator(".picture-button").nth(PICTURES.indexOf(picture)).click();
  await page.locator(".pair").waitFor();
  const badge = await page.locator(".pair").innerText();
  assert.match(badge, /Brian Mwale \+ Chisomo Banda/);
  assert.match(badge, /Brian Mwale taps now/);

  await page.goto(`${box.origin}/learn/practice/${COURSE}/${SKILL}`);
  await page.locator(".question").waitFor();
  await tablet.context.setOffline(true);
  for (let i = 0; i < 3; i++) await answerOne({ offline: true });
  assert.match(await page.locator(".pair").innerText(), /Chisomo Banda taps now/, "they take turns");
  await tablet.context.setOffline(false);
  const seen = async (name) =>
    (await school.head.get(`/api/v1/students/${student(name).id}/skills/${COURSE}/${SKILL}`)).evidence.filter(({ together }) => together);
  await until("the answers are with both", async () => (await seen("Brian Mwale")).length >= 3 && (await seen("Chisomo Banda")).length >= 3);
  assert.equal((await seen("Chisomo Banda")).length, 3);

  await page.reload();
  await page.locator(".pair").waitFor();
  await done();
  await signInByPictures(page, box, student("Amina Phiri"));
  await page.locator(".choices").waitFor();
  assert.equal(await page.locator(".pair").count(), 0, "it ends with the sign-out");
  assert.deepEqual([...desk.errors, ...tablet.errors], []);
});
