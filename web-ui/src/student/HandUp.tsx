import { useEffect } from "preact/hooks";
import { ApiProblem, get, onReach, post, problemText } from "../api/client";
import type { HandState } from "../api/types";
import { t } from "../i18n";
import { match } from "../router";
import { recheck } from "../session";
import { me, useStore } from "../store";
import { Banner, Button, IconButton, say } from "../ui";
import { Hand, type HandPlace } from "./hand";

const PATIENCE = 8_000;

/** One hand for all pages: it stays up while the student goes on. */
const hand = new Hand({
  move: (up, place) => told(post<HandState>("/api/v1/help", { up, place }, { timeout: PATIENCE })),
  ask: () => told(get<HandState>("/api/v1/help", { timeout: PATIENCE })),
  isAway: (problem) => problem instanceof ApiProblem && problem.unreachable,
  later: (run, milliseconds) => window.setTimeout(run, milliseconds),
  cancel: (timer) => clearTimeout(timer),
});
let whose: string | null = null;

async function told(answer: Promise<HandState>): Promise<boolean> {
  try {
    return (await answer).since !== null;
  } catch (problem) {
    // The lesson was ended, or the student signed in elsewhere.
    if (problem instanceof ApiProblem && problem.status === 401) void recheck();
    throw problem;
  }
}

me.watch(() => {
  if (whose !== null && me.get()?.id !== whose) {
    whose = null;
    hand.stop();
  }
});
onReach((reached) => reached && hand.wake());

/** The activity on the screen; nothing on other pages. */
function placeNow(): HandPlace | null {
  return match("/learn/:course/:lesson/:activity", location.pathname) as HandPlace | null;
}

/** Raises the hand, or takes it down. */
export function HandButton() {
  const person = useStore(me);
  const up = useStore(hand.shown) !== "down";
  const id = person?.id;

  useEffect(() => {
    if (!id || whose === id) return;
    whose = id;
    hand.look();
  }, [id]);

  return (
    <IconButton
      icon="hand"
      big
      class={up ? "hand hand-up" : "hand"}
      label={t(up ? "student.hand.takeBack" : "student.hand.raise")}
      aria-pressed={up}
      onClick={() => move(!up)}
    />
  );
}

function move(up: boolean) {
  hand.move(up, placeNow());
  say(t(up ? "student.hand.isUp" : "student.hand.isDown"));
}

/** That the teacher knows, or will. */
export function HandBanner() {
  const shown = useStore(hand.shown);
  const problem = useStore(hand.problem);
  if (shown === "down") {
    if (problem === null) return null;
    return (
      <div class="learn-banner">
        <Banner kind="warn" icon="hand">
          {problemText(problem)}
        </Banner>
      </div>
    );
  }
  return (
    <div class="learn-banner hand-banner">
      <Banner icon="hand" action={<Button onClick={() => move(false)}>{t("student.hand.takeBack")}</Button>}>
        {t(shown === "up" ? "student.hand.known" : "student.hand.sending")}
      </Banner>
    </div>
  );
}
