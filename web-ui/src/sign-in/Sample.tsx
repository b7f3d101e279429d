import { useState } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { Me } from "../api/types";
import { t } from "../i18n";
import { signedIn } from "../session";
import { Banner, Button, Card } from "../ui";

/** In the sample school anyone may come in as a teacher or as a student, without a password. */
export function SampleDoors() {
  const [busy, setBusy] = useState<"teacher" | "student" | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  async function enter(as: "teacher" | "student") {
    setBusy(as);
    setProblem(null);
    try {
      await signedIn(await post<Me>("/api/v1/sample/enter", { as }));
    } catch (error) {
      setProblem(error);
      setBusy(null);
    }
  }

  return (
    <Card class="stack sample">
      <h2>{t("setUp.sampleAs")}</h2>
      <div class="sample-doors">
        <Button kind="primary" big icon="people" busy={busy === "teacher"} onClick={() => void enter("teacher")}>
          {t("setUp.asTeacher")}
        </Button>
        <Button kind="primary" big icon="face" busy={busy === "student"} onClick={() => void enter("student")}>
          {t("setUp.asStudent")}
        </Button>
      </div>
      {problem !== null && <Banner kind="warn">{problemText(problem)}</Banner>}
    </Card>
  );
}
