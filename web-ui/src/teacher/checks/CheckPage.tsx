import { useEffect, useRef, useState } from "preact/hooks";
import { ApiProblem, get, put } from "../../api/client";
import type { CheckPage as Page, CheckScore, SchoolClass, Student } from "../../api/types";
import { t } from "../../i18n";
import { path } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { reachable, useStore } from "../../store";
import { ButtonLink, Empty, PageSpinner } from "../../ui";
import { sendAway } from "../load";
import { checksPage } from "./Checks";
import { Grid } from "./Grid";
import { begunOf, checkAddress, keepUnsent, sendWaiting, unsentOf } from "./kept";
import { keyOf, type Sheet } from "./rules";
import { OpenCheck } from "./typing";

/** One student of a check, with what the box has of them. */
export interface Row {
  student: string;
  name: string;
  avatar: string;
  scores: CheckScore[];
}

/** A check that is open: who is in it, and what is typed. */
interface Opened {
  rows: Row[];
  names: Record<string, string>;
  check: OpenCheck;
}

/** A check of a class, to type scores in; also one that was begun and has none. */
export function CheckPage({ room, id }: { room: SchoolClass; id: string }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const current = useRef<OpenCheck | null>(null);

  useEffect(() => {
    let left = false;
    setError(null);
    open(room.id, id).then(
      (next) => {
        if (left) return next?.check.close();
        current.current = next?.check ?? null;
        setOpened(next);
        if (!next) setError(new ApiProblem("room.check-unknown", 404, ""));
      },
      (problem: unknown) => {
        if (left) return;
        setError(problem);
        sendAway(problem);
      },
    );
    return () => {
      left = true;
      current.current?.close();
      current.current = null;
    };
  }, [room.id, id, round]);

  // The box is back for some request: so it is for this one.
  const isReached = useStore(reachable);
  useEffect(() => {
    if (isReached) opened?.check.wake();
  }, [isReached, opened]);
  useEffect(() => {
    const wake = () => current.current?.wake();
    addEventListener("online", wake);
    return () => removeEventListener("online", wake);
  }, []);

  function reopen() {
    current.current?.close();
    setOpened(null);
    setRound((before) => before + 1);
  }

  if (opened) return <Grid key={round} room={room} {...opened} onReopen={reopen} />;
  if (error instanceof ApiProblem && error.code === "room.check-unknown") {
    return (
      <Empty icon="page" title={t("problem.room.check-unknown")}>
        <ButtonLink href={checksPage(room.id)} icon="back">
          {t("checks.back")}
        </ButtonLink>
      </Empty>
    );
  }
  return error ? <LoadProblem error={error} again={reopen} /> : <PageSpinner />;
}

/** Reads a check from the box and from this telephone; null when neither knows of it. */
async function open(room: string, id: string): Promise<Opened | null> {
  await sendWaiting();
  const page = await get<Page>(checkAddress(room, id)).catch((problem: unknown) => {
    if (problem instanceof ApiProblem && problem.code === "room.check-unknown") return null;
    throw problem;
  });
  const unsent = unsentOf(room, id);
  const begun = begunOf(id);
  const ways = {
    save: async ({ sheet, scores }: { sheet: Sheet; scores: unknown[] }) => put<void>(checkAddress(room, id), { ...sheet, scores }),
    remember: (next: Parameters<typeof keepUnsent>[2]) => keepUnsent(room, id, next),
  };
  if (page) {
    const { way, title, at, skills } = page.check;
    const sheet: Sheet = {
      way,
      title,
      at,
      skills: skills.map(({ skill, questions, guess }) => ({ skill, guess, ...(way === "paper" ? { questions } : {}) })),
    };
    const values: Record<string, number> = {};
    const names: Record<string, string> = { ...begun?.names };
    for (const one of skills) if (one.name) names[one.skill] = one.name;
    for (const { student, scores } of page.students) {
      for (const { skill, value } of scores) values[keyOf({ student, skill })] = value;
    }
    // A skill that was chosen and has no score yet is known to this page alone.
    const missing = (begun?.sheet.skills ?? []).filter((task) => !sheet.skills.some((one) => one.skill === task.skill));
    return { rows: page.students, names, check: new OpenCheck({ ...sheet, skills: [...sheet.skills, ...missing] }, values, unsent, ways) };
  }
  const sheet = unsent?.sheet ?? begun?.sheet;
  if (!sheet) return null;
  const { students } = await get<{ students: Student[] }>(`${path("/api/v1/classes", room)}/students`);
  const rows = students.map(({ id: student, name, avatar }) => ({ student, name, avatar, scores: [] }));
  return { rows, names: begun?.names ?? {}, check: new OpenCheck(sheet, {}, unsent, ways) };
}
