import { useEffect } from "preact/hooks";
import { match, navigate, usePlace } from "../router";
import { CoursePage } from "./Course";
import { HomePage } from "./Home";
import { Player } from "./Player";
import { SearchPage } from "./SearchPage";
import { PracticePage } from "./skills/PracticePage";
import { SkillsPage } from "./skills/SkillsPage";
import "./frame.css";
import "./home.css";
import "./course.css";
import "./player.css";
import "./questions.css";
import "./skills/skills.css";

export { Family } from "../family";

/** Everything a student sees. */
export function Student() {
  const { path } = usePlace();
  const practice = match("/learn/practice/:course/:skill", path);
  const show = match("/learn/show/:course/:skill", path);
  const placement = match("/learn/placement/:course/:skill", path);
  const skills = match("/learn/skills", path);
  const play = match("/learn/:course/:lesson/:activity", path);
  const course = match("/learn/:course", path);
  const search = match("/learn/search", path);
  const home = path === "/learn" || path === "/learn/";

  useEffect(() => {
    if (!play && !course && !home) navigate("/learn", { replace: true });
  });

  if (search) return <SearchPage />;
  if (skills) return <SkillsPage />;
  const own = practice ?? show ?? placement;
  if (own) {
    const { course, skill } = own as { course: string; skill: string };
    return <PracticePage key={path} course={course} skill={skill} kind={practice ? "practice" : show ? "show" : "placement"} />;
  }
  if (play) {
    const { course, lesson, activity } = play as { course: string; lesson: string; activity: string };
    return <Player key={`${course}/${lesson}/${activity}`} course={course} lesson={lesson} activity={activity} />;
  }
  if (course) return <CoursePage key={course["course"]} id={course["course"]!} />;
  return <HomePage />;
}
