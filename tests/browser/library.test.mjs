// From a stick to a lesson: what a teacher taps, what a student sees, and what happens when Wi-Fi or stick go away.
import assert from "node:assert/strict";
import { rmSync, truncateSync } from "node:fs";
import { after, before, test } from "node:test";
import { faultsOf } from "./axe.mjs";
import { Box, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { buildPack, Stick } from "./stick.mjs";
import { openLesson, signInAsStaff, signInByPictures, until } from "./steps.mjs";

const FRACTIONS = "org.example.fractions";
/** A slow machine takes its time to look closely at a course. */
const PATIENCE = { timeout: 180_000 };
let box;
let browser;
let school;
let stick;
const packs = [];

before(async () => {
  const fractions = buildPack({ id: FRACTIONS, title: { en: "Fractions", es: "Fracciones", fr: "Fractions", ar: "الكسور" } });
  const tablet = buildPack({ id: "org.example.tablet", title: { en: "Tablet games" }, from: "first-steps" });
  const cut = buildPack({ id: "org.example.cut", title: { en: "Cut off" } });
  truncateSync(cut.file, 40_000);
  packs.push(fractions, tablet, cut);
  stick = new Stick({
    "courses/fractions.schoolpack": fractions.file,
    "courses/tablet games.schoolpack": tablet.file,
    "broken.schoolpack": cut.file,
  });
  console.log(`# the stick is ${stick.kind}`);
  box = await new Box({ settings: stick.settings }).start();
  school = await setUpSchool(box, ["Amina", "Bilal"]);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box?.stop();
  stick?.remove();
  for (const { file } of packs) rmSync(file, { force: true });
});

const card = (page, title) => page.locator(".offer", { has: page.getByRole("heading", { name: title }) });

test("a stick is plugged in, and three taps later a student opens the first lesson", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE, bypassCSP: true });
  await signInAsStaff(page, box);
  await page.locator(".room-cards").waitFor();
  let taps = 0;
  const tap = async (thing) => {
    await thing.click();
    taps += 1;
  };

  const plugged = Date.now();
  stick.plugIn();
  const banner = page.locator(".stick-banner");
  await banner.getByText("A stick is in: 2 courses to add").waitFor();
  console.log(`# ${Date.now() - plugged} ms from plugging in to the teacher's page`);
  await tap(banner.getByRole("link", { name: "Look" }));
  const fractions = card(page, "Fractions");
  await fractions.waitFor();
  const told = await fractions.innerText();
  for (const words of ["English", "Grades", "lessons", "KB", "Not signed"]) assert.ok(told.includes(words), `${words} in ${told}`);
  await fractions.locator(".verdict:not(.verdict-checking)").waitFor(PATIENCE);
  assert.match(await card(page, "broken").innerText(), /Can’t be added/);
  assert.deepEqual(await faultsOf(page), []);

  await tap(fractions.getByRole("button", { name: "Add" }));
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await tap(dialog.locator(".button-primary"));
  await fractions.getByText("It is on the box now.").waitFor(PATIENCE);
  assert.deepEqual(await faultsOf(page), []);

  const student = await takeTablet(browser, { viewport: PHONE });
  await signInByPictures(student.page, box, school.students[0]);
  const course = await school.head.get(`/api/v1/courses/${FRACTIONS}`);
  await openLesson(student.page, FRACTIONS, course.units[0].lessons[0].id);
  await student.page.locator(".reading").waitFor();
  assert.ok(taps <= 5, `${taps} taps`);
  console.log(`# ${taps} taps by the teacher`);

  await fractions.getByRole("link", { name: "Open it" }).click();
  await page.locator(".lesson-look").first().waitFor();
  assert.deepEqual([...errors, ...student.errors], []);
  await student.context.close();
  await context.close();
});

test("what was on a stick that is pulled out is not offered, and comes back with it", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: LAPTOP, bypassCSP: true });
  await signInAsStaff(page, box);
  await page.goto(`${box.origin}/teach/library`);
  await card(page, "Tablet games").waitFor();
  stick.pull();
  await card(page, "Tablet games").waitFor({ state: "detached" });
  await page.getByText("Plug a USB stick with courses into the box.").waitFor();
  assert.deepEqual(await faultsOf(page), []);
  stick.plugIn();
  await card(page, "Tablet games").waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test("a course goes to the stick and off the box, and what students did in it is there when it comes back", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE, bypassCSP: true });
  await signInAsStaff(page, box);
  await page.goto(`${box.origin}/teach/library`);
  const fractions = page.locator(".pack", { hasText: "Fractions" });
  await fractions.getByRole("button", { name: /More about/ }).click();
  await fractions.getByRole("button", { name: "Copy to KINGSTON" }).click();
  await page.getByText("It is on the stick KINGSTON now").waitFor();
  await fractions.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Fractions?" });
  await dialog.getByText("What they have done in it is kept").waitFor();
  assert.deepEqual(await faultsOf(page), []);
  await dialog.getByRole("button", { name: "Remove it" }).click();
  await fractions.waitFor({ state: "detached" });
  await page.getByText("It is off the box.").waitFor(PATIENCE);
  await until("the course is gone", async () => {
    const { packs: left } = await school.head.get("/api/v1/library");
    return left.every((pack) => pack.id !== FRACTIONS);
  });
  assert.deepEqual(errors, []);
  await context.close();
});

test("a file from a phone goes on by itself after the Wi-Fi was away", async () => {
  const large = buildPack({ id: "org.example.large", title: { en: "Large course" }, padding: 12 << 20 });
  packs.push(large);
  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE, bypassCSP: true });
  await signInAsStaff(page, box);
  await page.goto(`${box.origin}/teach/library`);
  await page.locator(".packs").waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  const wifi = (offline) =>
    devtools.send("Network.emulateNetworkConditions", {
      offline, latency: 0, downloadThroughput: -1, uploadThroughput: 4 << 20,
    });
  await wifi(false);
  await page.locator("#library-files").setInputFiles(large.file);
  const sending = page.locator(".sending", { hasText: ".schoolpack" });
  await sending.waitFor();
  const arrived = async () => (await school.head.get("/api/v1/library")).uploads[0]?.received ?? 0;
  await until("some of it is there", async () => (await arrived()) >= 2 << 20);
  await wifi(true);
  await sending.getByText("No connection. It goes on by itself.").waitFor();
  const before = await arrived();
  assert.ok(before > 0 && before < large.bytes, `${before} of ${large.bytes} bytes`);
  assert.deepEqual(await faultsOf(page), []);
  await wifi(false);
  await card(page, "Large course").waitFor();
  await sending.waitFor({ state: "detached" });
  await card(page, "Large course").getByRole("button", { name: "Add" }).click();
  await page.getByRole("dialog").locator(".button-primary").click();
  await page.locator(".pack", { hasText: "Large course" }).waitFor(PATIENCE);
  assert.deepEqual(errors, []);
  await context.close();
});
