import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StaffMe } from "../api/types";
import { t, type Key } from "../i18n";
import { followLink, usePlace } from "../router";
import { me, reachable, school, useStore } from "../store";
import { Banner, Brand, Icon, type IconName } from "../ui";
import { mayEnter, type Section } from "./rules";

const SECTIONS: { section: Section; href: string; icon: IconName; word: Key }[] = [
  { section: "classes", href: "/teach", icon: "people", word: "teach.nav.classes" },
  { section: "courses", href: "/teach/library", icon: "book", word: "teach.nav.library" },
  { section: "staff", href: "/teach/staff", icon: "badge", word: "teach.nav.staff" },
  { section: "school", href: "/teach/school", icon: "home", word: "teach.nav.school" },
  { section: "box", href: "/teach/box", icon: "box", word: "teach.nav.box" },
];

/** What surrounds every page of the staff: the school, the way to each part, who is here. */
export function Shell({ section, children }: { section: Section | "me"; children: ComponentChildren }) {
  const person = useStore(me) as StaffMe | null;
  const ours = useStore(school);
  if (!person) return null;
  const sections = SECTIONS.filter((one) => mayEnter(person.role, one.section));
  return (
    <div class={sections.length > 1 ? "desk desk-with-nav" : "desk"}>
      {ours?.sample && (
        <div class="desk-sample">
          <Banner kind="warn" icon="eye">
            {t("setUp.sampleBanner")}
          </Banner>
        </div>
      )}
      <header class="desk-top">
        <a class="desk-brand" href="/teach" onClick={followLink}>
          <Brand name={ours?.name ?? ""} size={32} />
        </a>
        {sections.length > 1 && (
          <nav class="desk-nav" aria-label={t("teach.nav.label")}>
            {sections.map((one) => (
              <a
                key={one.section}
                href={one.href}
                onClick={followLink}
                class="desk-nav-link"
                aria-current={one.section === section ? "page" : undefined}
              >
                <Icon name={one.icon} />
                <span>{t(one.word)}</span>
              </a>
            ))}
          </nav>
        )}
        <a
          class="desk-me"
          href="/teach/me"
          onClick={followLink}
          title={t("teach.me.title")}
          aria-current={section === "me" ? "page" : undefined}
        >
          <Icon name="person" />
          <bdi>{person.name}</bdi>
        </a>
      </header>
      <Away />
      <main class="desk-main">{children}</main>
    </div>
  );
}

/** Said once for all pages: the box is away, and what is shown may be old. */
function Away() {
  const reached = useStore(reachable);
  const { path } = usePlace();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    // A hiccup of the Wi-Fi is not worth a word.
    const timer = setTimeout(() => setShown(!reached), reached ? 300 : 2_000);
    return () => clearTimeout(timer);
  }, [reached]);
  // The live page has its own word for it.
  if (!shown || /^\/teach\/classes\/[^/]+\/?$/.test(path)) return null;
  return (
    <div class="desk-banner">
      <Banner kind="warn" icon="cloudOff">
        {t("teach.boxAway")}
      </Banner>
    </div>
  );
}
