import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StaffMe } from "../api/types";
import { BadgesPage } from "../print/Badges";
import { JoinSheet } from "../print/JoinSheet";
import { match, navigate, usePlace } from "../router";
import { me, useStore } from "../store";
import { BoxPage } from "../technician/Box";
import { LoadProblem } from "../sign-in/LoadProblem";
import { PageSpinner } from "../ui";
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
import { SchoolPage } from "./School";
import { SearchPage } from "./SearchPage";
import { Shell } from "./Shell";
import { StaffPage } from "./Staff";
import { StudentsTab } from "./StudentsTab";
import "./frame.css";
import "./classes.css";
import "./live.css";
import "./people.css";
import "./courses.css";
import "./guides.css";
import "./given.css";

/** Everything the staff see. */
export function Teacher() {
  const { path } = usePlace();
  const person = useStore(me) as StaffMe | null;
  if (!person || (person.role as string) === "student") return null;
  return <Page key={person.id} role={person.role} path={path} />;
}

function Page({ role, path }: { role: StaffMe["role"]; path: string }) {
  const id = (pattern: string) => match(pattern, path)?.["id"];
  if (match("/teach/me", path)) return <MePage />;
  if (match("/teach/library", path)) return <LibraryPage />;
  if (mayStock(role) && /^\/teach\/own(\/|$)/.test(path)) return <Own path={path} />;
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

/** The screens for writing courses: many, and not for every day, so that they come when somebody writes. */
function Own({ path }: { path: string }) {
  const [Shown, setShown] = useState<ComponentType<{ path: string }> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = () => {
    setError(null);
    import("./authoring").then(({ Authoring }) => setShown(() => Authoring), setError);
  };
  useEffect(load, []);
  return (
    <Shell section="courses">
      {Shown ? <Shown path={path} /> : error ? <LoadProblem error={error} again={load} /> : <PageSpinner />}
    </Shell>
  );
}

/** An address that is none of ours leads to one that is. */
function Elsewhere({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
