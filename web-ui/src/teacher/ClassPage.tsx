import type { ComponentChildren } from "preact";
import type { SchoolClass } from "../api/types";
import { t, type Key } from "../i18n";
import { followLink, path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { ButtonLink, Empty, IconLink, PageHeading, PageSpinner } from "../ui";
import { useLoad } from "./load";
import { Shell } from "./Shell";

export type ClassTab = "live" | "plans" | "skills" | "checks" | "tomorrow" | "students" | "badges" | "settings";

const TABS: { tab: ClassTab; end: string; word: Key }[] = [
  { tab: "live", end: "", word: "teach.class.live" },
  { tab: "plans", end: "/plans", word: "teach.class.plans" },
  { tab: "skills", end: "/skills", word: "teach.class.skills" },
  { tab: "checks", end: "/checks", word: "teach.class.checks" },
  { tab: "tomorrow", end: "/tomorrow", word: "teach.class.tomorrow" },
  { tab: "students", end: "/students", word: "teach.class.students" },
  { tab: "badges", end: "/badges", word: "teach.class.badges" },
  { tab: "settings", end: "/settings", word: "teach.class.settings" },
];

interface ClassPageProps {
  id: string;
  tab: ClassTab;
  /** The part that is shown; gets the class, and what to call when the class changed. */
  children: (room: SchoolClass, onChange: (room: SchoolClass) => void) => ComponentChildren;
}

/** A class: its name, the parts of its page, and one of them. */
export function ClassPage({ id, tab, children }: ClassPageProps) {
  const { value, error, reload, change } = useLoad<{ classes: SchoolClass[] }>("/api/v1/classes");
  const room = value?.classes.find((one) => one.id === id);

  function onChange(next: SchoolClass) {
    change({ classes: value!.classes.map((one) => (one.id === next.id ? next : one)) });
  }

  return (
    <Shell section="classes">
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : !room ? (
        <Empty icon="people" title={t("teach.class.gone")}>
          <ButtonLink href="/teach" icon="back">
            {t("teach.class.toClasses")}
          </ButtonLink>
        </Empty>
      ) : (
        <>
          <div class="class-top no-print">
            <IconLink icon="back" href="/teach" label={t("teach.class.toClasses")} />
            <PageHeading key={tab} title={`${room.name} · ${t(TABS.find((one) => one.tab === tab)!.word)}`}>
              <bdi>{room.name}</bdi>
            </PageHeading>
          </div>
          <nav class="tabs class-tabs no-print" aria-label={room.name}>
            {TABS.map((one) => (
              <a
                key={one.tab}
                class="tab"
                href={path("/teach/classes", id) + one.end}
                onClick={followLink}
                aria-current={one.tab === tab ? "page" : undefined}
              >
                {t(one.word)}
              </a>
            ))}
          </nav>
          {children(room, onChange)}
        </>
      )}
    </Shell>
  );
}
