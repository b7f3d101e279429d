import { useState } from "preact/hooks";
import { patch, post, problemText } from "../api/client";
import type { Staff, StaffMe } from "../api/types";
import { t, type Key } from "../i18n";
import { path } from "../router";
import { LoadProblem } from "../sign-in/LoadProblem";
import { me, useStore } from "../store";
import { Banner, Button, Dialog, Field, Icon, IconButton, PageHeading, PageSpinner, Select, type IconName } from "../ui";
import { useLoad, useTask } from "./load";
import { isAbout } from "./rules";
import { Shell } from "./Shell";
import { Sure } from "./StudentDialog";

type StaffRole = Staff["role"];

const ROLES: StaffRole[] = ["teacher", "assistant", "head", "technician"];
const ROLE_ICONS: Record<StaffRole, IconName> = { head: "star", teacher: "book", assistant: "hand", technician: "gear" };
const NAME_CODES = ["people.name-missing", "people.name-long", "people.name-unreadable", "people.name-taken"];

/** Who works at the school (head). */
export function StaffPage() {
  const { value, error, reload } = useLoad<{ staff: Staff[] }>("/api/v1/staff");
  const [open, setOpen] = useState<Staff | "new" | null>(null);

  function changed() {
    setOpen(null);
    reload();
  }

  return (
    <Shell section="staff">
      <div class="desk-title">
        <PageHeading title={t("teach.staff.title")} />
        <Button kind="primary" icon="plus" onClick={() => setOpen("new")}>
          {t("teach.staff.add")}
        </Button>
      </div>
      {!value && error ? (
        <LoadProblem error={error} again={reload} />
      ) : !value ? (
        <PageSpinner />
      ) : (
        <ul class="people">
          {value.staff.map((one) => (
            <li key={one.id} class="person">
              <span class={`role-mark role-${one.role}`}>
                <Icon name={ROLE_ICONS[one.role]} />
              </span>
              <span class="person-words">
                <bdi class="person-name">{one.name}</bdi>
                <span class="small soft">{t(`teach.role.${one.role}` as Key)}</span>
              </span>
              <IconButton icon="edit" label={t("teach.students.change", { name: one.name })} onClick={() => setOpen(one)} />
            </li>
          ))}
        </ul>
      )}
      {open === "new" && <StaffDialog member={null} onClose={() => setOpen(null)} onChanged={changed} />}
      {open !== null && open !== "new" && <StaffDialog member={open} onClose={() => setOpen(null)} onChanged={changed} />}
    </Shell>
  );
}

interface StaffDialogProps {
  /** Null adds one. */
  member: Staff | null;
  onClose: () => void;
  onChanged: () => void;
}

function StaffDialog({ member, onClose, onChanged }: StaffDialogProps) {
  const myself = (useStore(me) as StaffMe).id === member?.id;
  const [name, setName] = useState(member?.name ?? "");
  const [role, setRole] = useState<StaffRole>(member?.role ?? "teacher");
  const [password, setPassword] = useState("");
  const [removing, setRemoving] = useState(false);
  const { busy, problem, run, clear } = useTask();
  const address = member && path("/api/v1/staff", member.id);

  function save(event: Event) {
    event.preventDefault();
    void run(async () => {
      if (!address) await post("/api/v1/staff", { name, role, password });
      else await patch(address, { name, role, ...(password && { password }) });
      onChanged();
    });
  }

  if (removing) {
    return (
      <Sure
        title={t("teach.staff.removeSure", { name: member!.name })}
        yes={t("teach.staff.remove")}
        busy={busy}
        problem={problem}
        onNo={() => {
          clear();
          setRemoving(false);
        }}
        onYes={() =>
          void run(async () => {
            await patch(address!, { gone: true });
            onChanged();
          })
        }
      >
        {t("teach.staff.removeNote")}
      </Sure>
    );
  }

  const aboutName = isAbout(problem, NAME_CODES);
  const aboutPassword = isAbout(problem, ["people.password-short"]);
  const aboutRole = isAbout(problem, ["people.last-head"]);
  return (
    <Dialog title={member ? member.name : t("teach.staff.add")} onClose={onClose}>
      <form class="stack" onSubmit={save} autoComplete="off">
        <Field
          label={t("teach.staff.name")}
          note={t("teach.staff.nameNote")}
          value={name}
          onInput={setName}
          problem={aboutName ? problemText(problem) : null}
          data-first
        />
        <Select
          label={t("teach.staff.role")}
          note={t(`teach.roleNote.${role}` as Key)}
          value={role}
          onChange={setRole}
          choices={ROLES.map((one) => ({ value: one, label: t(`teach.role.${one}` as Key) }))}
          problem={aboutRole ? problemText(problem) : null}
        />
        {!myself && (
          <Field
            label={member ? t("teach.staff.newPassword") : t("teach.staff.password")}
            note={member ? t("teach.staff.newPasswordNote") : t("teach.staff.passwordNote")}
            value={password}
            onInput={setPassword}
            autoCapitalize="off"
            spellcheck={false}
            problem={aboutPassword ? problemText(problem) : null}
          />
        )}
        {problem !== null && !aboutName && !aboutPassword && !aboutRole && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {member ? t("teach.save") : t("teach.staff.addIt")}
          </Button>
        </div>
        {member && !myself && (
          <div class="student-more">
            <Button kind="quiet" icon="door" onClick={() => setRemoving(true)}>
              {t("teach.staff.remove")}
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
