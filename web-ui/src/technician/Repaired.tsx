import type { ComponentChildren } from "preact";
import { problemText, remove } from "../api/client";
import type { RepairView } from "../api/types";
import { formatDate, plural, t } from "../i18n";
import { useLoad, useTask } from "../teacher/load";
import { Banner, Button, Icon } from "../ui";
import { WHEN } from "./rules";

/** What was found damaged when the box was started, and what became of it; most of the time its children instead. */
export function Repaired({ mayClose = false, children = null }: { mayClose?: boolean; children?: ComponentChildren }) {
  const { value, reload } = useLoad<RepairView>("/api/v1/backup/repair");
  const task = useTask();
  const repair = value?.repair;
  if (!repair) return <>{children}</>;
  return (
    <div class={repair.lost === 0 ? "health health-good" : "health health-off"}>
      <Icon name={repair.lost === 0 ? "check" : "alert"} big />
      <div class="stack stack-s">
        <h2>{t("tech.repaired.title")}</h2>
        <p>
          {t("tech.repaired.when", { when: formatDate(repair.at, WHEN) })}{" "}
          {repair.lost === 0 ? t("tech.repaired.nothingLost") : plural("tech.repaired.lost", repair.lost)}
        </p>
        <p class="small soft">{t("tech.repaired.card")}</p>
        {task.problem !== null && <Banner kind="wrong">{problemText(task.problem)}</Banner>}
        {mayClose && (
          <div>
            <Button busy={task.busy} onClick={() => void task.run(() => remove("/api/v1/backup/repair").then(reload))}>
              {t("tech.repaired.read")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
