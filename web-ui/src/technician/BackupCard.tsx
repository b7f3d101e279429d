import { useState } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { BackupView, StickBackup } from "../api/types";
import { formatDate, t } from "../i18n";
import { useLoad, useTask } from "../teacher/load";
import { Banner, Button, Card, Icon } from "../ui";
import { WHEN } from "./rules";

/** Copies of the school's data: how old they are, one more on a stick, and the code that opens them. */
export function BackupCard() {
  const { value, error, reload } = useLoad<BackupView>("/api/v1/backup");
  const [shown, setShown] = useState(false);
  const task = useTask();
  const write = (stick: string) => task.run(() => post<StickBackup>("/api/v1/backup", { stick }).then(reload));
  return (
    <Card class="stack stack-s sync-card">
      <h2 class="fact-title">{t("tech.backup.title")}</h2>
      {!value && error !== null && <p class="soft">{problemText(error)}</p>}
      {value && (
        <>
          {value.status.damaged && (
            <p class="sync-failed">
              <Icon name="alert" />
              <span>{t("tech.backup.damaged")}</span>
            </p>
          )}
          <p>
            {value.status.stick ? (
              <>
                {t("tech.backup.onStick", { when: formatDate(value.status.stick.at, WHEN) })}
                <br />
                <bdi class="small soft">{value.status.stick.stick}</bdi>
              </>
            ) : (
              t("tech.backup.noStick")
            )}
          </p>
          <p class="small soft">
            {value.status.copy ? t("tech.backup.onBox", { when: formatDate(value.status.copy, WHEN) }) : t("tech.backup.notYet")}
          </p>
          {value.sticks.map((stick) => (
            <div key={stick.id}>
              <Button icon="download" busy={task.busy} onClick={() => void write(stick.id)}>
                {t("tech.backup.write")} <bdi>{stick.name}</bdi>
              </Button>
            </div>
          ))}
          {task.problem !== null && <Banner kind="wrong">{problemText(task.problem)}</Banner>}
          <p class="small soft">
            {t("tech.backup.how")} <bdi dir="ltr" class="backup-folder">schoolhouse-backup</bdi>
          </p>
          {shown ? (
            <>
              <p class="backup-code">
                <bdi dir="ltr">{value.status.code}</bdi>
              </p>
              <p class="small soft">{t("tech.backup.codeHow")}</p>
            </>
          ) : (
            <div>
              <Button icon="key" onClick={() => setShown(true)}>
                {t("tech.backup.code")}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
