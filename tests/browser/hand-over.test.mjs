// A tablet goes from hand to hand: it asks who is there, goes back to the faces, and lets students in by their badge or
// by the teacher's word.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, TABLET, startChromium, takeTablet } from "./chromium.mjs";
import { openLesson, signInAsStaff, signInByPictures } from "./steps.mjs";

const box = new Box();
let browser;
let school;
let amina;
let brian;

before(async () => {
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale"]);
  [amina, brian] = ["Amina Phiri", "Brian Mwale"].map((name) => school.students.find((one) => one.name === name));
});

after(async () => {
  await browser?.close();
  await box.stop();
});

test("a tablet left alone asks after 90 seconds who is there, and shows the faces after three minutes", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: TABLET });
  await page.clock.install();
  await signInByPictures(page, box, amina);
  await openLesson(page, "org.schoolhouse.first-steps", "tap-it");
  await page.locator(".reading").waitFor();
  await page.clock.runFor(80_000);
  assert.equal(await page.getByRole("dialog").count(), 0, "too early");
  await page.clock.runFor(15_000);
  const asked = page.getByRole("dialog", { name: "Is it still you, Amina Phiri?" });
  await asked.waitFor();
  await asked.getByRole("button").first().click();
  await asked.waitFor({ state: "detached" });
  await page.clock.runFor(95_000);
  await asked.waitFor();
  await page.clock.runFor(90_000);
  await page.locator(".faces").waitFor();
  assert.equal(await page.locator(".learn").count(), 0);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(errors, []);
  await context.close();
});

test("a photo of a badge lets its student in; another photo gets a kind word", async () => {
  const desk = await takeTablet(browser, { viewport: LAPTOP });
  await signInAsStaff(desk.page, box);
  await desk.page.goto(`${box.origin}/teach/classes/${school.class.id}/badges`);
  const badge = desk.page.locator("li.badge", { hasText: brian.name });
  const photo = await badge.screenshot({ type: "jpeg", quality: 80 });
  const face = await badge.locator(".badge-who").screenshot();
  await desk.context.close();

  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE });
  await page.goto(box.origin);
  await page.locator('a[href="/sign-in/badge"]').click();
  const choose = (name, mimeType, buffer) => page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer });
  await choose("face.png", "image/png", face);
  await page.getByText("hard to see in this photo").waitFor();
  await choose("badge.jpg", "image/jpeg", photo);
  await page.waitForURL("**/learn");
  assert.equal(await page.locator(".learn-name").innerText(), brian.name);
  assert.deepEqual(errors, []);
  await context.close();
});

test("a student who forgot the pictures is let in from the teacher's live page", async () => {
  const desk = await takeTablet(browser, { viewport: LAPTOP });
  await signInAsStaff(desk.page, box);
  await desk.page.goto(`${box.origin}/teach/classes/${school.class.id}`);
  await desk.page.locator(".live-card").first().waitFor();

  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE });
  await page.goto(box.origin);
  await page.locator(`a.face[href$="${amina.id}"]`).click();
  const wrong = page.locator(".picture-button").first();
  for (const told of ["you have 4 tries", "you have 3 tries", "you have 2 tries", "One more try", "ask your teacher"]) {
    for (let i = 0; i < 3; i++) await wrong.click();
    await page.locator(".banner", { hasText: told }).waitFor();
  }
  await page.getByRole("link", { name: "Ask the teacher" }).click();
  await page.getByText("Put up your hand").waitFor();

  const asked = desk.page.getByRole("region", { name: "Asking to be let in" }).getByRole("listitem");
  await asked.filter({ hasText: amina.name }).getByRole("button", { name: "Not now" }).click();
  await page.getByText("Your teacher did not let you in").waitFor();
  await page.getByRole("button", { name: "Ask the teacher" }).click();
  await asked.getByRole("button", { name: "Let in" }).click();
  await page.waitForURL("**/learn");
  assert.equal(await page.locator(".learn-name").innerText(), amina.name);
  await desk.page.locator(".live-card", { hasText: amina.name, hasNotText: "Away" }).waitFor();
  assert.deepEqual([...errors, ...desk.errors], []);
});
