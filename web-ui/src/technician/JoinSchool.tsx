import { useState } from "preact/hooks";
import { get, post, problemText } from "../api/client";
import type { Boxes, School } from "../api/types";
import { t } from "../i18n";
import { navigate } from "../router";
import { school } from "../store";
import { useLoad, useTask } from "../teacher/load";
import { Banner, Button, Card, Field, PageHeading } from "../ui";
import "./technician.css";

/** A box that is not set up yet becomes one more of a school that has one. */
export function JoinSchool() {
  const { value } = useLoad<Boxes>("/api/v1/sync/boxes");
  const [setupCode, setSetupCode] = useState("");
  const [url, setUrl] = useState("http://");
  const [code, setCode] = useState("");
  const { busy, problem, run } = useTask();
  const found = (value?.found ?? []).filter((one) => one.school);

  function join(event: Event) {
    event.preventDefault();
    void run(async () => {
      await post("/api/v1/sync/school", { setupCode, url, code }, { timeout: 120_000 });
      school.set(await get<School>("/api/v1/school"));
      navigate("/", { replace: true });
    });
  }

  return (
      <Card class="gate-form">
        <form class="stack" onSubmit={join}>
          <PageHeading title={t("tech.boxes.joinTitle")} />
          <p class="soft">{t("tech.boxes.joinAbout")}</p>
          {found.length > 0 && (
            <ul class="stack stack-s">
              {found.map((one) => (
                <li key={one.box}>
                  <Button wide icon={one.url === url ? "check" : "wifi"} onClick={() => setUrl(one.url)} aria-pressed={one.url === url}>
                    <bdi>{one.school}</bdi>
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <Field label={t("tech.boxes.url")} type="url" dir="ltr" value={url} onInput={setUrl} required />
          <Field label={t("tech.boxes.code")} note={t("tech.boxes.codeNote")} inputMode="numeric" dir="ltr" value={code} onInput={setCode} required />
          <Field label={t("setUp.code")} note={t("setUp.codeNote")} inputMode="numeric" dir="ltr" value={setupCode} onInput={setSetupCode} required />
          {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
          <Button kind="primary" big wide type="submit" busy={busy} disabled={!code.trim() || !setupCode.trim()}>
            {t("tech.boxes.join")}
          </Button>
        </form>
      </Card>
  );
}
