// A teacher gives a lesson to a class; its students find it before all else, until she takes it back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, setUpSchool } from "./box.mjs";
import { LAPTOP, PHONE, startChromium, takeTablet } from "./chromium.mjs";
import { signInAsStaff, signInByPictures } from "./steps.mjs";

const NUMBERS = "org.schoolhouse.numbers";
const box = new Box();
let browser;
let school;

before(async () => {
  await box.start();
  school = await setUpSchool(box, ["Amina", "Brian"]);
  await school.head.post("/api/v1/classes", { name: "Class 5" });
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await box.stop();
});

test("three taps give a lesson; a student of the class finds it first and opens it; one tap takes it back, one undoes", async () => {
  const desk = await takeTablet(browser, { viewport: LAPTOP });
  await signInAsStaff(desk.page, box);
  await desk.page.goto(`${box.origin}/teach/courses/${NUMBERS}`);
  await desk.page.getByRole("button", { name: /Fair parts/ }).click();
  await desk.page.locator(".lesson-look").getByRole("button", { name: "Give to a class" }).click();
  const dialog = desk.page.getByRole("dialog");
  assert.equal(await dialog.locator("select option:checked").innerText(), "Fair parts");
  await dialog.getByRole("button", { name: "Give to Class 4" }).click();
  await dialog.getByRole("button", { name: "Take back from Class 4" }).waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();

  const tablet = await takeTablet(browser, { viewport: PHONE });
  await signInByPictures(tablet.page, box, school.students[0], school.class.id);
  const gift = tablet.page.getByRole("region", { name: "From your teacher" }).getByRole("link");
  await gift.waitFor();
  assert.match(await gift.innerText(), /Fair parts/);
  const place = await gift.boundingBox();
  assert.ok(place.y + place.height <= PHONE.height, "the lesson is not in sight at once");
  assert.ok(place.height >= 60, "the lesson is a small target");
  const sent = tablet.page.waitForResponse((answer) => answer.url().endsWith("/api/v1/evidence") && answer.ok());
  await gift.click();
  await tablet.page.waitForURL(`**/learn/${NUMBERS}/fair-parts/read`);
  await tablet.page.locator(".reading").waitFor();
  // The tablet tells a moment later that the lesson was opened.
  await sent;

  await desk.page.goto(`${box.origin}/teach/classes/${school.class.id}`);
  const given = desk.page.getByRole("region", { name: "Given to this class" });
  await given.getByText(/1 of 2 began, 0 finished/).waitFor();
  await given.getByRole("button", { name: "Take back Fair parts" }).click();
  await given.getByText("Taken back: Fair parts").waitFor();
  await tablet.page.goto(`${box.origin}/learn`);
  await tablet.page.locator(".courses").waitFor();
  assert.equal(await tablet.page.getByText("From your teacher").count(), 0);
  await given.getByRole("button", { name: "Undo" }).click();
  await given.getByRole("link", { name: /Fair parts/ }).waitFor();
  await tablet.page.reload();
  await gift.waitFor();
  assert.deepEqual([...desk.errors, ...tablet.errors], []);
  await desk.context.close();
  await tablet.context.close();
});

test("a whole course is given from the library, and leads to its lessons", async () => {
  const desk = await takeTablet(browser, { viewport: PHONE });
  await signInAsStaff(desk.page, box);
  await desk.page.goto(`${box.origin}/teach/library`);
  await desk.page.getByRole("button", { name: "More about First steps on a tablet" }).click();
  await desk.page.locator(".pack-more").getByRole("button", { name: "Give to a class" }).click();
  const dialog = desk.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Give to Class 4" }).click();
  await dialog.getByRole("button", { name: "Take back from Class 4" }).waitFor();
  const tablet = await takeTablet(browser, { viewport: LAPTOP });
  await signInByPictures(tablet.page, box, school.students[1], school.class.id);
  const first = tablet.page.getByRole("region", { name: "From your teacher" }).getByRole("link").first();
  await first.click();
  await tablet.page.waitForURL("**/learn/org.schoolhouse.first-steps");
  await tablet.page.locator(".trail").first().waitFor();
  assert.deepEqual([...desk.errors, ...tablet.errors], []);
  await desk.context.close();
  await tablet.context.close();
});
