import { useState } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { Ask } from "../api/types";
import { t } from "../i18n";
import { path } from "../router";
import { Avatar, Banner, Button, Icon } from "../ui";
import { useTask } from "./load";
import { isAbout } from "./rules";

/** Students who wait at the sign-in page and ask to be let in without their pictures. */
export function Asks({ asks, onAnswered }: { asks: Ask[]; onAnswered: (ask: string) => void }) {
  if (asks.length === 0) return null;
  return (
    <section class="asks" aria-labelledby="asks">
      <h2 class="asks-title" id="asks">
        <Icon name="hand" />
        {t("teach.asks.title")}
      </h2>
      <ul>
        {asks.map((ask) => (
          <AskRow key={ask.ask} ask={ask} onAnswered={() => onAnswered(ask.ask)} />
        ))}
      </ul>
    </section>
  );
}

function AskRow({ ask, onAnswered }: { ask: Ask; onAnswered: () => void }) {
  const { busy, problem, run } = useTask();
  const [answer, setAnswer] = useState<"in" | "not" | null>(null);

  async function decide(allow: boolean) {
    await run(async () => {
      try {
        await post(path("/api/v1/asks", ask.ask), { allow });
      } catch (error) {
        // They gave up, or another teacher was quicker: nothing is left to decide.
        if (!isAbout(error, ["people.ask-gone"])) throw error;
        onAnswered();
        return;
      }
      // The row stays a moment, so that the next one does not come under the finger.
      setAnswer(allow ? "in" : "not");
      setTimeout(onAnswered, 1_500);
    });
  }

  return (
    <li class="asking">
      <Avatar avatar={ask.avatar} size={44} />
      <bdi class="asking-name">{ask.name}</bdi>
      {answer ? (
        <span class="asking-answer" role="status">
          <Icon name={answer === "in" ? "check" : "close"} />
          {answer === "in" ? t("teach.asks.letIn") : t("teach.asks.notIn")}
        </span>
      ) : (
        <span class="asking-buttons">
          <Button kind="primary" icon="check" busy={busy} onClick={() => void decide(true)}>
            {t("teach.asks.allow")}
          </Button>
          <Button disabled={busy} onClick={() => void decide(false)}>
            {t("teach.asks.notNow")}
          </Button>
        </span>
      )}
      {problem !== null && (
        <div class="asking-problem">
          <Banner kind="wrong">{problemText(problem)}</Banner>
        </div>
      )}
    </li>
  );
}
