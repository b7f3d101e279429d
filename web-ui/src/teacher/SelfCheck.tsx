import type { Activity } from "../api/types";
import { t } from "../i18n";
import { Banner } from "../ui";
import { OneQuestion } from "./OneQuestion";

/** Questions that a teacher asks herself. */
export function SelfCheck({ activity }: { activity: Activity }) {
  return (
    <>
      <Banner icon="eye">{t("teach.guides.onlyYou")}</Banner>
      <ol class="stack">
        {activity.items!.map((one, index) => (
          <li key={one.place} class="card self-check">
            <OneQuestion variant={one.item} hash={activity.hash} direction={activity.direction}>
              <h2 class="small soft">{t("student.questionOf", { number: index + 1, of: activity.of })}</h2>
            </OneQuestion>
          </li>
        ))}
      </ol>
    </>
  );
}
