// A teacher writes down what students show without a tablet: thirty papers, an oral check at six tables, with the Wi-Fi away
// in the middle.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { NAMES, signInAsStaff, until } from "./steps.mjs";

const TENS = "org.schoolhouse.numbers/tens-and-ones";
const box = new Box();
let browser;
let school;

before(async () => {
  await box.start();
  school = await setUpSchool(box, NAMES);
  // The course that a class works with stands open where skills are chosen.
  await school.head.post(`/api/v1/classes/${school.class.id}/given`, { course: "org.schoolhouse.numbers" });
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box.stop();
});

/** A teacher's telephone on the page of the class, and a count of the taps on it. */
async function open() {
  const phone = await takeTablet(browser, { viewport: PHONE, hasTouch: true });
  await signInAsStaff(phone.page, box);
  await phone.page.goto(`${box.origin}/teach/classes/${school.class.id}`);
  await phone.page.locator(".live-grid").waitFor();
  let taps = 0;
  const tap = async (target) => {
    taps += 1;
    await target.tap();
  };
  return { ...phone, tap, taps: () => taps };
}

const checksOf = async () => (await school.head.get(`/api/v1/classes/${school.class.id}/checks`)).checks;

/** What the box has of a check: values by student. */
async function scoresOf(check) {
  const page = await school.head.get(`/api/v1/classes/${school.class.id}/checks/${check}`);
  return Object.fromEntries(page.students.flatMap((row) => row.scores.map((score) => [row.name, score.value])));
}

test("an oral check of six students takes at most twelve taps from the page of the class", async () => {
  const { page, tap, taps, errors, context } = await open();
  await tap(page.getByRole("link", { name: "Checks" }));
  await tap(page.getByRole("link", { name: /^Asked/ }));
  await tap(page.getByText("Tens and ones", { exact: true }));
  await tap(page.getByRole("button", { name: "Begin" }));
  const asked = ["Brian Mwale", "Hassan Omar", "Mercy Chanda", "Samuel Daka", "ليلى حسن", "Zoë Kapito"];
  const words = ["Surely", "Mostly", "With help", "Not yet", "Surely", "Mostly"];
  for (const [index, name] of asked.entries()) {
    await tap(page.getByRole("group", { name }).getByRole("button", { name: words[index] }));
  }
  assert.ok(taps() <= 12, `it took ${taps()} taps`);
  await page.getByText("Saved", { exact: true }).waitFor();
  const [check] = await checksOf();
  assert.deepEqual([check.way, check.students, check.by], ["oral", 6, "Ms Banda"]);
  const expected = { "Brian Mwale": 4, "Hassan Omar": 3, "Mercy Chanda": 2, "Samuel Daka": 1, "ليلى حسن": 4, "Zoë Kapito": 3 };
  assert.deepEqual(await scoresOf(check.check), expected);
  // A slip: one tap takes it back.
  await tap(page.getByRole("group", { name: "Grace Tembo" }).getByRole("button", { name: "Not yet" }));
  await until("the slip is on the box", async () => "Grace Tembo" in (await scoresOf(check.check)));
  await tap(page.getByRole("button", { name: "Undo" }));
  await until("the slip is gone", async () => !("Grace Tembo" in (await scoresOf(check.check))));
  assert.deepEqual(errors, []);
  await context.close();
});

test("thirty papers are typed in one tap each; while the Wi-Fi is away nothing is lost, not even by closing the page", async () => {
  const { page, tap, taps, context } = await open();
  await tap(page.getByRole("link", { name: "Checks" }));
  await tap(page.getByRole("link", { name: /^Test on paper/ }));
  await tap(page.getByText("Tens and ones", { exact: true }));
  await page.getByRole("textbox", { name: "Name" }).fill("Week 3");
  await tap(page.getByRole("button", { name: "Begin" }));
  const sheet = page.locator(".check-sheet");
  await page.locator(".check-row .person-name").first().waitFor();
  const names = await page.locator(".check-row .person-name").allInnerTexts();
  assert.equal(names.length, NAMES.length);
  const valueAt = (index) => (index * 7) % 11;
  const before = taps();
  for (const [index, name] of names.entries()) {
    if (index === 10) await context.setOffline(true);
    if (index === 20) {
      // The page is closed with ten scores unsent, and opened again when the Wi-Fi is back.
      await page.getByText("10 scores wait for the box").waitFor();
      const address = page.url();
      await page.goto("about:blank");
      await context.setOffline(false);
      await page.goto(address);
    }
    await sheet.getByText(name, { exact: true }).waitFor();
    await tap(sheet.getByRole("button", { name: String(valueAt(index)), exact: true }));
  }
  assert.equal(taps() - before, NAMES.length);
  await page.getByText("Saved", { exact: true }).waitFor();
  const check = (await checksOf()).find((one) => one.way === "paper");
  assert.deepEqual([check.title, check.students, check.skills[0].questions], ["Week 3", 30, 10]);
  const expected = Object.fromEntries(names.map((name, index) => [name, valueAt(index)]));
  assert.deepEqual(await scoresOf(check.check), expected);

  // Opened from the list it goes on: the number of questions was another one, and one student was not there.
  await page.getByRole("link", { name: "Done" }).tap();
  await page.getByRole("link", { name: /Week 3/ }).tap();
  await page.getByRole("button", { name: "Date, name, number" }).tap();
  await page.getByLabel("How many questions").fill("12");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).tap();
  await page.getByRole("button", { name: /^Amina Phiri, Tens and ones: 0 of 12/ }).tap();
  await sheet.getByRole("button", { name: "Not here" }).tap();
  await until("it is on the box", async () => (await checksOf()).find((one) => one.way === "paper").students === 29);
  const changed = (await checksOf()).find((one) => one.way === "paper");
  assert.equal(changed.skills[0].questions, 12);
  assert.equal(changed.skills[0].skill, TENS);
  assert.ok(await page.evaluate(() => Object.keys(localStorage).every((key) => !key.startsWith("schoolhouse.check."))));
  await context.close();
});
