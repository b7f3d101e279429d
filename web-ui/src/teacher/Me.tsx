import { useState } from "preact/hooks";
import { ApiProblem, post, problemText } from "../api/client";
import type { StaffMe } from "../api/types";
import { plural, t, type Key } from "../i18n";
import { signOut } from "../session";
import { me, useStore } from "../store";
import { Banner, Button, Card, Field, PageHeading } from "../ui";
import { useTask } from "./load";
import { isAbout } from "./rules";
import { Shell } from "./Shell";

/** Who is signed in: out again, and the own password. */
export function MePage() {
  const person = useStore(me) as StaffMe;
  return (
    <Shell section="me">
      <div class="desk-title">
        <div>
          <PageHeading title={person.name}>
            <bdi>{person.name}</bdi>
          </PageHeading>
          <p class="soft">{t(`teach.role.${person.role}` as Key)}</p>
        </div>
        <Button icon="door" onClick={() => void signOut()}>
          {t("common.signOut")}
        </Button>
      </div>
      <div class="settings">
        <OwnPassword />
      </div>
    </Shell>
  );
}

function OwnPassword() {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [shown, setShown] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, problem, run } = useTask();
  const oldWrong = isAbout(problem, ["people.password-wrong"]);
  const tooShort = isAbout(problem, ["people.password-short"]);

  function save(event: Event) {
    event.preventDefault();
    setDone(false);
    void run(async () => {
      await post("/api/v1/me/password", { old, new: fresh });
      setOld("");
      setFresh("");
      setDone(true);
    });
  }

  return (
    <Card>
      <form class="stack" onSubmit={save}>
        <h2>{t("teach.me.password")}</h2>
        <Field
          label={t("teach.me.old")}
          type={shown ? "text" : "password"}
          value={old}
          onInput={setOld}
          autoComplete="current-password"
          problem={oldWrong ? t("teach.me.oldWrong") : null}
        />
        <Field
          label={t("teach.me.new")}
          note={t("teach.me.newNote")}
          type={shown ? "text" : "password"}
          value={fresh}
          onInput={setFresh}
          autoComplete="new-password"
          problem={tooShort ? problemText(problem) : null}
        />
        <div>
          <Button kind="quiet" icon="eye" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? t("signIn.hidePassword") : t("signIn.showPassword")}
          </Button>
        </div>
        {problem !== null && !oldWrong && !tooShort && <Banner kind="wrong">{words(problem)}</Banner>}
        {done && <Banner kind="right">{t("teach.me.done")}</Banner>}
        <div class="row row-end">
          <Button kind="primary" type="submit" busy={busy} disabled={!old || !fresh}>
            {t("teach.me.change")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function words(problem: unknown): string {
  if (problem instanceof ApiProblem && problem.code === "people.too-many-tries") {
    return plural("signIn.waitSeconds", Number(problem.params["seconds"] ?? 0));
  }
  return problemText(problem);
}
