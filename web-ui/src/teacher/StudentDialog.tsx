import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { patch, post, problemText, remove } from "../api/client";
import type { Badge, Student } from "../api/types";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, t } from "../i18n";
import { path } from "../router";
import { school, useStore } from "../store";
import { ANIMALS, Avatar, AVATAR_COLOURS, Banner, Button, Dialog, Field, Select } from "../ui";
import { useTask } from "./load";
import { isAbout } from "./rules";
import { ThreePictures } from "./ThreePictures";

const NAME_CODES = ["people.name-missing", "people.name-long", "people.name-unreadable"];
const NUMBER_CODES = ["people.school-id-wrong", "people.school-id-taken", "people.school-id-twice"];

interface Typed {
  name: string;
  schoolId: string;
  language: string;
}

function Fields({ typed, onType, problem }: { typed: Typed; onType: (typed: Typed) => void; problem: unknown }) {
  const ours = useStore(school);
  const own = ours && isLanguage(ours.language) ? LANGUAGE_NAMES[ours.language] : "";
  return (
    <>
      <Field
        label={t("teach.students.name")}
        value={typed.name}
        onInput={(name) => onType({ ...typed, name })}
        maxLength={80}
        problem={isAbout(problem, NAME_CODES) ? problemText(problem) : null}
        data-first
      />
      <Field
        label={t("teach.students.schoolId")}
        note={t("teach.students.schoolIdNote")}
        value={typed.schoolId}
        onInput={(schoolId) => onType({ ...typed, schoolId })}
        problem={isAbout(problem, NUMBER_CODES) ? problemText(problem) : null}
      />
      <Select
        label={t("teach.students.language")}
        value={typed.language}
        onChange={(language) => onType({ ...typed, language })}
        choices={[
          { value: "", label: t("teach.students.languageOfSchool", { language: own }) },
          ...LANGUAGES.map((code) => ({ value: code as string, label: LANGUAGE_NAMES[code] })),
        ]}
      />
      {problem !== null && !isAbout(problem, [...NAME_CODES, ...NUMBER_CODES]) && (
        <Banner kind="wrong">{problemText(problem)}</Banner>
      )}
    </>
  );
}

interface NewStudentProps {
  classId: string;
  onClose: () => void;
  onAdded: (student: Student) => void;
}

/** Adds one student; the box chooses an animal that nobody in the class has. */
export function NewStudent({ classId, onClose, onAdded }: NewStudentProps) {
  const [typed, setTyped] = useState<Typed>({ name: "", schoolId: "", language: "" });
  const { busy, problem, run } = useTask();

  function add(event: Event) {
    event.preventDefault();
    const body = {
      name: typed.name,
      ...(typed.schoolId.trim() && { schoolId: typed.schoolId }),
      ...(typed.language && { language: typed.language }),
    };
    void run(async () => onAdded(await post<Student>(`${path("/api/v1/classes", classId)}/students`, body)));
  }

  return (
    <Dialog title={t("teach.students.add")} onClose={onClose}>
      <form class="stack" onSubmit={add}>
        <Fields typed={typed} onType={setTyped} problem={problem} />
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("teach.students.addIt")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface EditStudentProps {
  classId: string;
  student: Student;
  onClose: () => void;
  onChanged: () => void;
  onGone: () => void;
}

type Step = "edit" | "take-out" | "renew" | "renewed";

/** Changes one student: name, number, language, animal; a new badge; out of the class. */
export function EditStudent({ classId, student, onClose, onChanged, onGone }: EditStudentProps) {
  const [step, setStep] = useState<Step>("edit");
  const [typed, setTyped] = useState<Typed>({
    name: student.name,
    schoolId: student.schoolId ?? "",
    language: student.language ?? "",
  });
  const [avatar, setAvatar] = useState(student.avatar);
  const [badge, setBadge] = useState<Badge | null>(null);
  const { busy, problem, run, clear } = useTask();
  const one = path("/api/v1/students", student.id);

  function save(event: Event) {
    event.preventDefault();
    void run(async () => {
      await patch(one, { ...typed, avatar });
      onChanged();
    });
  }

  function go(next: Step) {
    clear();
    setStep(next);
  }

  if (step === "take-out") {
    return (
      <Sure
        title={t("teach.students.takeOutSure", { name: student.name })}
        yes={t("teach.students.takeOut")}
        busy={busy}
        problem={problem}
        onNo={() => go("edit")}
        onYes={() =>
          void run(async () => {
            await remove(path("/api/v1/classes", classId, "students", student.id));
            onGone();
          })
        }
      >
        {t("teach.students.takeOutNote")}
      </Sure>
    );
  }
  if (step === "renew") {
    return (
      <Sure
        title={t("teach.students.renewSure", { name: student.name })}
        yes={t("teach.students.renew")}
        busy={busy}
        problem={problem}
        onNo={() => go("edit")}
        onYes={() =>
          void run(async () => {
            setBadge(await post<Badge>(`${one}/badge`));
            go("renewed");
          })
        }
      >
        {t("teach.students.renewNote")}
      </Sure>
    );
  }
  if (step === "renewed" && badge) {
    return (
      <Dialog title={t("teach.students.renewed", { name: student.name })} onClose={onChanged}>
        <div class="stack">
          <ThreePictures pictures={badge.pictures} />
          <p class="soft">{t("teach.students.renewedNote")}</p>
          <div class="row row-end">
            <Button kind="primary" data-first onClick={onChanged}>
              {t("teach.close")}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={student.name} onClose={onClose} wide>
      <form class="stack" onSubmit={save}>
        <div class="student-form">
          <div class="stack">
            <Fields typed={typed} onType={setTyped} problem={problem} />
          </div>
          <AvatarChooser avatar={avatar} onChoose={setAvatar} />
        </div>
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("teach.save")}
          </Button>
        </div>
        <div class="student-more">
          <Button kind="quiet" icon="refresh" onClick={() => go("renew")}>
            {t("teach.students.renew")}
          </Button>
          <Button kind="quiet" icon="door" onClick={() => go("take-out")}>
            {t("teach.students.takeOut")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface SureProps {
  title: string;
  yes: string;
  busy: boolean;
  problem: unknown;
  onYes: () => void;
  onNo: () => void;
  children: ComponentChildren;
}

/** Asks once before something that cannot be taken back, and says what comes of it. */
export function Sure({ title, yes, busy, problem, onYes, onNo, children }: SureProps) {
  return (
    <Dialog title={title} onClose={onNo}>
      <div class="stack">
        <p>{children}</p>
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button data-first onClick={onNo}>
            {t("teach.cancel")}
          </Button>
          <Button kind="danger" busy={busy} onClick={onYes}>
            {yes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** An animal, then its colour. Radio buttons underneath, so the arrow keys move. */
function AvatarChooser({ avatar, onChoose }: { avatar: string; onChoose: (avatar: string) => void }) {
  const [animal = "fox", colour = "1"] = avatar.split("-");
  return (
    <div class="stack stack-s">
      <fieldset class="chooser">
        <legend class="field-label">{t("teach.students.animal")}</legend>
        <div class="chooser-animals">
          {ANIMALS.map((one) => (
            <label key={one} class="chooser-one">
              <input
                type="radio"
                name="animal"
                class="only-heard"
                checked={one === animal}
                aria-label={t(`teach.animal.${one}`)}
                onChange={() => onChoose(`${one}-${colour}`)}
              />
              <span class="chooser-ring">
                <Avatar avatar={`${one}-${colour}`} size={44} />
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="chooser">
        <legend class="field-label">{t("teach.students.colour")}</legend>
        <div class="chooser-colours">
          {AVATAR_COLOURS.map((paint, index) => (
            <label key={paint} class="chooser-one">
              <input
                type="radio"
                name="colour"
                class="only-heard"
                checked={String(index + 1) === colour}
                aria-label={t("teach.students.colourNumber", { number: index + 1 })}
                onChange={() => onChoose(`${animal}-${index + 1}`)}
              />
              <span class="chooser-ring">
                <span class="chooser-colour" style={{ background: paint }} />
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
