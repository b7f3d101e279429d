// Takes the pictures of the README from a box at work: `npm run screenshots`.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import UPNG from "upng-js";
import { Box, enter, finish, setUpSchool } from "./box.mjs";
import { startChromium, takeTablet } from "./chromium.mjs";
import { NAMES, signInAsStaff, signInByPictures, until } from "./steps.mjs";

const FOLDER = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const NUMBERS = "org.schoolhouse.numbers";
const FIRST = "org.schoolhouse.first-steps";
const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 };
const LAPTOP = { viewport: { width: 1280, height: 800 } };
const COLOURS = 128;

const box = new Box();
mkdirSync(FOLDER, { recursive: true });

async function take(page, name) {
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const whole = UPNG.decode(await page.screenshot());
  const small = Buffer.from(UPNG.encode(UPNG.toRGBA8(whole), whole.width, whole.height, COLOURS));
  writeFileSync(`${FOLDER}${name}.png`, small);
  console.log(`${name}.png: ${Math.ceil(small.length / 1024)} KB`);
}

async function takeAll(browser) {
  const { head, class: room, students } = await setUpSchool(box, NAMES.map((name) => name.split(" ")[0]));
  const named = (name) => students.find((one) => one.name.startsWith(name));
  const learners = [];
  for (const student of students.slice(1, 17)) learners.push(await enter(box, student));
  for (const [index, learner] of learners.entries()) {
    if (index === 4) await finish(learner, NUMBERS, "hundreds-tens-ones", "try", { right: 1, count: 5 });
    else if (index === 9) await finish(learner, NUMBERS, "jump-and-add", "try", { right: 3, count: 6 });
    else await finish(learner, NUMBERS, "bundles-of-ten", "try", { right: 6 - (index % 2), count: 3 + (index % 5) });
  }
  await enter(box, students[20]);
  const amina = named("Amina");
  const first = await enter(box, amina);
  await finish(first, NUMBERS, "bundles-of-ten", "try", { right: 8 });
  await finish(first, FIRST, "tap-it", "try", { right: 8 });
  await finish(first, NUMBERS, "fair-parts", "try", { right: 2, count: 3 });

  const phone = await takeTablet(browser, PHONE);
  await signInByPictures(phone.page, box, amina);
  await phone.page.locator(".go-on").waitFor();
  await take(phone.page, "student-home");
  await phone.page.goto(`${box.origin}/learn/${NUMBERS}/fair-parts/try`);
  await phone.page.locator(".question").waitFor();
  await take(phone.page, "question");

  const arabic = await takeTablet(browser, { ...PHONE, locale: "ar" });
  await arabic.context.addInitScript(() => localStorage.setItem("schoolhouse.language", "ar"));
  await arabic.page.goto(`${box.origin}/sign-in/class/${room.id}/${named("ليلى").id}`);
  await arabic.page.locator(".pictures").waitFor();
  await take(arabic.page, "sign-in-arabic");

  const desk = await takeTablet(browser, LAPTOP);
  await signInAsStaff(desk.page, box);
  await desk.page.goto(`${box.origin}/teach/classes/${room.id}`);
  await until("the lesson is on the teacher's page", async () => {
    const live = await head.get(`/api/v1/classes/${room.id}/live`);
    return live.students.some(({ state }) => state === "stuck");
  });
  await desk.page.locator(".visit").first().waitFor();
  await take(desk.page, "teacher-live");
  await desk.page.goto(`${box.origin}/teach/classes/${room.id}/badges`);
  await desk.page.locator("li.badge").nth(26).waitFor();
  await take(desk.page, "badges");
}

const browser = await startChromium();
try {
  await box.start();
  await takeAll(browser);
} finally {
  await browser.close();
  await box.stop();
}
