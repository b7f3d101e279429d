import { useState } from "preact/hooks";
import { post, problemText } from "../api/client";
import type { SchoolClass, StaffMe } from "../api/types";
import { plural, t } from "../i18n";
import { navigate, path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, useStore } from "../store";
import { Banner, Button, ButtonLink, CardLink, Dialog, Empty, Field, Icon, PageHeading, PageSpinner } from "../ui";
import { Repaired } from "../technician/Repaired";
import { SchoolGoals } from "./goals/GoalBars";
import { StickBanner } from "./library/StickBanner";
import { StickSync } from "./library/StickSync";
import { useLoad, useTask } from "./load";
import { isAbout, mayChange } from "./rules";
import { Shell } from "./Shell";

/** The first page of a teacher: the classes. */
export function HomePage() {
  const person = useStore(me) as StaffMe;
  const { value, error, reload } = useLoad<{ classes: SchoolClass[] }>("/api/v1/classes");
  const [making, setMaking] = useState(false);
  const change = mayChange(person.role);
  const make = (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t("teach.home.make")}
    </Button>
  );

  return (
    <Shell section="classes">
      <div class="home-notice">
        <Repaired />
      </div>
      <StickBanner />
      {person.role !== "assistant" && <StickSync />}
      {person.role !== "technician" && <SchoolGoals />}
      <div class="desk-title">
        <PageHeading title={person.role === "head" ? t("teach.home.allClasses") : t("teach.home.myClasses")} />
        {change && value && value.classes.length > 0 && make}
      </div>
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : value.classes.length === 0 ? (
        <Empty icon="people" title={t("teach.home.none")}>
          <p class="soft">{change ? t("teach.home.noneDo") : t("teach.home.noneAssistant")}</p>
          {change && make}
        </Empty>
      ) : (
        <ul class="room-cards">
          {value.classes.map((one) => (
            <li key={one.id}>
              <ClassCard room={one} />
            </li>
          ))}
        </ul>
      )}
      {change && value && (
        <p class="home-own">
          <ButtonLink kind="quiet" icon="edit" href="/teach/own">
            {t("teach.own.make")}
          </ButtonLink>
        </p>
      )}
      {making && <NewClass onClose={() => setMaking(false)} />}
    </Shell>
  );
}

function ClassCard({ room }: { room: SchoolClass }) {
  const teachers = room.staff.map((one) => one.name).join(" · ");
  return (
    <CardLink href={path("/teach/classes", room.id)} class="room-card">
      <h2>
        <bdi>{room.name}</bdi>
      </h2>
      <p class="room-card-count">{plural("common.students", room.students)}</p>
      <p class={room.signedIn > 0 ? "here here-some" : "here"}>
        <span class="here-dot" aria-hidden="true" />
        {room.signedIn > 0 ? plural("teach.home.signedIn", room.signedIn) : t("teach.home.nobodyIn")}
      </p>
      <p class="small soft room-card-staff">
        <bdi>{teachers}</bdi>
      </p>
      <span class="room-card-go" aria-hidden="true">
        <Icon name="forward" />
      </span>
    </CardLink>
  );
}

const NAME_CODES = ["people.name-missing", "people.name-long", "people.name-unreadable", "people.class-name-taken"];

function NewClass({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const { busy, problem, run } = useTask();

  function make(event: Event) {
    event.preventDefault();
    void run(async () => {
      const made = await post<SchoolClass>("/api/v1/classes", { name });
      navigate(`${path("/teach/classes", made.id)}/students`);
    });
  }

  const beside = isAbout(problem, NAME_CODES);
  return (
    <Dialog title={t("teach.home.make")} onClose={onClose}>
      <form class="stack" onSubmit={make}>
        <Field
          label={t("teach.class.name")}
          note={t("teach.class.nameNote")}
          value={name}
          onInput={setName}
          maxLength={60}
          problem={beside ? problemText(problem) : null}
          data-first
        />
        {problem !== null && !beside && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("teach.home.makeIt")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
