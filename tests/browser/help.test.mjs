// A hand goes up: the teacher sees it within two seconds, with at most five names to visit, each with one reason and one
// thing to do; and when the teacher was there, the hand goes down on the tablet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, enter, setUpSchool } from "./box.mjs";
import { PHONE, TABLET, startChromium, takeTablet } from "./chromium.mjs";
import { NAMES, openLesson, readOn, signInAsStaff, signInByPictures, until } from "./steps.mjs";

const COURSE = "org.schoolhouse.first-steps";
const box = new Box();
let browser;
let school;
let desk;
let tablet;

before(async () => {
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, NAMES.slice(0, 8));
  desk = await takeTablet(browser, { viewport: PHONE });
  tablet = await takeTablet(browser, { viewport: TABLET });
});

after(async () => {
  await browser?.close();
  await box.stop();
});

const visitOf = (name) => desk.page.locator(".visit", { hasText: name });

test("a hand is on the teacher's screen within two seconds, with a reason and one thing to do", async () => {
  const [amina] = school.students;
  await signInAsStaff(desk.page, box);
  await desk.page.goto(`${box.origin}/teach/classes/${school.class.id}`);
  await desk.page.locator(".visits").waitFor();
  await signInByPictures(tablet.page, box, amina);
  await openLesson(tablet.page, COURSE, "find-it");
  const hand = tablet.page.locator(".hand");
  await hand.click();
  const raised = Date.now();
  await visitOf(amina.name).waitFor();
  const took = Date.now() - raised;
  assert.ok(took <= 2_000, `${took} ms`);
  await tablet.page.locator(".hand-banner").waitFor();
  assert.equal(await hand.getAttribute("aria-pressed"), "true");
  for (const words of [".visit-reason", ".visit-do"]) {
    assert.match(await visitOf(amina.name).locator(words).innerText(), /\w{2,}/);
  }
  // The hand stays up while the student goes on.
  await readOn(tablet.page);
  assert.equal(await hand.getAttribute("aria-pressed"), "true");
});

test("the teacher goes there, and the hand goes down on the tablet", async () => {
  const [amina] = school.students;
  await visitOf(amina.name).locator(".visit-there").click();
  await visitOf(amina.name).waitFor({ state: "detached" });
  await until("the hand is down", async () => (await tablet.page.locator(".hand").getAttribute("aria-pressed")) === "false");
});

test("at most five names are told, whoever waited longest first, and the other hands wait below", async () => {
  const waiting = school.students.slice(1, 8);
  for (const student of waiting) {
    const { person } = await enter(box, student);
    await person.post("/api/v1/help", { up: true, place: null });
  }
  await desk.page.locator(".more-hands li").nth(1).waitFor();
  const names = await desk.page.locator(".visit .visit-name").allInnerTexts();
  assert.deepEqual(names, waiting.slice(0, 5).map(({ name }) => name));
  assert.equal(await desk.page.locator(".more-hands li").count(), 2);
  for (const visit of await desk.page.locator(".visit").all()) {
    assert.equal(await visit.locator(".visit-reason").count(), 1);
    assert.match(await visit.locator(".visit-do").innerText(), /\w{2,}/);
  }
  await visitOf(waiting[0].name).locator(".visit-there").click();
  await desk.page.locator(".visit .visit-name", { hasText: waiting[5].name }).waitFor();
  assert.deepEqual([...desk.errors, ...tablet.errors], []);
});
