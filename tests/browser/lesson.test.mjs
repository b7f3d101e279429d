// A class at work: a school is set up, a student answers twenty questions, and for the middle ten the Wi-Fi is gone,
// then the box. The teacher sees all twenty, once, in order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Box, Person } from "./box.mjs";
import { LAPTOP, TABLET, startChromium, takeTablet } from "./chromium.mjs";
import { answersInJournal } from "./journal.mjs";
import { NAMES, PASSWORD, answerShown, openLesson, readOn, setUpInBrowser, signInByPictures, until, watchActivities } from "./steps.mjs";

const COURSE = "org.schoolhouse.first-steps";
const box = new Box();
let browser;
let desk;
let tablet;
let head;
let classId;
let students;

before(async () => {
  await box.start();
  browser = await startChromium();
  desk = await takeTablet(browser, { viewport: LAPTOP });
  tablet = await takeTablet(browser, { viewport: TABLET });
});

after(async () => {
  await browser?.close();
  await box.stop();
});

test("a school is set up with three fields and the code", async () => {
  await setUpInBrowser(desk.page, box);
  head = new Person(box);
  await head.post("/api/v1/sign-in/staff", { name: "Ms Banda", password: PASSWORD });
  const school = await head.get("/api/v1/school");
  assert.deepEqual([school.setUp, school.name], [true, "Hill School"]);
});

test("a class is made and thirty students pasted; the row with a fault is told by name", async () => {
  const { page } = desk;
  await page.getByRole("button", { name: "Make a class" }).click();
  await page.getByLabel("Name of the class").fill("Class 4");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.waitForURL("**/students");
  classId = /classes\/([0-9a-f]{32})/.exec(page.url())[1];

  await page.getByRole("link", { name: "Add a list" }).click();
  const twice = [...NAMES.slice(0, 29), NAMES[0]];
  await page.getByLabel("List of students").fill(twice.join("\n"));
  await page.getByRole("button", { name: "Look at the list" }).click();
  const bad = page.locator(".mend-bad");
  await bad.first().waitFor();
  assert.equal(await bad.count(), 1);
  assert.match(await bad.innerText(), /Line 30[^]*The list has this name twice/);
  await bad.getByLabel("Name", { exact: true }).fill(NAMES[29]);
  await page.getByRole("button", { name: "Add 30 students" }).click();
  await page.getByText("30 students were added.").waitFor();
  students = (await head.get(`/api/v1/classes/${classId}/students`)).students;
  assert.deepEqual(students.map(({ name }) => name).sort(), [...NAMES].sort());
});

test("thirty badges are ready to print, each with a code and three pictures", async () => {
  const { page } = desk;
  await page.getByRole("link", { name: "Print badges" }).click();
  const badges = page.locator("li.badge");
  await badges.nth(29).waitFor();
  assert.equal(await badges.count(), 30);
  assert.equal(await page.locator("li.badge .badge-qr svg").count(), 30);
  assert.equal(await page.locator("li.badge .badge-pictures svg").count(), 90);
  const names = await page.locator("li.badge .badge-name").allInnerTexts();
  assert.deepEqual(names.sort(), [...NAMES].sort());
});

test("twenty answers, ten of them while the Wi-Fi or the box is away, arrive once and in order", async () => {
  const student = students.find(({ name }) => name === NAMES[0]);
  await desk.page.goto(`${box.origin}/teach/classes/${classId}`);
  const card = desk.page.locator(".live-card", { hasText: student.name });
  await card.waitFor();
  const activities = watchActivities(tablet.context);
  let { page } = tablet;
  const given = [];
  const answerSome = async (count) => {
    while (count-- > 0) {
      given.push(await answerShown(page, activities, { wrong: given.length % 5 === 4 }));
      if (await page.locator(".finished").count()) await page.locator(".finished .button-primary").click();
    }
  };
  await signInByPictures(page, box, student);
  await openLesson(page, COURSE, "find-it");
  await readOn(page);
  await readOn(page);
  // All activities of the lesson are on the tablet before the Wi-Fi goes.
  await until("the lesson is fetched", () => activities.has(`/learn/${COURSE}/find-it/exit`));
  await answerSome(5);

  await tablet.context.setOffline(true);
  await answerSome(3);
  await page.locator(".learn-banner-stays").waitFor();
  await answerSome(2);
  const place = page.url();
  await page.close();
  page = await tablet.context.newPage();
  page.on("pageerror", (error) => tablet.errors.push(String(error)));
  await page.goto(place);
  await page.locator(".question").waitFor();
  await box.kill();
  await tablet.context.setOffline(false);
  await answerSome(5);
  await assert.rejects(page.reload(), /ERR_CONNECTION_REFUSED/, "a reload by hand asks the box");
  await box.start();
  await page.reload();
  await answerSome(5);

  assert.equal(given.length, 20);
  assert.ok(new Set(given.map(({ type }) => type)).size >= 7);
  await card.getByText("4 of 5").waitFor();
  await card.click();
  const near = desk.page.getByRole("dialog");
  await near.getByText(/ of 20 answers right today/).waitFor();
  const live = await head.get(`/api/v1/classes/${classId}/live`);
  const row = live.students.find(({ id }) => id === student.id);
  assert.deepEqual(row.last.map(({ item }) => item), given.slice(-8).map(({ item }) => item));
  // The newest comes first on the screen.
  const skills = await near.locator(".now-answers bdi").allInnerTexts();
  assert.deepEqual(skills, row.last.map(({ skill }) => skill).reverse());
  assert.deepEqual([...tablet.errors, ...desk.errors], []);

  await box.kill("SIGTERM");
  const { entries, answers } = answersInJournal(box, student, given.map(({ item }) => item));
  assert.deepEqual(answers.map(({ item }) => item), given.map(({ item }) => item));
  assert.deepEqual(entries.map(({ n }) => n), entries.map((_, index) => index + 1), "the tablet's numbers have no gap");
  assert.equal(new Set(entries.map(({ client }) => client)).size, 1);
});
