import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { queueStatus } from "../queue";
import { signOut } from "../session";
import { me, partner, reachable, school, useStore } from "../store";
import { Avatar, Banner, Button, ButtonLink, Dialog, IconLink, PageHeading } from "../ui";
import { HandBanner, HandButton } from "./HandUp";
import { LessonStrip } from "./LessonStrip";
import { PairBadge } from "./Pair";
import { sinceTouch, startTouch } from "./touch";

interface ShellProps {
  /** Where the arrow at the start leads; none on the first page. */
  back?: string;
  /** Stands as the page's heading in place of the bare name. */
  greeting?: string;
  children: ComponentChildren;
}

/** What surrounds every student's page: who is here, the way back, and one tap to be done. */
export function Shell({ back, greeting, children }: ShellProps) {
  const person = useStore(me);
  const ours = useStore(school);
  const paired = useStore(partner) !== null;
  const student = person?.role === "student";
  if (!person) return null;
  return (
    <div class="learn">
      {ours?.sample && (
        <div class="learn-sample">
          <Banner kind="warn" icon="eye">
            {t("setUp.sampleBanner")}
          </Banner>
        </div>
      )}
      <header class="learn-top">
        {back && <IconLink icon="back" big href={back} label={t("common.back")} />}
        <span class={paired ? "learn-who learn-two" : "learn-who"}>
          {student && !paired && <Avatar avatar={person.avatar ?? ""} size={greeting ? 56 : 44} />}
          {student && paired && <PairBadge />}
          {greeting && <PageHeading title={greeting} hidden={paired} />}
          {!paired && <bdi class={greeting ? "learn-name only-heard" : "learn-name"}>{person.name}</bdi>}
        </span>
        {student && <HandButton />}
        {student ? (
          <Button icon="door" class="learn-done" onClick={() => void signOut()}>
            {t("common.done")}
          </Button>
        ) : (
          <ButtonLink icon="back" href="/teach">
            {t("student.toTeaching")}
          </ButtonLink>
        )}
      </header>
      {student && <LessonStrip student={person.id} />}
      <Connection student={student} />
      {student && <HandBanner />}
      <main class="learn-main">{children}</main>
      {student && <IdleGuard />}
    </div>
  );
}

/** A calm line while the box is away: nothing is lost, and one can go on. */
function Connection({ student }: { student: boolean }) {
  const queue = useStore(queueStatus);
  const reached = useStore(reachable);
  const away = !reached || (queue.failing && queue.waiting > 0);
  const [shown, setShown] = useState(away);

  useEffect(() => {
    if (away === shown) return;
    // A hiccup of the Wi-Fi is not worth a word.
    const timer = setTimeout(() => setShown(away), away ? 1_500 : 400);
    return () => clearTimeout(timer);
  }, [away, shown]);

  if (student && queue.storage === "memory") {
    return (
      <div class="learn-banner">
        <Banner kind="warn">{t("student.cannotKeep")}</Banner>
      </div>
    );
  }
  if (!shown) return null;
  return (
    <div class="learn-banner learn-banner-stays">
      <Banner kind="warn" icon="cloudOff">
        {queue.waiting > 0 ? t("student.savedHere") : t("student.boxAway")}
      </Banner>
    </div>
  );
}

const ASK_AFTER = 90_000;
const LEAVE_AFTER = 180_000;

/** Tablets are shared: after a while without a touch the page asks who is there, and then goes back to the faces. */
function IdleGuard() {
  const person = useStore(me);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    startTouch();
    const look = () => {
      const idle = sinceTouch();
      // By the clock, not by counting: a sleeping tablet stops its timers.
      if (idle >= LEAVE_AFTER) void signOut();
      else if (idle >= ASK_AFTER) setAsking(true);
    };
    const timer = setInterval(look, 2_000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);

  if (!asking || person?.role !== "student") return null;
  return (
    <Dialog title={t("student.stillYou", { name: person.name })}>
      <div class="still-you">
        <Avatar avatar={person.avatar} size={120} />
        <Button kind="primary" big wide data-first icon="check" onClick={() => setAsking(false)}>
          {t("student.yesMe")}
        </Button>
        <Button big wide icon="people" onClick={() => void signOut()}>
          {t("student.someoneElse")}
        </Button>
      </div>
    </Dialog>
  );
}
