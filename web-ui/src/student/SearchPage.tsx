import { LoadProblem } from "../sign-in/LoadProblem";
import { PageSpinner, useLater } from "../ui";
import { Shell } from "./Shell";

/** What a student looks for, in all courses. */
export function SearchPage() {
  const { Shown, error, again } = useLater(() => import("../search").then((module) => module.SearchPanel));
  return (
    <Shell back="/learn">
      {error ? <LoadProblem error={error} again={again} /> : Shown ? <Shown reader="student" /> : <PageSpinner />}
    </Shell>
  );
}
