import { useRef, useState } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { Ask } from "../api/types";
import { plural, t } from "../i18n";
import { path } from "../router";
import { Avatar, Banner, Button, Icon } from "../ui";
import { useTask } from "./load";
import { isAbout } from "./rules";

type Answer = "in" | "not";

/** More rows would push the names to visit off a phone; the others come after a touch. */
const SHOWN = 2;
/** So long an answered row stays, so that the next one does not come under the finger. */
const STAYS = 1_500;

/** Students who wait at the sign-in page and ask to be let in without their pictures. */
export function Asks({ asks, onAnswered }: { asks: Ask[]; onAnswered: (ask: string) => void }) {
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const [all, setAll] = useState(false);
  const rows = useRef<Ask[]>([]);
  const before = rows.current;
  rows.current = [
    ...before.filter((row) => answers[row.ask] || asks.some((ask) => ask.ask === row.ask)),
    ...asks.filter((ask) => !before.some((row) => row.ask === ask.ask)),
  ];
  if (rows.current.length === 0) return null;

  const more = all ? 0 : Math.max(0, rows.current.length - SHOWN);

  function answered(ask: string, answer: Answer) {
    setAnswers((all) => ({ ...all, [ask]: answer }));
    setTimeout(() => {
      onAnswered(ask);
      setAnswers(({ [ask]: _, ...others }) => others);
    }, STAYS);
  }

  return (
    <section class="asks" aria-labelledby="asks">
      <h2 class="asks-title" id="asks">
        <Icon name="hand" />
        {t("teach.asks.title")}
      </h2>
      <ul>
        {rows.current.slice(0, rows.current.length - more).map((ask) => (
          <AskRow
            key={ask.ask}
            ask={ask}
            answer={answers[ask.ask]}
            onAnswer={(answer) => answered(ask.ask, answer)}
            onGone={() => onAnswered(ask.ask)}
          />
        ))}
      </ul>
      {more > 0 && (
        <Button kind="quiet" icon="down" onClick={() => setAll(true)}>
          {plural("teach.asks.more", more)}
        </Button>
      )}
    </section>
  );
}

interface AskRowProps {
  ask: Ask;
  answer: Answer | undefined;
  onAnswer: (answer: Answer) => void;
  /** They gave up, or another teacher was quicker: nothing is left to decide. */
  onGone: () => void;
}

function AskRow({ ask, answer, onAnswer, onGone }: AskRowProps) {
  const { busy, problem, run } = useTask();

  async function decide(allow: boolean) {
    await run(async () => {
      try {
        await post(path("/api/v1/asks", ask.ask), { allow });
        onAnswer(allow ? "in" : "not");
      } catch (error) {
        if (!isAbout(error, ["people.ask-gone"])) throw error;
        onGone();
      }
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
