import type { Box, SchoolClass, StaffMe } from "../api/types";
import { formatNumber, t, type Key } from "../i18n";
import { path } from "../router";
import { me, school, useStore } from "../store";
import { useLoad } from "../teacher/load";
import { mayEnter } from "../teacher/rules";
import { Banner, Brand, Button, ButtonLink, Icon, type IconName } from "../ui";
import { shownAddresses } from "./address";
import "./print.css";

const STEPS: { icon: IconName; word: Key }[] = [
  { icon: "wifi", word: "print.join.wifi" },
  { icon: "globe", word: "print.join.browser" },
  { icon: "people", word: "print.join.class" },
  { icon: "face", word: "print.join.face" },
];

/** A sheet for the wall: how a tablet finds the school. */
export function JoinSheet({ room }: { room: SchoolClass }) {
  const ours = useStore(school);
  const person = useStore(me) as StaffMe;
  // Only the head may ask the box for its addresses; others take the one by which they came.
  const box = useLoad<Box>(mayEnter(person.role, "box") ? "/api/v1/box" : null);
  const addresses = shownAddresses(location.origin, box.value);
  return (
    <div class="stack">
      <div class="print-bar no-print">
        <p class="grow">{t("print.join.intro")}</p>
        <div class="row">
          <Button kind="primary" icon="printer" onClick={() => print()}>
            {t("print.now")}
          </Button>
          <ButtonLink icon="badge" href={`${path("/teach/classes", room.id)}/badges`}>
            {t("teach.class.badges")}
          </ButtonLink>
        </div>
      </div>
      {addresses.onlyHere && (
        <div class="no-print">
          <Banner kind="warn">{t("print.join.onlyHere")}</Banner>
        </div>
      )}
      <article class="sheet join">
        <header class="join-top">
          <Brand name={ours?.name ?? ""} size={44} />
          <bdi class="join-class">{room.name}</bdi>
        </header>
        <p class="join-lead">{t("print.join.lead")}</p>
        <p class={`join-address${addresses.first.length > 22 ? " join-address-long" : ""}`} dir="ltr">
          {addresses.first}
        </p>
        {addresses.others.length > 0 && (
          <p class="join-others">
            {t("print.join.or")}{" "}
            {addresses.others.map((one) => (
              <bdi key={one} class="join-other" dir="ltr">
                {one}
              </bdi>
            ))}
          </p>
        )}
        <ol class="join-steps">
          {STEPS.map((step, index) => (
            <li key={step.word}>
              <span class="join-number">{formatNumber(index + 1)}</span>
              <Icon name={step.icon} big />
              <span>
                {t(step.word)}
                {index === 0 && <span class="join-line" aria-hidden="true" />}
              </span>
            </li>
          ))}
        </ol>
      </article>
    </div>
  );
}
