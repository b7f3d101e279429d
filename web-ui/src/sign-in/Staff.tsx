import { useState } from "preact/hooks";
import { ApiProblem, post, problemText } from "../api/client";
import type { Me } from "../api/types";
import { plural, t } from "../i18n";
import { clientName } from "../queue";
import { signedIn } from "../session";
import { Banner, Button, Card, Field, IconLink, PageHeading } from "../ui";
import { Frame } from "./Frame";

/** Name and password, for teachers, the head and technicians. */
export function StaffPage() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function send(event: Event) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const client = await clientName();
      await signedIn(await post<Me>("/api/v1/sign-in/staff", { name: name.trim(), password, client }));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <Frame start={<IconLink icon="back" href="/" label={t("common.back")} />}>
      <Card class="gate-form">
        <form class="stack" onSubmit={(event) => void send(event)}>
          <PageHeading title={t("signIn.staffTitle")} />
          <Field
            label={t("signIn.name")}
            value={name}
            onInput={setName}
            autoComplete="username"
            autoCapitalize="words"
            required
            data-first
          />
          <div>
            <Field
              label={t("signIn.password")}
              type={shown ? "text" : "password"}
              value={password}
              onInput={setPassword}
              autoComplete="current-password"
              required
            />
            <Button kind="quiet" icon="eye" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? t("signIn.hidePassword") : t("signIn.showPassword")}
            </Button>
          </div>
          {problem !== null && <Banner kind="wrong">{words(problem)}</Banner>}
          <Button kind="primary" big wide type="submit" busy={busy} disabled={!name.trim() || !password}>
            {t("signIn.enter")}
          </Button>
        </form>
      </Card>
    </Frame>
  );
}

function words(problem: unknown): string {
  if (problem instanceof ApiProblem && problem.code === "people.too-many-tries") {
    return plural("signIn.waitSeconds", Number(problem.params["seconds"] ?? 0));
  }
  return problemText(problem);
}
