import { t } from "../i18n";
import { useLater } from "../later";
import { LoadProblem } from "../sign-in/LoadProblem";
import { IconLink, PageSpinner } from "../ui";
import { Shell } from "./Shell";

/** What somebody of the staff looks for, in all courses and in what only teachers read. */
export function SearchPage() {
  const { Shown, error, again } = useLater(() => import("../search").then((module) => module.SearchPanel));
  return (
    <Shell section="courses">
      <div class="class-top">
        <IconLink icon="back" href="/teach/courses" label={t("common.back")} />
        <p class="desk-search-title" aria-hidden="true">
          {t("search.title")}
        </p>
      </div>
      {error ? <LoadProblem error={error} again={again} /> : Shown ? <Shown reader="staff" /> : <PageSpinner />}
    </Shell>
  );
}
