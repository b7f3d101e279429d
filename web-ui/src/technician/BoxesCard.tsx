import { useState } from "preact/hooks";
import { post, problemText, remove as takeAway } from "../api/client";
import type { BoxCode, Boxes, KnownBox } from "../api/types";
import { formatDate, t } from "../i18n";
import { useLoad, useTask } from "../teacher/load";
import { Banner, Button, Card, Icon, IconButton } from "../ui";
import { WHEN } from "./rules";

/** The other boxes of the school: when they last met, and a code for one more. */
export function BoxesCard() {
  const { value, error, reload } = useLoad<Boxes>("/api/v1/sync/boxes");
  const [code, setCode] = useState<string | null>(null);
  const task = useTask();
  const invite = () => task.run(async () => setCode((await post<BoxCode>("/api/v1/sync/boxes/code")).code));
  const remove = (one: KnownBox) => {
    if (!confirm(t("tech.boxes.removeAsk", { name: nameOf(one) }))) return;
    void task.run(() => takeAway(`/api/v1/sync/boxes/${one.box}`).then(reload));
  };
  return (
    <Card class="stack stack-s sync-card">
      <h2 class="fact-title">{t("tech.boxes.title")}</h2>
      {!value && error !== null && <p class="soft">{problemText(error)}</p>}
      {value && value.known.length === 0 && <p class="soft">{t("tech.boxes.none")}</p>}
      {value && value.known.length > 0 && (
        <ul class="stack stack-s">
          {value.known.map((one) => (
            <li key={one.box} class="box-row">
              <Icon name={one.problem ? "alert" : "check"} />
              <span>
                <strong>
                  {t("tech.boxes.name")} <bdi dir="ltr">{nameOf(one)}</bdi>
                </strong>
                <br />
                <span class="small soft">
                  {one.problem === "sync.box-foreign"
                    ? t("tech.boxes.foreign")
                    : one.last
                      ? t("tech.boxes.last", { when: formatDate(one.last, WHEN) })
                      : t("tech.boxes.away")}
                </span>
              </span>
              <IconButton icon="trash" label={t("tech.boxes.remove")} onClick={() => remove(one)} />
            </li>
          ))}
        </ul>
      )}
      {code === null ? (
        <div>
          <Button icon="plus" busy={task.busy} onClick={() => void invite()}>
            {t("tech.boxes.add")}
          </Button>
        </div>
      ) : (
        <>
          <p class="box-code">
            <bdi dir="ltr">{code.replace(/(\d{3})(?=\d)/g, "$1 ")}</bdi>
          </p>
          <p class="small soft">{t("tech.boxes.codeHow")}</p>
        </>
      )}
      {task.problem !== null && <Banner kind="wrong">{problemText(task.problem)}</Banner>}
    </Card>
  );
}

/** The beginning of the box's name, as it announces itself. */
function nameOf(one: KnownBox): string {
  return one.box.slice(0, 4);
}
