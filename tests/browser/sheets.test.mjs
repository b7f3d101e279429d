// Questions without tablets: a teacher prints a sheet in two forms with its key, shows it on the wall, and writes down who was
// right. SHEETS=folder keeps a picture of each screen and each page as it is printed.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Box, enter, finish, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { NAMES, signInAsStaff, until } from "./steps.mjs";

const COURSE = "org.schoolhouse.numbers";
const FOLDER = process.env["SHEETS"];
const box = new Box();
let browser;
let school;

before(async () => {
  await box.start();
  school = await setUpSchool(box, NAMES);
  browser = await startChromium();
  if (FOLDER) mkdirSync(FOLDER, { recursive: true });
});

after(async () => {
  await browser?.close();
  await box.stop();
});

async function open(viewport = LAPTOP) {
  const tablet = await takeTablet(browser, { viewport });
  await signInAsStaff(tablet.page, box);
  return tablet;
}

async function picture(page, name, size = "desk") {
  if (FOLDER) await page.screenshot({ path: join(FOLDER, `${name}-${size}.png`), fullPage: true });
}

async function print(page, name) {
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: true, ...(FOLDER && { path: join(FOLDER, `${name}.pdf`) }) });
  return pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
}

const ofClass = (end = "") => `${box.origin}/teach/classes/${school.class.id}${end}`;
const sheet = (skills, number = 7) => ofClass(`/sheet?course=${COURSE}&skills=${skills}&count=10&forms=2&number=${number}`);
const texts = (page, selector) => page.locator(selector).allInnerTexts();

test("a sheet in two forms is made from a skill and printed with its key and a list for the marks", async () => {
  const { page, errors, context } = await open();
  await page.goto(ofClass("/skills"));
  await page.getByRole("link", { name: "Questions for paper" }).click();
  await page.getByRole("combobox").first().selectOption(COURSE);
  await picture(page, "form");
  await page.getByRole("button", { name: "Make the sheet" }).click();
  await page.getByText("Choose at least one skill.").waitFor();
  await page.getByText("Tens and ones", { exact: true }).click();
  await page.getByText("Compare and order", { exact: true }).click();
  await page.getByLabel("Forms").selectOption("2");
  await page.getByLabel("Number of a former sheet").fill("7");
  await page.getByRole("button", { name: "Make the sheet" }).click();
  await page.locator(".paper").first().waitFor();
  const forms = page.locator(".paper-questions");
  assert.equal(await forms.count(), 2);
  assert.equal(await forms.first().locator("> li").count(), 10);
  assert.notEqual(await forms.first().innerText(), await forms.last().innerText());
  await page.getByLabel("Answer sheet without questions").check();
  await page.getByLabel("Marking list").check();
  assert.equal(await page.locator(".paper-marks tbody tr").count(), NAMES.length);
  await picture(page, "sheet");
  assert.ok((await print(page, "sheet-en")) <= 11);
  const first = await texts(page, ".paper-questions > li");
  await page.getByRole("button", { name: "Other questions" }).click();
  await until("other questions are there", async () => (await texts(page, ".paper-questions > li")).join() !== first.join());
  await page.goto(sheet("tens-and-ones,compare-and-order"));
  await page.locator(".paper").first().waitFor();
  assert.deepEqual(await texts(page, ".paper-questions > li"), first, "the number on the paper gives it again");
  assert.deepEqual(errors, []);
  await context.close();
});

test("on the wall stands one question after the other; who was right is written down without names beside it", async () => {
  const { page, errors, context } = await open(PHONE);
  await page.goto(sheet("tens-and-ones"));
  await page.getByRole("button", { name: "Show on the wall" }).click();
  await page.locator(".wall").waitFor();
  await picture(page, "wall", "phone");
  await page.setViewportSize(LAPTOP);
  await picture(page, "wall");
  assert.equal(await page.locator(".wall-answer").count(), 0);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("Question 2 of 10").waitFor();
  await page.keyboard.press("PageDown");
  await page.getByText("Question 3 of 10").waitFor();
  await page.getByRole("button", { name: "Show the answer" }).click();
  await page.locator(".wall-answer").waitFor();
  await picture(page, "wall-answer");
  await page.getByRole("button", { name: "Who was right?" }).click();
  assert.equal(await page.getByText(NAMES[0]).count(), 0, "no name beside the answer");
  await page.getByRole("button", { name: "Write it down" }).click();
  const row = page.getByRole("group", { name: NAMES[0] });
  await row.waitFor();
  await picture(page, "hands");
  await row.getByRole("button").first().click();
  const written = await until("the box has the card", async () => {
    const { checks } = await school.head.get(`/api/v1/classes/${school.class.id}/checks`);
    return checks.find((one) => one.way === "cards" && one.students === 1);
  });
  assert.equal(written.skills[0].skill, `${COURSE}/tens-and-ones`);
  await page.goBack();
  await page.getByText("Question 3 of 10").waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test("the scores of a printed sheet are written down as a test on paper", async () => {
  const { page, context } = await open();
  await page.goto(sheet("tens-and-ones,compare-and-order"));
  await page.getByRole("button", { name: "Write scores down" }).click();
  await page.getByText("Sheet 7").first().waitFor();
  await picture(page, "scores");
  assert.match(await page.locator("main").innerText(), /Tens and ones/);
  await context.close();
});

test("a teacher sees how the questions of a course do", async () => {
  for (const [index, student] of school.students.slice(0, 24).entries()) {
    await finish(await enter(box, student), COURSE, "bundles-of-ten", "try", { right: index % 3 === 0 ? 1 : 4 });
  }
  const { page, errors, context } = await open();
  await page.goto(`${box.origin}/teach/courses/${COURSE}`);
  await page.getByRole("link", { name: "How the questions do" }).click();
  await page.locator(".items-page h2").waitFor();
  await page.locator(".items-page button").first().click();
  assert.ok((await page.locator(".items-one").count()) > 3);
  assert.match(await page.locator(".items-page").innerText(), /24 answers/);
  await picture(page, "items");
  await page.setViewportSize(PHONE);
  await picture(page, "items", "phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} px too wide on a phone`);
  assert.deepEqual(errors, []);
  await context.close();
});

test("a sheet is whole from right to left", async () => {
  await school.head.call("PATCH", "/api/v1/school", { language: "ar" });
  const { page, errors, context } = await open(PHONE);
  await page.goto(sheet("tens-and-ones"));
  await page.locator(".paper").first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} px too wide on a phone`);
  await picture(page, "sheet-ar", "phone");
  assert.ok((await print(page, "sheet-ar")) <= 8);
  assert.deepEqual(errors, []);
  await context.close();
});
