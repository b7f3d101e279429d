import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SchoolClass, StaffMe } from "../api/types";
import { addTexts } from "../i18n";
import { BadgesPage } from "../print/Badges";
import { JoinSheet } from "../print/JoinSheet";
import { match, navigate, usePlace } from "../router";
import { me, useStore } from "../store";
import { BoxPage } from "../technician/Box";
import { LoadProblem } from "../sign-in/LoadProblem";
import { PageSpinner } from "../ui";
import ar from "../../i18n/staff.ar.json?url";
import en from "../../i18n/staff.en.json?url";
import es from "../../i18n/staff.es.json?url";
import fr from "../../i18n/staff.fr.json?url";
import { sendWaiting } from "./checks/kept";
import { ClassPage } from "./ClassPage";
import { ClassSettings } from "./ClassSettings";
import { CoursePage } from "./Course";
import { Given } from "./Given";
import { HomePage } from "./Home";
import { ImportPage } from "./ImportPage";
import { LibraryPage } from "./library/Library";
import { LiveTab } from "./LiveTab";
import { MePage } from "./Me";
import { ReadingPage } from "./Reading";
import { mayEnter, mayStock } from "./rules";
import { CardPage } from "./reports/CardPage";
import { TomorrowTab } from "./reports/TomorrowTab";
import { SchoolPage } from "./School";
import { SearchPage } from "./SearchPage";
import { Shell } from "./Shell";
import { SkillsTab } from "./skills/SkillsTab";
import { StaffPage } from "./Staff";
import { StudentsTab } from "./StudentsTab";
import "./frame.css";
import "./classes.css";
import "./live.css";
import "./people.css";
import "./courses.css";
import "./guides.css";
import "./given.css";
import "./lesson.css";

export { JoinSchool } from "../technician/JoinSchool";

const TEXTS = { ar, en, es, fr };

/** Brings the texts of these screens. */
export const withTexts = () => addTexts(TEXTS);

/** Everything the staff see. */
export function Teacher() {
  const { path } = usePlace();
  const person = useStore(me) as StaffMe | null;
  const who = person?.id;
  // What a teacher typed while the box was away goes out as soon as they are here again.
  useEffect(() => {
    if (who) void sendWaiting();
  }, [who]);
  if (!person || (person.role as string) === "student") return null;
  return <Page key={person.id} role={person.role} path={path} />;
}

function Page({ role, path }: { role: StaffMe["role"]; path: string }) {
  const id = (pattern: string) => match(pattern, path)?.["id"];
  if (match("/teach/me", path)) return <MePage />;
  if (match("/teach/library", path)) return <LibraryPage />;
  if (mayStock(role) && /^\/teach\/own(\/|$)/.test(path)) return <Own path={path} />;
  const items = id("/teach/courses/:id/items");
  if (items) return <Analysed course={items} />;
  const course = id("/teach/courses/:id");
  if (course) return <CoursePage key={course} id={course} />;
  // The list of courses was here once, and old pages lead to it.
  if (match("/teach/courses", path)) return <Elsewhere to="/teach/library" />;
  if (mayEnter(role, "box") && (match("/teach/box", path) || role === "technician")) return <BoxPage />;
  if (match("/teach", path)) return <HomePage />;

  const live = id("/teach/classes/:id");
  if (live) return <ClassPage id={live} tab="live">{(room) => (
    <>
      <LiveTab key={live} room={room} />
      <Given key={`given-${live}`} room={room} />
    </>
  )}</ClassPage>;
  const skills = id("/teach/classes/:id/skills");
  if (skills) return <ClassPage id={skills} tab="skills">{(room) => <SkillsTab key={skills} room={room} />}</ClassPage>;
  const coverage = id("/teach/classes/:id/coverage");
  if (coverage) return <ClassPage id={coverage} tab="skills">{(room) => <Covered room={room} />}</ClassPage>;
  const sheet = id("/teach/classes/:id/sheet");
  if (sheet) return <ClassPage id={sheet} tab="skills">{(room) => <Printed room={room} />}</ClassPage>;
  const tomorrow = id("/teach/classes/:id/tomorrow");
  if (tomorrow) return <ClassPage id={tomorrow} tab="tomorrow">{(room) => <TomorrowTab key={tomorrow} room={room} />}</ClassPage>;
  const card = match("/teach/classes/:id/report/:student", path) as { id: string; student: string } | null;
  if (card) return <ClassPage id={card.id} tab="skills">{(room) => <CardPage key={card.student} room={room} student={card.student} />}</ClassPage>;
  const checks = id("/teach/classes/:id/checks");
  if (checks) return <ClassPage id={checks} tab="checks">{(room) => <Written room={room} />}</ClassPage>;
  const check = match("/teach/classes/:id/checks/:check", path) as { id: string; check: string } | null;
  if (check) return <ClassPage id={check.id} tab="checks">{(room) => <Written room={room} check={check.check} />}</ClassPage>;
  const plans = id("/teach/classes/:id/plans");
  if (plans) return <ClassPage id={plans} tab="plans">{(room) => <Planned room={room} />}</ClassPage>;
  const plan = match("/teach/classes/:id/plans/:plan", path) as { id: string; plan: string } | null;
  if (plan) return <ClassPage id={plan.id} tab="plans">{(room) => <Planned room={room} plan={plan.plan} />}</ClassPage>;
  const goals = id("/teach/classes/:id/goals");
  if (goals) return <ClassPage id={goals} tab="plans">{(room) => <Planned room={room} part="goals" />}</ClassPage>;
  const attendance = id("/teach/classes/:id/attendance");
  if (attendance) return <ClassPage id={attendance} tab="students">{(room) => <Planned room={room} part="attendance" />}</ClassPage>;
  const students = id("/teach/classes/:id/students");
  if (students) return <ClassPage id={students} tab="students">{(room, change) => <StudentsTab room={room} onChange={change} />}</ClassPage>;
  const list = id("/teach/classes/:id/students/import");
  if (list) return <ImportPage id={list} />;
  const badges = id("/teach/classes/:id/badges");
  if (badges) return <ClassPage id={badges} tab="badges">{(room) => <BadgesPage room={room} />}</ClassPage>;
  const join = id("/teach/classes/:id/join");
  if (join) return <ClassPage id={join} tab="badges">{(room) => <JoinSheet room={room} />}</ClassPage>;
  const settings = id("/teach/classes/:id/settings");
  if (settings) return <ClassPage id={settings} tab="settings">{(room, change) => <ClassSettings room={room} onChange={change} />}</ClassPage>;

  if (mayEnter(role, "courses") && match("/teach/search", path)) return <SearchPage />;
  const reading = match("/teach/courses/:course/:lesson/:page", path) as { course: string; lesson: string; page: string } | null;
  if (reading) return <ReadingPage key={path} {...reading} />;
  if (mayEnter(role, "staff") && match("/teach/staff", path)) return <StaffPage />;
  if (mayEnter(role, "school") && match("/teach/school", path)) return <SchoolPage />;
  return <Elsewhere to="/teach" />;
}

type Part<Props> = ComponentType<Props>;

/** Screens that are not for every lesson come when somebody opens them. */
function Later<Props extends object>({ load, props }: { load: () => Promise<Part<Props>>; props: Props }) {
  const [Shown, setShown] = useState<Part<Props> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const begin = () => {
    setError(null);
    load().then((part) => setShown(() => part), setError);
  };
  useEffect(begin, []);
  return Shown ? <Shown {...props} /> : error ? <LoadProblem error={error} again={begin} /> : <PageSpinner />;
}

/** The screens for writing courses. */
function Own({ path }: { path: string }) {
  return (
    <Shell section="courses">
      <Later load={() => import("./authoring").then((screens) => screens.Authoring)} props={{ path }} />
    </Shell>
  );
}

/** The screen on which the courses' skills and their gaps are. */
function Covered(props: { room: SchoolClass }) {
  return <Later load={() => import("./coverage/CoveragePage").then((screen) => screen.CoveragePage)} props={props} />;
}

/** The screens for questions on paper and on the wall. */
function Printed(props: { room: SchoolClass }) {
  return <Later load={() => import("./sheets").then((screens) => screens.SheetTab)} props={props} />;
}

/** How the questions of a course do. */
function Analysed(props: { course: string }) {
  return (
    <Shell section="courses">
      <Later load={() => import("./sheets").then((screens) => screens.ItemsTab)} props={props} />
    </Shell>
  );
}

/** The screens for writing scores down. */
function Written(props: { room: SchoolClass; check?: string }) {
  return <Later load={() => import("./checks").then((screens) => screens.ChecksTab)} props={props} />;
}

/** The screens for plans of lessons, for who was there, and for goals. */
function Planned(props: { room: SchoolClass; plan?: string; part?: "attendance" | "goals" }) {
  return <Later load={() => import("./plans").then((screens) => screens.PlansTab)} props={props} />;
}

/** An address that is none of ours leads to one that is. */
function Elsewhere({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
