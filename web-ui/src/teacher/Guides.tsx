import type { CourseCard, Guides as GuideList } from "../api/types";
import { plural, t } from "../i18n";
import { path } from "../router";
import { packUrl } from "../store";
import { CardLink, Icon } from "../ui";
import { useLoad } from "./load";

/** What teachers read for themselves; nothing where the box has no guide. */
export function Guides() {
  const { value } = useLoad<GuideList>("/api/v1/guides");
  if (!value || value.guides.length === 0) return null;
  return (
    <section class="guides" aria-labelledby="guides">
      <h2 id="guides">{t("teach.guides.title")}</h2>
      <p class="soft">{t("teach.guides.intro")}</p>
      <ul class="course-rows">
        {value.guides.map((guide) => (
          <li key={guide.id}>
            <GuideRow guide={guide} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function GuideRow({ guide }: { guide: CourseCard }) {
  return (
    <CardLink href={path("/teach/courses", guide.id)} class="course-row">
      <span class="course-row-cover">
        {guide.cover ? <img src={packUrl(guide.cover)} alt="" /> : <Icon name="book" big />}
      </span>
      <span class="course-row-words">
        <h3>
          <bdi lang={guide.language}>{guide.title}</bdi>
        </h3>
        <span class="soft">
          <bdi lang={guide.language}>{guide.summary}</bdi>
        </span>
        <span class="small soft">{plural("teach.courses.lessons", guide.lessons)}</span>
      </span>
      <Icon name="forward" />
    </CardLink>
  );
}
