import { t } from "../i18n";
import { SearchPanel } from "../search";
import { IconLink } from "../ui";
import { Shell } from "./Shell";

/** What somebody of the staff looks for, in all courses and in what only teachers read. */
export function SearchPage() {
  return (
    <Shell section="courses">
      <div class="class-top">
        <IconLink icon="back" href="/teach/courses" label={t("common.back")} />
        <h1>{t("search.title")}</h1>
      </div>
      <SearchPanel reader="staff" />
    </Shell>
  );
}
