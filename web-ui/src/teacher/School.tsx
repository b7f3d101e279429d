import { useState } from "preact/hooks";
import { patch, problemText } from "../api/client";
import type { School } from "../api/types";
import { isLanguage, LANGUAGE_NAMES, loadLanguage, t } from "../i18n";
import { school, useStore } from "../store";
import { Banner, Button, ButtonLink, Card, Field, PageHeading, Select } from "../ui";
import { Saved } from "./ClassSettings";
import { useTask } from "./load";
import { isAbout } from "./rules";
import { Shell } from "./Shell";

const NAME_CODES = ["school.name-missing", "people.name-missing", "people.name-long", "people.name-unreadable"];

/** The school's name and language (head). */
export function SchoolPage() {
  const ours = useStore(school)!;
  const [name, setName] = useState(ours.name);
  const [language, setLanguage] = useState(ours.language);
  const [saved, setSaved] = useState(false);
  const { busy, problem, run } = useTask();
  const beside = isAbout(problem, NAME_CODES);
  const same = name.trim() === ours.name && language === ours.language;

  function save(event: Event) {
    event.preventDefault();
    void run(async () => {
      const now = await patch<School>("/api/v1/school", { name, language });
      school.set(now);
      // The staff's screens speak the school's language.
      await loadLanguage(now.language);
      setSaved(true);
    });
  }

  return (
    <Shell section="school">
      <div class="desk-title">
        <PageHeading title={t("teach.school.title")} />
      </div>
      <div class="stack stack-l settings">
        <Card>
          <form class="stack" onSubmit={save}>
            <Field
              label={t("setUp.schoolName")}
              value={name}
              onInput={(text) => {
                setName(text);
                setSaved(false);
              }}
              problem={beside ? problemText(problem) : null}
            />
            <Select
              label={t("teach.school.language")}
              note={t("teach.school.languageNote")}
              value={language}
              onChange={(code) => {
                setLanguage(code);
                setSaved(false);
              }}
              choices={ours.languages
                .filter(isLanguage)
                .map((code) => ({ value: code as string, label: LANGUAGE_NAMES[code] }))}
            />
            {problem !== null && !beside && <Banner kind="wrong">{problemText(problem)}</Banner>}
            <div class="row row-end">
              {saved && same && <Saved />}
              <Button kind="primary" type="submit" busy={busy} disabled={same}>
                {t("teach.save")}
              </Button>
            </div>
          </form>
        </Card>
        <Card class="stack">
          <h2>{t("teach.nav.box")}</h2>
          <p class="soft">{t("teach.school.boxNote")}</p>
          <div>
            <ButtonLink icon="box" href="/teach/box">
              {t("teach.school.toBox")}
            </ButtonLink>
          </div>
        </Card>
      </div>
    </Shell>
  );
}
