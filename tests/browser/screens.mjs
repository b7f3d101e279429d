// Every screen of the app, for tests that look at all of them: its name, its address, what must be there, and what to do
// before it is all there.

const COURSE = "org.schoolhouse.numbers";
const FIRST = "org.schoolhouse.first-steps";
const GUIDE = "org.schoolhouse.blended-lessons";

/** What anybody sees of a school that is set up. */
export const doors = (school) => [
  ["sign-in: classes", "/sign-in/classes", ".class-list"],
  ["sign-in: faces", `/sign-in/class/${school.class.id}`, ".faces"],
  ["sign-in: pictures", `/sign-in/class/${school.class.id}/${school.students[0].id}`, ".pictures"],
  ["sign-in: ask the teacher", `/sign-in/class/${school.class.id}/${school.students[1].id}/ask`, ".ask-face svg"],
  ["sign-in: badge", "/sign-in/badge", ".ask"],
  ["sign-in: staff", "/sign-in/staff", ".gate-form"],
  ["parents: the code", "/family", ".family form"],
];

/** A student's screens. */
export const learning = () => [
  ["student: home", "/learn", ".choices"],
  ["student: my skills", "/learn/skills", ".skill-list"],
  ["student: practice of a skill", `/learn/practice/${COURSE}/tens-and-ones`, ".question"],
  ["student: shows what is known", `/learn/show/${COURSE}/tens-and-ones`, ".question"],
  ["student: course", `/learn/${COURSE}`, ".trail"],
  ["student: search", "/learn/search", ".empty"],
  ["student: search, with results", "/learn/search?q=tens", ".result"],
  ["student: search without result", "/learn/search?q=qqqq", ".empty"],
  ["student: page", `/learn/${COURSE}/bundles-of-ten/read`, ".reading"],
  ["student: example", `/learn/${COURSE}/bundles-of-ten/show`, ".reading"],
  ["student: practice", `/learn/${COURSE}/bundles-of-ten/try`, ".question"],
  [
    "student: hints, a wrong answer, the solution",
    `/learn/${COURSE}/which-is-more/try`,
    ".question",
    async (page) => {
      await page.click(".item-hints button");
      await page.click(".item-choice-row:last-child .item-choice");
      await page.click(".question-foot button[type=submit]");
      await page.waitForSelector(".after .button");
      await page.click(".after .button");
    },
  ],
  ["student: check", `/learn/${COURSE}/bundles-of-ten/exit`, ".question"],
  ["student: finished practice", `/learn/${FIRST}/type-numbers/try`, ".finished"],
  ["student: finished check", `/learn/${FIRST}/type-numbers/exit`, ".review"],
];

/** Where the middle of an element is. */
const placeOf = (page, selector) =>
  page.$eval(selector, (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return `${left + width / 2} ${top + height / 2}`;
  });

/** Waits until a thing has kept its place: what is still being filled moves it from under the finger. */
async function waitUntilStill(page, selector) {
  await page.waitForSelector(selector);
  for (let [last, now] = ["", await placeOf(page, selector)]; last !== now; ) {
    await new Promise((resume) => setTimeout(resume, 200));
    [last, now] = [now, await placeOf(page, selector)];
  }
}

/** Presses one thing and waits for what it opens: a dialog, where nothing else is named. */
const press = (selector, opens = "dialog, [role=dialog]") => async (page) => {
  await waitUntilStill(page, selector);
  await page.click(selector);
  await page.waitForSelector(opens);
};

async function removeFirst(page) {
  await press(".pack .icon-button", ".pack-more .button-danger")(page);
  await press(".pack-more .button-danger")(page);
}

const ofClass = (school, end) => `/teach/classes/${school.class.id}${end}`;

/** The screens of those who teach. */
export const teaching = (school) => [
  ["teacher: classes", "/teach", ".room-cards"],
  ["teacher: a new class", "/teach", ".room-cards", press(".desk-title .button")],
  ["teacher: live", ofClass(school, ""), ".live-grid"],
  ["teacher: one student, live", ofClass(school, ""), ".live-grid", press(".live-card")],
  ["teacher: skills", ofClass(school, "/skills"), ".grid"],
  ["teacher: one skill of a student", ofClass(school, "/skills"), ".grid", press(".grid-cell", ".story-band")],
  ["teacher: checks", ofClass(school, "/checks"), "main"],
  ["teacher: tomorrow", ofClass(school, "/tomorrow"), ".tomorrow"],
  ["teacher: report card", ofClass(school, `/report/${school.students[0].id}`), ".card-sheet"],
  ["teacher: students", ofClass(school, "/students"), ".people"],
  ["teacher: a new student", ofClass(school, "/students"), ".people", press("main .button-primary")],
  ["teacher: pictures of a student", ofClass(school, "/students"), ".people", press(".person .icon-button:nth-of-type(1)")],
  ["teacher: change a student", ofClass(school, "/students"), ".people", press(".person .icon-button:nth-of-type(2)")],
  ["teacher: list of students", ofClass(school, "/students/import"), ".paste"],
  ["teacher: badges", ofClass(school, "/badges"), ".badges"],
  ["teacher: sheet for the door", ofClass(school, "/join"), ".join"],
  ["teacher: class settings", ofClass(school, "/settings"), ".settings"],
  ["teacher: library", "/teach/library", ".packs"],
  ["teacher: more about a course", "/teach/library", ".packs", press(".pack .icon-button", ".pack-more")],
  ["teacher: remove a course", "/teach/library", ".packs", removeFirst],
  ["teacher: course", `/teach/courses/${COURSE}`, ".lesson-look", press(".lesson-look-top", ".look-list")],
  ["teacher: give to a class", `/teach/courses/${COURSE}`, ".course-give", press(".course-give .button", ".give-room")],
  ["teacher: guide", `/teach/courses/${GUIDE}`, ".lesson-look", press(".lesson-look-top", ".look-list")],
  ["teacher: page of a guide", `/teach/courses/${GUIDE}/choose-a-model/read`, ".pack-page"],
  ["teacher: plan with a table", `/teach/courses/${GUIDE}/station-rotation/plan`, ".pack-page"],
  ["teacher: cards", `/teach/courses/${GUIDE}/station-rotation/cards`, ".cards-sheet"],
  ["teacher: questions of a guide", `/teach/courses/${GUIDE}/station-rotation/exit`, ".self-check"],
  ["teacher: activity without tablets", `/teach/courses/${COURSE}/bundles-of-ten/offTablet`, ".pack-page"],
  ["teacher: search", "/teach/search?q=tens", ".result"],
  ["teacher: me", "/teach/me", ".settings"],
  ["teacher looking at a practice", `/learn/${COURSE}/bundles-of-ten/try`, ".question"],
];

/** Opens all that is folded away. */
async function unfold(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
}

/** Where courses are written; `school.own` is one that `writeCourse` made. */
export const writing = ({ own }) => [
  ["writing: own courses", "/teach/own", ".own-courses"],
  ["writing: a new quiz", "/teach/own", ".own-courses", press(".own-starts .button")],
  ["writing: course", own.at, ".own-list", unfold],
  ["writing: questions", own.questions, ".own-list"],
  ["writing: another question", own.questions, ".own-list", press("main .button-primary", ".own-kinds")],
  ["writing: lesson", own.lesson, ".own-list", unfold],
  ["writing: another part", own.lesson, ".own-list", press("main .own-list + .button", ".own-kinds")],
  ["writing: page", own.parts.page, ".own-blocks"],
  ["writing: page as students see it", own.parts.page, ".own-blocks", press(".row-end .button")],
  ["writing: video", own.parts.video, "textarea"],
  ["writing: picture", own.parts.picture, ".own-photo"],
  ["writing: kinds of questions", own.items[0].at, ".own-editor", press(".own-type")],
  ["writing: a try", own.items[0].at, ".own-editor", tryOut],
  ...own.items.map(({ type, at }) => [`writing: ${type}`, at, ".own-editor", unfold]),
];

/** On a phone the try lies over the page, on a laptop beside it. */
async function tryOut(page) {
  await page.evaluate(() => {
    const button = document.querySelector(".own-try-button");
    if (button) button.click();
  });
  await page.waitForSelector(".own-tried");
}

/** What only the head has besides. */
export const heading = () => [
  ["head: staff", "/teach/staff", ".people"],
  ["head: a new person", "/teach/staff", ".people", press(".desk-title .button")],
  ["head: school", "/teach/school", ".settings"],
];

/** The box, for the technician and the head. */
export const tending = () => [["technician: box", "/teach/box", ".facts"]];
