import { useRef } from "preact/hooks";
import { problemText } from "../../api/client";
import type { Library } from "../../api/types";
import { t } from "../../i18n";
import { useStore } from "../../store";
import { Banner, Button, Card, ProgressBar } from "../../ui";
import { send, sendAgain, sendings, stopSending, type Sending } from "./sending";
import { size } from "./words";

/** Chooses files on this phone or computer and sends them. */
export function SendButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span>
      <input
        ref={input}
        id="library-files"
        class="only-heard"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          send([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <Button icon="upload" onClick={() => input.current?.click()}>
        {t("library.send")}
      </Button>
    </span>
  );
}

/** What is on its way, from here and from elsewhere. */
export function Sendings({ page }: { page: Library }) {
  const all = useStore(sendings);
  const own = all.filter((one) => one.purpose === null);
  const names = new Set(all.map((one) => `${one.bytes} ${one.name}`));
  const others = page.uploads.filter((one) => !names.has(`${one.bytes} ${one.name}`));
  if (own.length === 0 && others.length === 0) return null;
  return (
    <section aria-labelledby="sending">
      <h2 class="library-heading" id="sending">
        {t("library.sending")}
      </h2>
      <ul class="stack stack-s">
        {own.map((one) => (
          <li key={one.key}>
            <SendingCard one={one} />
          </li>
        ))}
        {others.map((one) => (
          <li key={one.id}>
            <Card class="sending stack stack-s">
              <p class="sending-name">
                <bdi>{one.name}</bdi>
              </p>
              <ProgressBar done={one.received} of={one.bytes} label={one.name} />
              <p class="small soft">{t("library.sentElsewhere")}</p>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A file on its way from this phone: how far it is, what holds it up. */
export function SendingCard({ one }: { one: Sending }) {
  return (
    <Card class="sending stack stack-s">
      <p class="sending-name">
        <bdi>{one.name}</bdi>
      </p>
      {one.state === "failed" ? (
        <Banner kind="wrong">{problemText(one.problem)}</Banner>
      ) : (
        <>
          <ProgressBar done={one.sent} of={one.bytes} label={one.name} />
          <p class="small soft">{t("library.doneOf", { done: size(one.sent), of: size(one.bytes) })}</p>
        </>
      )}
      {one.state === "held" && (
        <Banner kind="warn" icon="cloudOff">
          {t("library.held")}
        </Banner>
      )}
      <div class="row row-end">
        {one.state === "failed" && (
          <Button icon="refresh" onClick={() => sendAgain(one.key)}>
            {t("common.tryAgain")}
          </Button>
        )}
        <Button onClick={() => stopSending(one.key)}>{t("library.stop")}</Button>
      </div>
    </Card>
  );
}
