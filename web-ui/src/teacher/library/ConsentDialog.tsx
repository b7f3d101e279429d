import type { Consent, OfferVerdict } from "../../api/types";
import { plural, t } from "../../i18n";
import { Button, Dialog, Icon } from "../../ui";
import { toldOf, type Told } from "./rules";
import { findingText } from "./words";

interface ConsentProps {
  title: string;
  asks: Consent[];
  verdict: OfferVerdict | null;
  /** The versions, where they matter. */
  version: string | null;
  installed: string | null;
  /** Ids of packs that are missing. */
  needs: string[];
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
}

/** What a teacher must know and say yes to before something is added. Each thing in one sentence, one yes to all. */
export function ConsentDialog(props: ConsentProps) {
  const { title, asks, busy, onYes, onClose } = props;
  const only = asks.length === 1 && asks[0] === "unsigned";
  return (
    <Dialog title={t("library.ask.title")} onClose={onClose}>
      <div class="stack">
        <p>
          <strong>
            <bdi>{title}</bdi>
          </strong>
        </p>
        <ul class="asks">
          {asks.map((ask) => (
            <li key={ask}>
              <Icon name={ask === "unsigned" || ask === "publisher" ? "key" : "alert"} />
              <div>
                <Words {...props} ask={ask} />
              </div>
            </li>
          ))}
        </ul>
        <div class="consent-buttons">
          <Button kind="primary" wide big busy={busy} onClick={onYes} data-first>
            {only ? t("library.ask.yesUnsigned") : t("library.ask.yes")}
          </Button>
          <Button wide onClick={onClose}>
            {t("teach.cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Words({ ask, verdict, version, installed, needs }: ConsentProps & { ask: Consent }) {
  if (ask === "unsigned") return <p>{t("library.ask.unsigned")}</p>;
  if (ask === "publisher") return <p>{t("library.ask.publisher")}</p>;
  if (ask === "older") return <p>{t("library.ask.older", { version: version ?? "", installed: installed ?? "" })}</p>;
  if (ask === "incomplete") {
    return (
      <p>
        {t("library.ask.incomplete")} <bdi dir="ltr">{needs.join(", ")}</bdi>
      </p>
    );
  }
  const errors = verdict ? toldOf(verdict).filter((one) => one.severity === "error") : [];
  return (
    <>
      <p>{plural("library.ask.errors", Math.max(1, errors.length))}</p>
      <ul class="ask-errors">
        {errors.map((one: Told) => (
          <li key={one.code}>{findingText(one)}</li>
        ))}
      </ul>
    </>
  );
}
