import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ApiProblem, get, post, problemText } from "../api/client";
import type { Me, SampleSchool, School } from "../api/types";
import { currentLanguage, t } from "../i18n";
import { navigate, usePlace } from "../router";
import { signedIn } from "../session";
import { school } from "../store";
import { Banner, Button, Card, Field, IconButton, PageHeading } from "../ui";
import { Frame } from "./Frame";
import { SchoolDrawing } from "./SchoolDrawing";

/** What a box shows that does not belong to a school yet: set it up, or look around first. */
export function FirstPage({ joining }: { joining: ComponentChildren }) {
  const { path, query } = usePlace();
  if (path === "/join") {
    return <Frame start={<IconButton icon="back" label={t("common.back")} onClick={() => navigate("/set-up", { replace: true })} />}>{joining}</Frame>;
  }
  // The code is in the address that the box printed; whoever opened that one is on the way to set it up.
  return path === "/set-up" || query.get("code") ? <SetUp code={query.get("code") ?? ""} /> : <TwoWays />;
}

function TwoWays() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function look() {
    setBusy(true);
    setProblem(null);
    try {
      const { port } = await post<SampleSchool>("/api/v1/sample", {}, { timeout: 60_000 });
      // Another port is another origin, which knows nothing of the language chosen here.
      location.assign(`${location.protocol}//${location.hostname}:${port}/?language=${currentLanguage()}`);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <Frame wide>
      <div class="welcome">
        <SchoolDrawing />
        <PageHeading title={t("setUp.title")} />
        <p class="large soft">{t("setUp.intro")}</p>
      </div>
      {problem !== null && <Banner kind="warn">{problemText(problem)}</Banner>}
      <div class="two-ways">
        <Card class="stack">
          <h2>{t("setUp.ours")}</h2>
          <p class="soft">{t("setUp.oursNote")}</p>
          <Button kind="primary" big wide iconAfter="forward" onClick={() => navigate("/set-up")}>
            {t("setUp.oursButton")}
          </Button>
        </Card>
        <Card class="stack">
          <h2>{t("setUp.sample")}</h2>
          <p class="soft">{t("setUp.sampleNote")}</p>
          <Button big wide icon="eye" busy={busy} onClick={() => void look()}>
            {t("setUp.sampleButton")}
          </Button>
        </Card>
      </div>
    </Frame>
  );
}

function SetUp({ code: given }: { code: string }) {
  const [code, setCode] = useState(given);
  const [name, setName] = useState(school.get()?.name ?? "");
  const [person, setPerson] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const refused = problem instanceof ApiProblem ? problem.code : null;
  const askCode = !given || refused === "school.code-wrong";

  async function send(event: Event) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const head = await post<Me>("/api/v1/setup", {
        code: code.trim(),
        school: name.trim(),
        name: person.trim(),
        password,
        language: currentLanguage(),
      });
      school.set(await get<School>("/api/v1/school"));
      await signedIn(head);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  const at = (...codes: string[]) => (refused && codes.includes(refused) ? problemText(problem) : null);
  const elsewhere = problem !== null && !at("school.code-wrong", "school.name-missing", "people.password-short");
  return (
    <Frame start={<IconButton icon="back" label={t("common.back")} onClick={() => navigate("/", { replace: true })} />}>
      <Card class="gate-form">
        <form class="stack" onSubmit={(event) => void send(event)}>
          <PageHeading title={t("setUp.ours")} />
          {askCode && (
            <Field
              label={t("setUp.code")}
              note={t("setUp.codeNote")}
              problem={at("school.code-wrong")}
              value={code}
              onInput={setCode}
              inputMode="numeric"
              dir="ltr"
              required
            />
          )}
          <Field
            label={t("setUp.schoolName")}
            problem={at("school.name-missing")}
            value={name}
            onInput={setName}
            autoCapitalize="words"
            maxLength={80}
            required
          />
          <Field
            label={t("setUp.yourName")}
            note={t("setUp.yourNameNote")}
            value={person}
            onInput={setPerson}
            autoComplete="username"
            autoCapitalize="words"
            maxLength={80}
            required
          />
          <Field
            label={t("signIn.password")}
            note={t("setUp.passwordNote")}
            problem={at("people.password-short")}
            type="password"
            value={password}
            onInput={setPassword}
            autoComplete="new-password"
            required
          />
          {elsewhere && <Banner kind="wrong">{problemText(problem)}</Banner>}
          <Button
            kind="primary"
            big
            wide
            type="submit"
            busy={busy}
            disabled={!name.trim() || !person.trim() || !password || !code.trim()}
          >
            {t("setUp.finish")}
          </Button>
          <Button wide onClick={() => navigate("/join")}>
            {t("setUp.join")}
          </Button>
        </form>
      </Card>
    </Frame>
  );
}
