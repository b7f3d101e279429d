// Somebody types a word and lands at the place: a student in the activity, a teacher in the lesson and its notes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { keyboardOf } from "./hands.mjs";
import { givePack } from "./pack.mjs";
import { signInAsStaff, signInByPictures, until } from "./steps.mjs";

const NUMBERS = "org.schoolhouse.numbers";
const ARABIC = "org.example.arabic";
const box = new Box();
let browser;
let school;

before(async () => {
  givePack(box, { id: ARABIC, direction: "rtl" });
  await box.start();
  school = await setUpSchool(box, ["Amina", "Brian"]);
  await until("the packs are read", async () => (await school.head.get("/api/v1/search")).ready);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box.stop();
});

const titles = (page) => page.locator(".result-title").allInnerTexts();

test("a student types a word with a slip, sees what was meant, and opens it; Back leads to the results", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE });
  await signInByPictures(page, box, school.students[0]);
  await page.locator(".home-search").click();
  await page.waitForURL("**/learn/search");
  await page.getByText("What would you like to find?").waitFor();
  // The field has the focus: one can type at once.
  await page.keyboard.type("bundel", { delay: 30 });
  const first = page.locator(".result").filter({ hasText: "Page" }).first();
  await first.waitFor();
  assert.equal(await first.locator(".result-title mark").first().innerText(), "bundle");
  const heard = await page.locator("[aria-live]").innerText();
  assert.match(heard, /^\d+ results?/);
  await first.click();
  await page.waitForURL(`**/learn/${NUMBERS}/bundles-of-ten/read`);
  await page.locator(".reading").waitFor();
  await page.goBack();
  await first.waitFor();
  assert.equal(await page.locator(".search-input").inputValue(), "bundel");
  assert.match(page.url(), /\?q=bundel$/);
  assert.deepEqual(errors, []);
  await context.close();
});

test("only the newest question is answered, however fast somebody types", async () => {
  const { context, page } = await takeTablet(browser, { viewport: PHONE });
  await signInByPictures(page, box, school.students[0]);
  let asked = 0;
  page.on("request", (request) => (asked += request.url().includes("/api/v1/search?q=") ? 1 : 0));
  await page.goto(`${box.origin}/learn/search`);
  await page.locator(".chip").first().waitFor();
  await page.keyboard.type("fractions on a line", { delay: 10 });
  await page.locator(".result").first().waitFor();
  assert.equal((await titles(page))[0], "Fractions on a line");
  assert.ok(asked <= 4, `${asked} requests for one question`);
  await context.close();
});

test("chips narrow what is found; where nothing is left, one touch searches everywhere again", async () => {
  const { context, page } = await takeTablet(browser, { viewport: PHONE });
  await signInByPictures(page, box, school.students[0]);
  await page.goto(`${box.origin}/learn/search?q=tens`);
  await page.locator(".result").first().waitFor();
  const chip = (name) => page.getByRole("button", { name, exact: true });
  await chip("Lesson").click();
  await until("lessons alone are shown", async () => {
    const where = await page.locator(".result-where").allInnerTexts();
    return where.length > 0 && where.every((text) => text.startsWith("Lesson"));
  });
  await chip("العربية").click();
  await page.getByText("Nothing found for “tens”").waitFor();
  await page.getByRole("button", { name: "Search in everything" }).click();
  await page.locator(".result").first().waitFor();
  assert.equal(await page.locator('.chip[aria-pressed="true"]').count(), 0);
  await page.locator(".search-input").fill("قمر");
  const question = page.locator(".result").first();
  await question.waitFor();
  await until("the hit is marked", async () => (await question.locator("mark").allInnerTexts()).includes("قمر"));
  assert.equal(await question.locator(".result-text bdi").getAttribute("dir"), "rtl");
  await question.click();
  await page.waitForURL(`**/learn/${ARABIC}/kinds/try`);
  await page.locator(".question").waitFor();
  await context.close();
});

test("with the keyboard alone: from the field by Tab to a result", async () => {
  const { context, page } = await takeTablet(browser, { viewport: LAPTOP });
  await signInByPictures(page, box, school.students[1]);
  await page.goto(`${box.origin}/learn/search`);
  await page.locator(".chip").first().waitFor();
  await page.keyboard.type("bundles of ten");
  await page.locator(".result").first().waitFor();
  await keyboardOf(page).tabTo(".result", 0);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/learn/${NUMBERS}/bundles-of-ten/**`);
  await context.close();
});

test("a teacher finds what only teachers read, open at its lesson", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: LAPTOP });
  await signInAsStaff(page, box);
  await page.goto(`${box.origin}/teach/courses`);
  await page.getByRole("link", { name: "Search in all courses" }).click();
  await page.locator(".search-input").fill("shopkeeper");
  const note = page.locator(".result", { hasText: "For teachers" }).first();
  await note.waitFor();
  await page.getByRole("button", { name: "Grade 3", exact: true }).click();
  await note.click();
  await page.waitForURL(`**/teach/courses/${NUMBERS}?lesson=*&note=offTablet`);
  const open = page.locator(".lesson-look", { has: page.locator(".notes") });
  await open.getByText("shopkeeper").first().waitFor();
  assert.equal(await open.locator(".lesson-look-top").getAttribute("aria-expanded"), "true");
  assert.ok((await open.boundingBox()).y < LAPTOP.height, "the lesson is not in sight");
  assert.deepEqual(errors, []);
  await context.close();
});
