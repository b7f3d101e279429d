import { t } from "../i18n";
import { LoadProblem } from "../sign-in/LoadProblem";
import { IconLink, PageSpinner, useLater } from "../ui";
import { Shell } from "./Shell";

/** What somebody of the staff looks for, in all courses and in what only teachers read. */
export function SearchPage() {
  const { Shown, error, again } = useLater(() => import("../search").then((module) => module.SearchPanel));
  return (
    <Shell section="courses">
      <div class="class-top">
        <IconLink icon="back" href="/teach/courses" label={t("common.back")} />
        <h1>{t("search.title")}</h1>
      </div>
      {error ? <LoadProblem error={error} again={again} /> : Shown ? <Shown reader="staff" /> : <PageSpinner />}
    </Shell>
  );
}
