import { useState } from "preact/hooks";
import type { ReportCard, SchoolClass } from "../../api/types";
import { t } from "../../i18n";
import { path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { Button, ButtonLink, PageSpinner, TextArea } from "../../ui";
import { CardSheet } from "../../family/CardSheet";
import { digestOf } from "../../family/digest";
import { useLoad } from "../load";
import "../../print/print.css";

/** A student's report card, ready to print, and the few words to send home. */
export function CardPage({ room, student }: { room: SchoolClass; student: string }) {
  const { value, error, reload } = useLoad<ReportCard>(path("/api/v1/students", student, "report"));
  const [words, setWords] = useState<string | null>(null);
  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  return (
    <div class="stack">
      <div class="print-bar no-print">
        <p class="grow">{t("teach.report.intro")}</p>
        <div class="row">
          <Button kind="primary" icon="printer" onClick={() => print()}>
            {t("print.now")}
          </Button>
          <ButtonLink icon="back" href={`${path("/teach/classes", room.id)}/skills`}>
            {t("teach.class.skills")}
          </ButtonLink>
        </div>
      </div>
      <CardSheet card={value} />
      <div class="no-print">
        <TextArea label={t("teach.report.digest")} note={t("teach.report.digestNote")} value={words ?? digestOf(value)} rows={4} maxLength={320} onInput={setWords} />
      </div>
    </div>
  );
}
