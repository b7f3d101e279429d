import { useEffect } from "preact/hooks";
import { match, navigate, usePlace } from "../router";
import { CoursePage } from "./Course";
import { HomePage } from "./Home";
import { Player } from "./Player";
import { SearchPage } from "./SearchPage";
import "./frame.css";
import "./home.css";
import "./course.css";
import "./player.css";
import "./questions.css";

/** Everything a student sees. */
export function Student() {
  const { path } = usePlace();
  const play = match("/learn/:course/:lesson/:activity", path);
  const course = match("/learn/:course", path);
  const search = match("/learn/search", path);
  const home = path === "/learn" || path === "/learn/";

  useEffect(() => {
    if (!play && !course && !home) navigate("/learn", { replace: true });
  });

  if (search) return <SearchPage />;
  if (play) {
    const { course, lesson, activity } = play as { course: string; lesson: string; activity: string };
    return <Player key={`${course}/${lesson}/${activity}`} course={course} lesson={lesson} activity={activity} />;
  }
  if (course) return <CoursePage key={course["course"]} id={course["course"]!} />;
  return <HomePage />;
}
