import { useState } from "preact/hooks";
import { problemText, put } from "../../api/client";
import type { PlacementList, PlacementRow, SkillGrid, StaffMe } from "../../api/types";
import { t } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { path } from "../../router";
import { me, useStore } from "../../store";
import { Avatar, Banner, Button, Dialog, IconButton, PageSpinner, ProgressBar, Select } from "../../ui";
import { useLoad, useTask } from "../load";
import { strandName } from "./rules";

const EVERYBODY = "";

/** Asks a student or the class to find out where to start in the course of the grid, and tells how far they are with it. */
export function Placement({ grid, onClose }: { grid: SkillGrid; onClose: () => void }) {
  const course = grid.course!;
  const where = `${path("/api/v1/classes", grid.class)}/placement`;
  const { value, error, reload } = useLoad<PlacementList>(`${where}?course=${encodeURIComponent(course)}`);
  const mayAsk = (useStore(me) as StaffMe | null)?.role !== "assistant";
  const [strand, setStrand] = useState("");
  const [who, setWho] = useState(EVERYBODY);
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useTask();

  async function ask(students: string[] | null, wanted: boolean) {
    const wish = { course, strand: strand || null, students, asked: wanted };
    if (await run(() => put<void>(where, wish))) {
      setAsked(wanted);
      reload();
    }
  }

  return (
    <Dialog title={t("teach.place.title")} wide onClose={onClose}>
      <div class="stack">
        <p>{t("teach.place.about")}</p>
        {!value ? (
          error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />
        ) : (
          <>
            {mayAsk && (
              <>
                <div class="skills-top">
                  <Select
                    label={t("teach.place.strand")}
                    value={strand}
                    choices={[{ value: "", label: t("teach.place.all") }, ...value.strands.map((one) => ({ value: one, label: strandName(one) }))]}
                    onChange={setStrand}
                  />
                  <Select
                    label={t("teach.place.who")}
                    value={who}
                    choices={[{ value: EVERYBODY, label: t("teach.place.everybody") }, ...grid.students.map((one) => ({ value: one.id, label: one.name }))]}
                    onChange={setWho}
                  />
                </div>
                {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
                {asked && <Banner kind="right">{t("teach.place.asked")}</Banner>}
                <div class="row">
                  <Button kind="primary" icon="search" busy={busy} onClick={() => void ask(who === EVERYBODY ? null : [who], true)}>
                    {t("teach.place.ask")}
                  </Button>
                </div>
              </>
            )}
            {value.students.length === 0 ? (
              <p class="soft">{t("teach.place.none")}</p>
            ) : (
              <ul class="placements">
                {value.students.map((row) => (
                  <li key={row.id}>
                    <Avatar avatar={row.avatar} size={40} />
                    <strong>
                      <bdi>{row.name}</bdi>
                    </strong>
                    <State row={row} />
                    {mayAsk && !row.over && (
                      <IconButton icon="close" label={t("teach.place.takeBack", { name: row.name })} onClick={() => void ask([row.id], false)} />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        <div class="row row-end">
          <Button data-first onClick={onClose}>
            {t("teach.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function State({ row }: { row: PlacementRow }) {
  if (row.over) {
    return <span class="placement-state">{row.start ? t("teach.place.start", { skill: row.start.name }) : t("teach.place.knows")}</span>;
  }
  if (row.done === 0) return <span class="placement-state soft">{t("teach.place.waiting")}</span>;
  const words = t("teach.place.begun", { done: row.done });
  return (
    <span class="placement-state soft">
      <ProgressBar done={row.done} of={12} label={words} />
      {words}
    </span>
  );
}
