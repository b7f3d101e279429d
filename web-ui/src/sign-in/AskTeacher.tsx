import { useEffect, useState } from "preact/hooks";
import { ApiProblem, get, post, problemText } from "../api/client";
import type { AskState } from "../api/types";
import { t } from "../i18n";
import { clientName } from "../queue";
import { path } from "../router";
import { signedIn } from "../session";
import { Avatar, Banner, Button, ButtonLink, IconLink, PageHeading } from "../ui";
import { useFaces } from "./classes";
import { Frame } from "./Frame";

const EVERY = 3_000;

/** The student waits until the teacher lets them in with one tap: the way in without remembering anything. */
export function AskTeacher({ class: id, student }: { class: string; student: string }) {
  const face = useFaces(id).value?.students.find((one) => one.id === student);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<"waiting" | "refused" | "gone">("waiting");
  const [problem, setProblem] = useState<unknown>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    let ask: string | null = null;
    setState("waiting");

    async function step() {
      try {
        if (!ask) {
          ask = (await post<{ ask: string }>("/api/v1/sign-in/asks", { student, client: await clientName() })).ask;
        } else {
          const answer = await get<AskState>(`/api/v1/sign-in/asks/${encodeURIComponent(ask)}`);
          if (over) return;
          if (answer.state === "allowed") return await signedIn(answer.me);
          if (answer.state !== "waiting") return setState(answer.state);
        }
        if (!over) setProblem(null);
      } catch (error) {
        if (over) return;
        setProblem(error);
        // A box that is away comes back; a refusal stays one.
        if (error instanceof ApiProblem && !error.unreachable) return;
      }
      if (!over) timer = setTimeout(() => void step(), EVERY);
    }
    void step();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [student, round]);

  return (
    <Frame start={<IconLink icon="back" big href={path("/sign-in/class", id, student)} label={t("common.back")} />}>
      <div class="ask">
        <div class={state === "waiting" ? "ask-face ask-face-waiting" : "ask-face"}>
          {face && <Avatar avatar={face.avatar} size={120} />}
        </div>
        <PageHeading title={state === "waiting" ? t("signIn.askHand") : t("signIn.askAgain")} />
        <p class="soft large" role="status">
          {state === "waiting" ? t("signIn.askWaiting") : state === "refused" ? t("signIn.askRefused") : t("signIn.askGone")}
        </p>
        {problem !== null && <Banner kind="warn">{problemText(problem)}</Banner>}
        {state !== "waiting" && (
          <Button kind="primary" big icon="hand" onClick={() => setRound(round + 1)}>
            {t("signIn.askTeacher")}
          </Button>
        )}
        <ButtonLink big icon="grid" href={path("/sign-in/class", id, student)}>
          {t("signIn.usePictures")}
        </ButtonLink>
      </div>
    </Frame>
  );
}
