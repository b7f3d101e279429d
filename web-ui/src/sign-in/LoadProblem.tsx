import { problemText } from "../api/client";
import { t } from "../i18n";
import { Banner, Button } from "../ui";

/** Why a page has nothing to show, and a button that tries again. */
export function LoadProblem({ error, again }: { error: unknown; again: () => void }) {
  return (
    <div class="stack">
      <Banner kind="warn">{problemText(error)}</Banner>
      <div class="row row-center">
        <Button icon="refresh" big onClick={again}>
          {t("common.tryAgain")}
        </Button>
      </div>
    </div>
  );
}
