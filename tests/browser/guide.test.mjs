// A guide for teachers: found, read, printed, and kept from students.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { signInAsStaff, signInByPictures } from "./steps.mjs";

const GUIDE = "org.schoolhouse.blended-lessons";
const box = new Box();
let browser;
let desk;
let school;

before(async () => {
  await box.start();
  browser = await startChromium();
  school = await setUpSchool(box, ["Amina Phiri"]);
  desk = await takeTablet(browser, { viewport: LAPTOP });
  await signInAsStaff(desk.page, box);
});

after(async () => {
  await browser?.close();
  await box.stop();
});

/** How many sheets of paper come out of the printer. */
async function sheets(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}

test("a teacher finds the guide in the library and opens any of its pages", async () => {
  const { page } = desk;
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("region", { name: "For you" }).getByRole("link", { name: /Blended lessons/ }).click();
  await page.getByRole("button", { name: /Station rotation/ }).click();
  await page.getByRole("link", { name: /^Minute by minute/ }).click();
  await page.getByRole("heading", { level: 1, name: "Minute by minute: three stations" }).waitFor();
  await page.getByLabel("Go to").selectOption({ label: "Eight questions lead to a model" });
  await page.getByRole("heading", { level: 1, name: "Eight questions lead to a model" }).waitFor();
  // A link in the text leads to a page of the guide, with Enter as well.
  const link = page.locator(".pack-page a", { hasText: "Lab rotation" });
  await link.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Lab rotation: the class goes to the tablets" }).waitFor();
  await page.getByRole("navigation", { name: "Before and after" }).getByRole("link").last().click();
  await page.getByRole("heading", { level: 1, name: "Minute by minute: two halves" }).waitFor();
  // A link to the students' screen, such as that of a search, leads to the same page.
  await page.goto(`${box.origin}/learn/${GUIDE}/pairs/cards`);
  await page.waitForURL(`**/teach/courses/${GUIDE}/pairs/cards`);
  await page.getByRole("button", { name: "Print these cards" }).waitFor();
});

test("cards come out of the printer alone, as many sheets as were told", async () => {
  const { page } = desk;
  for (const [lesson, cards, paper] of [["station-rotation", 9, 4], ["groups", 5, 2], ["enriched-virtual", 2, 2], ["share-tablets", 10, 2]]) {
    await page.goto(`${box.origin}/teach/courses/${GUIDE}/${lesson}/cards`);
    await page.getByText(`${cards} cards · ${paper} sheets of paper`).waitFor();
    await page.getByRole("button", { name: "Print these cards" }).waitFor();
    assert.equal(await sheets(page), paper, lesson);
    await page.emulateMedia({ media: "print" });
    const shown = await page.locator("h1, .cards-note, nav, button").evaluateAll((all) => all.filter((one) => one.offsetParent).length);
    assert.equal(shown, 0, "only cards are printed");
    // Nothing that an author wrote is cut off: no card is wider or higher than its place.
    const clipped = await page.locator(".cards-row .card-to-cut").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    assert.equal(clipped, 0, lesson);
    await page.emulateMedia({ media: null });
  }
  // A slip of its own fills the sheet, and is read aloud once.
  await page.goto(`${box.origin}/teach/courses/${GUIDE}/groups/cards`);
  await page.locator(".cards-sheet").first().waitFor();
  assert.equal(await page.locator(".cards-sheet").first().locator(".card-to-cut").count(), 4);
  assert.equal(await page.getByRole("heading", { name: "Before I go" }).count(), 1);
});

test("a page of a students' course is printed without what surrounds it", async () => {
  const { page } = desk;
  await page.goto(`${box.origin}/teach/courses/org.schoolhouse.numbers`);
  await page.locator(".lesson-look-top").first().click();
  await page.getByRole("link", { name: /^Print “/ }).first().click();
  await page.getByRole("button", { name: "Print this page" }).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav:visible, button:visible, select:visible").count(), 0);
  assert.ok(await page.locator("h1").isVisible());
  await page.emulateMedia({ media: null });
});

test("a teacher checks herself, and nothing of it is kept", async () => {
  const { context, page, errors } = await takeTablet(browser, { viewport: PHONE });
  await signInAsStaff(page, box);
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto(`${box.origin}/teach/courses/${GUIDE}/station-rotation/exit`);
  const first = page.locator(".self-check").first();
  await first.getByRole("radio", { name: /False/ }).click();
  await first.getByRole("button", { name: "Check" }).click();
  await first.locator(".item-feedback.is-right").waitFor();
  await first.getByRole("button", { name: "Try again" }).click();
  await first.getByRole("radio", { name: /True/ }).click();
  await first.getByRole("button", { name: "Check" }).click();
  await first.locator(".item-feedback.is-wrong").waitFor();
  assert.deepEqual(sent, []);
  assert.deepEqual(errors, []);
  await context.close();
});

test("a student neither sees nor opens it", async () => {
  const { context, page } = await takeTablet(browser, { viewport: PHONE });
  await signInByPictures(page, box, school.students[0], school.class.id);
  assert.equal(await page.locator(`a[href*="${GUIDE}"]`).count(), 0);
  for (const path of [`/learn/${GUIDE}`, `/learn/${GUIDE}/station-rotation/read`, `/teach/courses/${GUIDE}/station-rotation/read`]) {
    await page.goto(box.origin + path);
    await page.locator(".banner-warn, .home").first().waitFor();
    assert.equal(await page.getByText("Station rotation").count(), 0, path);
  }
  await context.close();
});
