import { post, problemText } from "../api/client";
import type { Live, LiveStudent } from "../api/types";
import { t } from "../i18n";
import { path } from "../router";
import { Avatar, Banner, Button, Icon, say } from "../ui";
import { adviceText, reasonText, SignalBadge, Since, StateShape } from "./LiveParts";
import { useTask } from "./load";
import { inOrder, moreHands } from "./rules";

interface VisitsProps {
  live: Live;
  now: number;
  onOpen: (id: string) => void;
  onWasThere: (id: string) => void;
}

/** At most five names, each with one reason and one thing to do; and the hands that wait behind them. */
export function Visits({ live, now, onOpen, onWasThere }: VisitsProps) {
  const first = inOrder(live, live.visits).filter((student) => student.signal);
  const hands = moreHands(live);
  const here = live.students.some((student) => student.signedIn);
  return (
    <section class="visits" aria-labelledby="visits">
      <h2 class="live-heading" id="visits">
        {t("teach.live.visitFirst")}
      </h2>
      {first.length === 0 ? (
        <div class="visits-none">
          <StateShape state={here ? "done" : "away"} />
          <p>{here ? t("teach.live.allWell") : t("teach.live.nobodyHere")}</p>
        </div>
      ) : (
        <ol class="visit-list">
          {first.map((student) => (
            <li key={student.id}>
              <Visit
                student={student}
                now={now}
                classId={live.class.id}
                onOpen={() => onOpen(student.id)}
                onWasThere={() => onWasThere(student.id)}
              />
            </li>
          ))}
        </ol>
      )}
      {hands.length > 0 && (
        <div class="more-hands">
          <h3 class="more-hands-title">
            <Icon name="hand" />
            {t("teach.live.moreHands")}
          </h3>
          <ol>
            {hands.map((student) => (
              <li key={student.id}>
                <Button onClick={() => onOpen(student.id)}>
                  <bdi>{student.name}</bdi>
                </Button>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

interface VisitProps {
  student: LiveStudent;
  now: number;
  classId: string;
  onOpen: () => void;
  onWasThere: () => void;
}

function Visit({ student, now, classId, onOpen, onWasThere }: VisitProps) {
  const signal = student.signal!;
  return (
    <div class={`visit visit-${signal.kind}`}>
      <button type="button" class="visit-open" onClick={onOpen}>
        <Avatar avatar={student.avatar} size={44} />
        <span class="visit-words">
          <span class="visit-top">
            <bdi class="visit-name">{student.name}</bdi>
            <SignalBadge kind={signal.kind} />
          </span>
          <span class="visit-reason">
            {reasonText(signal, now)} {signal.kind !== "idle" && <Since at={signal.since} now={now} />}
          </span>
          <span class="visit-do">{adviceText(signal)}</span>
        </span>
      </button>
      <WasThere student={student} classId={classId} onWasThere={onWasThere} />
    </div>
  );
}

/** Takes a name off the list until something new happens; a hand goes down on the student's tablet, too. */
export function WasThere({ student, classId, onWasThere }: Pick<VisitProps, "student" | "classId" | "onWasThere">) {
  const { busy, problem, run } = useTask();

  async function tell() {
    await run(async () => {
      await post(`${path("/api/v1/classes", classId)}${path("/help", student.id)}`);
      say(t("teach.live.wasThereSaid", { name: student.name }));
      onWasThere();
    });
  }

  return (
    <>
      <Button class="visit-there" icon="check" busy={busy} onClick={() => void tell()}>
        {t("teach.live.wasThere")}
        <span class="only-heard">
          : <bdi>{student.name}</bdi>
        </span>
      </Button>
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
    </>
  );
}
