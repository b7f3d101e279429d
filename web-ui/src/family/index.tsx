import { useState } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { ReportCard } from "../api/types";
import { t } from "../i18n";
import { school, useStore } from "../store";
import { Banner, Brand, Button, ButtonLink, Field, PageHeading } from "../ui";
import { CardSheet } from "./CardSheet";

/** The parents' page: one child, for who has the code of the report card. Nothing is kept on this phone. */
export function Family() {
  const ours = useStore(school);
  const [code, setCode] = useState("");
  const [card, setCard] = useState<ReportCard | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function ask(event: Event) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      setCard(await post<ReportCard>("/api/v1/family", { code }));
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  return (
    <main class="family stack">
      <Brand name={ours?.name ?? ""} size={40} />
      <PageHeading title={t("report.family")}>{t("report.family")}</PageHeading>
      {card ? (
        <>
          <CardSheet card={card} />
          <div class="row row-center no-print">
            <Button icon="printer" onClick={() => print()}>
              {t("report.print")}
            </Button>
            <Button kind="primary" icon="close" onClick={() => (setCard(null), setCode(""))}>
              {t("report.close")}
            </Button>
          </div>
        </>
      ) : (
        <form class="card stack" onSubmit={(event) => void ask(event)}>
          <Field
            label={t("report.codeField")}
            note={t("report.codeNote")}
            value={code}
            inputMode="numeric"
            dir="ltr"
            maxLength={20}
            onInput={setCode}
          />
          {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
          <div class="row row-between">
            <ButtonLink icon="back" href="/">
              {t("common.back")}
            </ButtonLink>
            <Button kind="primary" type="submit" busy={busy} disabled={code.replace(/\D/g, "").length < 9}>
              {t("report.show")}
            </Button>
          </div>
        </form>
      )}
    </main>
  );
}
