// Every type of question is answered with the keyboard alone, left to right and right to left; what students touch is
// large enough for a finger, and nothing has to be pushed sideways on the smallest phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { startChromium, takeTablet } from "./chromium.mjs";
import { answer, keyboardOf } from "./hands.mjs";
import { givePack } from "./pack.mjs";
import { doors, learning } from "./screens.mjs";
import { answerShown, shownIndex, signInByPictures, until, watchActivities } from "./steps.mjs";

const TYPES = [
  "single", "multiple", "truefalse", "number", "short", "cloze", "match", "order", "sort", "hotspot", "numberline", "tapword",
];
const box = new Box();
let browser;
let school;

before(async () => {
  givePack(box, { id: "org.example.ltr", direction: "ltr" });
  givePack(box, { id: "org.example.rtl", direction: "rtl" });
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, ["Amina Phiri", "Brian Mwale", "ليلى حسن", "Zoë Kapito"]);
});

after(async () => {
  await browser?.close();
  await box.stop();
});

for (const [index, direction] of ["ltr", "rtl"].entries()) {
  test(`all twelve types by keyboard, ${direction}`, async () => {
    const student = school.students[index];
    if (direction === "rtl") await school.head.call("PATCH", `/api/v1/students/${student.id}`, { language: "ar" });
    const { context, page, errors } = await takeTablet(browser);
    const activities = watchActivities(context);
    await signInByPictures(page, box, student);
    await page.goto(`${box.origin}/learn/org.example.${direction}/kinds/try`);
    await page.locator(`html[dir=${direction}]`).waitFor();
    const activity = await until("the questions are here", () => activities.get(new URL(page.url()).pathname));
    const keyboard = keyboardOf(page);
    const done = [];
    while (done.length < TYPES.length) {
      const { item } = activity.items[await shownIndex(page)];
      await answerByKeyboard(page, keyboard, item);
      done.push(item.type);
    }
    await page.locator(".finished").waitFor();
    assert.deepEqual(done, TYPES);
    assert.equal(await page.locator(".finished .dot-right").count(), TYPES.length, "all of them right");
    assert.deepEqual(errors, []);
    await context.close();
  });
}

async function answerByKeyboard(page, keyboard, item) {
  await answer(keyboard, item);
  // Enter in a field hands in, too; the button works for all.
  await keyboard.tabTo(".question-foot button[type=submit]", 0);
  await page.keyboard.press("Enter");
  await page.locator(".after").waitFor();
  assert.ok(await page.locator(".after").evaluate((after) => after.contains(document.activeElement)), "the answer is read out");
  await keyboard.tabTo(".question-foot .button", 0);
  await page.keyboard.press("Enter");
  await page.locator(".question-foot button[type=submit], .finished").first().waitFor();
}

/** Things to touch that are too small for a finger, or beyond the page's edge. */
function misfits() {
  const wanted = 48;
  const found = [];
  const shown = (element) => {
    const style = getComputedStyle(element);
    return element.offsetParent !== null && style.visibility !== "hidden" && !element.closest("[inert], [aria-hidden=true]");
  };
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, [role=slider], [tabindex='0']")) {
    // What lies in a label is as large as its label.
    const target = element.closest("label") ?? element;
    if (!shown(target) || element.matches(".item-area, [type=file]")) continue;
    const { width, height } = target.getBoundingClientRect();
    const inText = getComputedStyle(target).display === "inline" && target.closest("p, li");
    if (!inText && (width < wanted - 0.5 || height < wanted - 0.5)) {
      found.push(`${target.outerHTML.slice(0, 120)}: ${Math.round(width)} × ${Math.round(height)}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  return found;
}

test("on students' pages everything is large enough for a finger, and fits a phone of 320 pixels", async () => {
  const { context, page } = await takeTablet(browser, { viewport: { width: 320, height: 568 } });
  const faults = [];
  const look = async (name) => faults.push(...(await page.evaluate(misfits)).map((fault) => `${name}: ${fault}`));
  for (const [name, path, ready] of doors(school).filter(([name]) => !name.includes("staff"))) {
    await page.goto(box.origin + path);
    await page.locator(ready).first().waitFor();
    await look(name);
  }
  const activities = watchActivities(context);
  await signInByPictures(page, box, school.students[3]);
  for (const [name, path, ready, act] of learning().filter(([name]) => !name.includes("finished"))) {
    await page.goto(box.origin + path);
    await page.locator(ready).first().waitFor();
    await act?.(page);
    await look(name);
  }
  await page.goto(`${box.origin}/learn/org.example.ltr/kinds/try`);
  for (const type of TYPES) {
    await page.locator(".question").waitFor();
    await look(type);
    await answerShown(page, activities, { between: () => look(`${type}, answered`) });
  }
  await look("finished");
  assert.deepEqual(faults, []);
  await context.close();
});
