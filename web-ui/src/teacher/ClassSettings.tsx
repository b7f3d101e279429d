import { useState } from "preact/hooks";
import { patch, problemText, put, remove } from "../api/client";
import type { ClassWay, SchoolClass, Staff, StaffMe } from "../api/types";
import { t, type Key } from "../i18n";
import { navigate, path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, useStore } from "../store";
import { Banner, Button, Card, Field, Icon, PageSpinner } from "../ui";
import { useLoad, useTask } from "./load";
import { isAbout, mayChange } from "./rules";
import { Sure } from "./StudentDialog";

interface ClassSettingsProps {
  room: SchoolClass;
  onChange: (room: SchoolClass) => void;
}

/** The class's name, who teaches it, and its end. */
export function ClassSettings({ room, onChange }: ClassSettingsProps) {
  const person = useStore(me) as StaffMe;
  return (
    <div class="stack stack-l settings">
      {mayChange(person.role) && <Rename room={room} onChange={onChange} />}
      <HowItWorks room={room} />
      {person.role === "head" ? <ChooseStaff room={room} onChange={onChange} /> : <ShowStaff room={room} />}
      {person.role === "head" && <RemoveClass room={room} />}
    </div>
  );
}

const NAME_CODES = ["people.name-missing", "people.name-long", "people.name-unreadable", "people.class-name-taken"];

function Rename({ room, onChange }: ClassSettingsProps) {
  const [name, setName] = useState(room.name);
  const [saved, setSaved] = useState(false);
  const { busy, problem, run } = useTask();
  const beside = isAbout(problem, NAME_CODES);

  function save(event: Event) {
    event.preventDefault();
    void run(async () => {
      onChange(await patch<SchoolClass>(path("/api/v1/classes", room.id), { name }));
      setSaved(true);
    });
  }

  return (
    <Card>
      <form class="stack" onSubmit={save}>
        <Field
          label={t("teach.class.name")}
          value={name}
          onInput={(text) => {
            setName(text);
            setSaved(false);
          }}
          problem={beside ? problemText(problem) : null}
        />
        {problem !== null && !beside && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          {saved && <Saved />}
          <Button kind="primary" type="submit" busy={busy} disabled={name.trim() === room.name}>
            {t("teach.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

const WAYS: ClassWay["way"][] = ["whole", "groups", "ownPlaylist", "freeChoice"];
const STRICTNESS: ClassWay["strictness"][] = ["relaxed", "standard", "strict"];

/** Who chooses what is practised, and when a skill counts as secure. One touch sets it. */
function HowItWorks({ room }: { room: SchoolClass }) {
  const address = path("/api/v1/classes", room.id, "way");
  const { value, error, reload, change } = useLoad<ClassWay>(address);
  const person = useStore(me) as StaffMe;
  const [saved, setSaved] = useState(false);
  const { busy, problem, run } = useTask();
  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;

  const set = (way: ClassWay) => {
    setSaved(false);
    void run(async () => change(await put<ClassWay>(address, way))).then(setSaved);
  };
  const radio = (name: string, checked: boolean, next: ClassWay) => (
    <input type="radio" name={name} checked={checked} disabled={busy || !mayChange(person.role)} onChange={() => set(next)} />
  );

  return (
    <Card class="stack">
      <h2>{t("teach.way.title")}</h2>
      <fieldset class="chooser stack stack-s">
        <legend>{t("teach.way.who")}</legend>
        {WAYS.map((way) => (
          <label key={way} class="tick">
            {radio("way", value.way === way, { ...value, way })}
            <span>
              {t(`teach.way.${way}` as Key)} <span class="soft">· {t(`teach.wayNote.${way}` as Key)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="chooser stack stack-s">
        <legend>{t("teach.strict.title")}</legend>
        {STRICTNESS.map((strictness) => (
          <label key={strictness} class="tick">
            {radio("strictness", value.strictness === strictness, { ...value, strictness })}
            <span>{t(`teach.strict.${strictness}` as Key)}</span>
          </label>
        ))}
      </fieldset>
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      {saved && <Saved />}
    </Card>
  );
}

/** A word that it is kept, said also to those who hear the page. */
export function Saved() {
  return (
    <span class="saved" role="status">
      <Icon name="check" />
      {t("teach.saved")}
    </span>
  );
}

function ShowStaff({ room }: { room: SchoolClass }) {
  return (
    <Card class="stack">
      <h2>{t("teach.class.staff")}</h2>
      <ul class="stack stack-s">
        {room.staff.map((one) => (
          <li key={one.id}>
            <bdi>{one.name}</bdi> <span class="soft">· {t(`teach.role.${one.role}` as Key)}</span>
          </li>
        ))}
      </ul>
      <p class="soft small">{t("teach.class.staffHead")}</p>
    </Card>
  );
}

function ChooseStaff({ room, onChange }: ClassSettingsProps) {
  const { value, error, reload } = useLoad<{ staff: Staff[] }>("/api/v1/staff");
  const [chosen, setChosen] = useState(() => new Set(room.staff.map((one) => one.id)));
  const [saved, setSaved] = useState(false);
  const { busy, problem, run } = useTask();
  const same = chosen.size === room.staff.length && room.staff.every((one) => chosen.has(one.id));

  if (!value) return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
  const teachers = value.staff.filter((one) => one.role !== "technician");

  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
    setSaved(false);
  }

  function save(event: Event) {
    event.preventDefault();
    void run(async () => {
      onChange(await patch<SchoolClass>(path("/api/v1/classes", room.id), { staff: [...chosen] }));
      setSaved(true);
    });
  }

  return (
    <Card>
      <form class="stack" onSubmit={save}>
        <fieldset class="chooser stack stack-s">
          <legend>
            <h2>{t("teach.class.staff")}</h2>
          </legend>
          {teachers.map((one) => (
            <label key={one.id} class="tick">
              <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
              <span>
                <bdi>{one.name}</bdi> <span class="soft">· {t(`teach.role.${one.role}` as Key)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="soft small">{t("teach.class.staffNote")}</p>
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          {saved && same && <Saved />}
          <Button kind="primary" type="submit" busy={busy} disabled={same}>
            {t("teach.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function RemoveClass({ room }: { room: SchoolClass }) {
  const [asking, setAsking] = useState(false);
  const { busy, problem, run, clear } = useTask();
  return (
    <Card class="stack">
      <h2>{t("teach.class.remove")}</h2>
      <p class="soft">{t("teach.class.removeNote")}</p>
      <div>
        <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
          {t("teach.class.remove")}
        </Button>
      </div>
      {asking && (
        <Sure
          title={t("teach.class.removeSure", { name: room.name })}
          yes={t("teach.class.removeIt")}
          busy={busy}
          problem={problem}
          onNo={() => {
            clear();
            setAsking(false);
          }}
          onYes={() =>
            void run(async () => {
              await remove(path("/api/v1/classes", room.id));
              navigate("/teach", { replace: true });
            })
          }
        >
          {t("teach.class.removeNote")}
        </Sure>
      )}
    </Card>
  );
}
