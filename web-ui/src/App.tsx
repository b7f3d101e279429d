import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { onReach } from "./api/client";
import { t, useLanguage } from "./i18n";
import { navigate, usePlace } from "./router";
import { FirstPage } from "./sign-in/FirstPage";
import { SignIn } from "./sign-in/SignIn";
import { TogetherPage } from "./sign-in/Together";
import { me, reachable, school, useStore } from "./store";
import { Button, Empty, LiveRegion, PageSpinner } from "./ui";

// A reader's screens come in one piece, when that reader is here.
const readers = {
  student: () => import("./student").then((module) => module.Student),
  // Parents read what students and teachers read; a chunk of their own would cost every sign-in page a request.
  family: () => import("./student").then((module) => module.Family),
  joining: () => import("./teacher").then((module) => module.withTexts().then(() => module.JoinSchool)),
  staff: () => import("./teacher").then((module) => module.withTexts().then(() => module.Teacher)),
};

onReach((reached) => reachable.set(reached));

/** Decides which reader's screens are shown. */
export function App() {
  useLanguage();
  return (
    <>
      <Screen />
      <LiveRegion />
    </>
  );
}

function Screen() {
  const person = useStore(me);
  const ours = useStore(school);
  const place = usePlace();

  const wanted = person ? wantedPath(person.role === "student", place.path) : null;
  useEffect(() => {
    if (wanted && wanted !== place.path) navigate(wanted, { replace: true });
  }, [wanted, place.path]);

  if (!ours) return <BoxAway />;
  if (!ours.setUp) return <FirstPage joining={<Reader key="joining" reader="joining" />} />;
  if (!person && place.path === "/family") return <Reader key="family" reader="family" />;
  if (!person) return <SignIn />;
  if (wanted !== place.path) return <PageSpinner />;
  if (person.role === "student" && place.path === "/learn/together") return <TogetherPage person={person} />;
  const reader = place.path.startsWith("/teach") ? "staff" : "student";
  return <Reader key={reader} reader={reader} />;
}

/** A student stays in /learn; staff may look at /learn and are otherwise in /teach. */
function wantedPath(student: boolean, path: string): string {
  const learning = path === "/learn" || path.startsWith("/learn/");
  const teaching = path === "/teach" || path.startsWith("/teach/");
  if (student) return learning ? path : "/learn";
  return learning || teaching ? path : "/teach";
}

function Reader({ reader }: { reader: keyof typeof readers }) {
  const [Shown, setShown] = useState<ComponentType | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    readers[reader]()
      .then((component) => setShown(() => component))
      .catch(() => setFailed(true));
  }, [reader]);
  if (failed) return <BoxAway />;
  return Shown ? <Shown /> : <PageSpinner />;
}

function BoxAway() {
  useEffect(() => {
    const look = () => {
      fetch("/healthz", { cache: "no-store" }).then(
        (reply) => reply.ok && location.reload(),
        () => undefined,
      );
    };
    // Not all tablets of a class at once.
    const timer = setInterval(look, 4_000 + 3_000 * Math.random());
    return () => clearInterval(timer);
  }, []);
  return (
    <Empty icon="wifi" title={t("common.boxAway")}>
      <p class="soft">{t("common.boxAwayDo")}</p>
      <Button kind="primary" big icon="refresh" onClick={() => location.reload()}>
        {t("common.tryAgain")}
      </Button>
    </Empty>
  );
}
