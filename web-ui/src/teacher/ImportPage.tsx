import { useEffect, useRef, useState } from "preact/hooks";
import { ApiProblem, post, problemText } from "../api/client";
import type { ImportPreview } from "../api/types";
import { currentLanguage, hasKey, isLanguage, LANGUAGE_NAMES, LANGUAGES, plural, t, type Key } from "../i18n";
import { navigate, path } from "../router";
import { Banner, Button, Icon, IconButton, IconLink, PageHeading, say, TextArea } from "../ui";
import { draftOf, isBlank, listText, readText, withVerdicts, type Draft, type FileProblem } from "./list";
import { useTask } from "./load";
import { Shell } from "./Shell";

/** A wait after the last key before the box looks at the list again. */
const LOOK_AFTER = 500;

/** Adds a whole class from a pasted list or a file: look, mend, add. */
export function ImportPage({ id }: { id: string }) {
  const [text, setText] = useState("");
  const [drafts, setDrafts] = useState<Draft[] | null>(null);
  const back = `${path("/teach/classes", id)}/students`;
  const address = `${path("/api/v1/classes", id)}/students`;

  return (
    <Shell section="classes">
      <div class="class-top">
        {drafts ? (
          <IconButton icon="back" label={t("common.back")} onClick={() => setDrafts(null)} />
        ) : (
          <IconLink icon="back" href={back} label={t("common.back")} />
        )}
        <PageHeading title={t("teach.students.addList")} />
      </div>
      {drafts ? (
        <Mend key="mend" address={address} drafts={drafts} onDrafts={setDrafts} back={back} />
      ) : (
        <Paste key="paste" address={address} text={text} onText={setText} onRead={setDrafts} />
      )}
    </Shell>
  );
}

interface PasteProps {
  address: string;
  text: string;
  onText: (text: string) => void;
  onRead: (drafts: Draft[]) => void;
}

function Paste({ address, text, onText, onRead }: PasteProps) {
  const [fileProblem, setFileProblem] = useState<FileProblem | null>(null);
  const [empty, setEmpty] = useState(false);
  const { busy, problem, run } = useTask();
  const file = useRef<HTMLInputElement>(null);

  async function look(list: string) {
    setFileProblem(null);
    setEmpty(!list.trim());
    if (!list.trim()) return;
    await run(async () => {
      const preview = await post<ImportPreview>(`${address}/preview`, { text: list });
      if (preview.rows.length === 0) setEmpty(true);
      else onRead(preview.rows.map(draftOf));
    });
  }

  async function choose(chosen: File | undefined) {
    if (!chosen) return;
    const read = readText(new Uint8Array(await bytesOf(chosen)), currentLanguage());
    // The same file may be chosen again after it was mended.
    if (file.current) file.current.value = "";
    if ("problem" in read) {
      setEmpty(false);
      setFileProblem(read.problem);
      return;
    }
    onText(read.text);
    await look(read.text);
  }

  return (
    <form
      class="stack paste card"
      onSubmit={(event) => {
        event.preventDefault();
        void look(text);
      }}
    >
      <p>{t("teach.import.intro")}</p>
      <TextArea
        label={t("teach.import.paste")}
        note={t("teach.import.pasteNote")}
        value={text}
        onInput={onText}
        rows={10}
        dir="auto"
        spellcheck={false}
        problem={empty ? t("teach.import.empty") : null}
      />
      {fileProblem && <Banner kind="wrong">{t(`teach.import.file.${fileProblem}` as Key)}</Banner>}
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <div class="row row-between">
        <span>
          <input
            ref={file}
            id="list-file"
            class="only-heard"
            type="file"
            tabIndex={-1}
            aria-hidden="true"
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
          <Button icon="upload" onClick={() => file.current?.click()}>
            {t("teach.import.file")}
          </Button>
        </span>
        <Button kind="primary" type="submit" iconAfter="forward" busy={busy}>
          {t("teach.import.look")}
        </Button>
      </div>
    </form>
  );
}

/** `File.arrayBuffer` came with Chrome 76. */
function bytesOf(file: File): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(file);
  });
}

interface MendProps {
  address: string;
  drafts: Draft[];
  onDrafts: (drafts: Draft[]) => void;
  back: string;
}

function Mend({ address, drafts, onDrafts, back }: MendProps) {
  const { busy, problem, run } = useTask();
  const [looking, setLooking] = useState(false);
  // Rows that were wrong at first stay open to be mended, also once they are right.
  const [open, setOpen] = useState(() => new Set(drafts.filter((one) => one.problem).map((one) => one.line)));
  const newest = useRef(drafts);
  newest.current = drafts;
  const timer = useRef(0);
  const bad = drafts.filter((one) => one.problem).length;
  const good = drafts.length - bad;

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    say(bad ? plural("teach.import.bad", bad) : plural("teach.import.allGood", good));
  }, [bad, good]);

  /** The box judges the whole list again, because a row may be wrong only beside another one. */
  async function lookAgain() {
    const asked = newest.current.filter((one) => !isBlank(one));
    setLooking(true);
    try {
      const preview = await post<ImportPreview>(`${address}/preview`, { text: listText(asked) });
      const judged = new Map(withVerdicts(asked, preview.rows).map((one) => [one.line, one]));
      onDrafts(
        newest.current.map((now) => {
          const then = judged.get(now.line);
          return then ? { ...now, problem: then.problem, existing: then.existing } : { ...now, problem: "people.name-missing" };
        }),
      );
    } catch {
      // Adding looks again and tells what is the matter.
    }
    setLooking(false);
  }

  function change(next: Draft[]) {
    onDrafts(next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void lookAgain(), LOOK_AFTER);
  }

  function edit(line: number, changes: Partial<Draft>) {
    change(drafts.map((one) => (one.line === line ? { ...one, ...changes } : one)));
  }

  function drop(line: number) {
    change(drafts.filter((one) => one.line !== line));
  }

  async function add() {
    await run(async () => {
      const rows = drafts.map(({ name, schoolId, language, existing }) => ({
        name,
        ...(schoolId.trim() && { schoolId }),
        ...(language && { language }),
        ...(existing && { existing }),
      }));
      try {
        const { added } = await post<{ added: number }>(`${address}/import`, { rows });
        navigate(`${back}?added=${added}`, { replace: true });
      } catch (error) {
        const at = error instanceof ApiProblem ? drafts[Number(error.params["row"]) - 1] : undefined;
        if (!at) throw error;
        setOpen(new Set([...open, at.line]));
        onDrafts(drafts.map((one) => (one === at ? { ...one, problem: (error as ApiProblem).code } : one)));
      }
    });
  }

  const toMend = drafts.filter((one) => open.has(one.line));
  const fine = drafts.filter((one) => !open.has(one.line));
  return (
    <div class="stack">
      {bad > 0 ? (
        <Banner kind="warn">{plural("teach.import.bad", bad)}</Banner>
      ) : (
        <Banner kind="right">{plural("teach.import.allGood", good)}</Banner>
      )}
      {toMend.length > 0 && (
        <ul class="mend-list" aria-label={t("teach.import.toMend")}>
          {toMend.map((one) => (
            <MendRow key={one.line} draft={one} onEdit={(changes) => edit(one.line, changes)} onDrop={() => drop(one.line)} />
          ))}
        </ul>
      )}
      {fine.length > 0 && (
        <section aria-labelledby="fine">
          <h2 class="live-heading" id="fine">
            {plural("teach.import.fine", fine.length)}
          </h2>
          <ol class="people">
            {fine.map((one) => (
              <li key={one.line} class="person">
                <span class="line-number">{one.line}</span>
                <span class="person-words">
                  <bdi class="person-name">{one.name}</bdi>
                  <span class="small soft">
                    {[
                      one.schoolId && t("teach.students.number", { number: one.schoolId }),
                      isLanguage(one.language) && LANGUAGE_NAMES[one.language],
                      one.existing && t("teach.import.existing"),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
                <IconButton
                  icon="edit"
                  label={t("teach.students.change", { name: one.name })}
                  onClick={() => setOpen(new Set([...open, one.line]))}
                />
                <IconButton icon="close" label={t("teach.import.dropName", { name: one.name })} onClick={() => drop(one.line)} />
              </li>
            ))}
          </ol>
        </section>
      )}
      <div class="foot-bar">
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button kind="primary" busy={busy} disabled={bad > 0 || good === 0 || looking} onClick={() => void add()}>
            {plural("teach.import.add", good)}
          </Button>
        </div>
      </div>
    </div>
  );
}

interface MendRowProps {
  draft: Draft;
  onEdit: (changes: Partial<Draft>) => void;
  onDrop: () => void;
}

function MendRow({ draft, onEdit, onDrop }: MendRowProps) {
  const words = draft.problem ? problemWords(draft.problem) : null;
  const id = `row-${draft.line}`;
  const known = draft.language === "" || isLanguage(draft.language);
  return (
    <li class={words ? "mend mend-bad" : "mend"}>
      <p class="mend-words" id={id}>
        <span class="mend-line">{t("teach.import.line", { line: draft.line })}</span>
        {words ? (
          <span class="mend-problem">
            <Icon name="alert" />
            {words}
          </span>
        ) : (
          <span class="mend-fine">
            <Icon name="check" />
            {draft.existing ? t("teach.import.existing") : t("teach.import.fineNow")}
          </span>
        )}
      </p>
      <div class="mend-fields" role="group" aria-describedby={id}>
        <input
          class="input"
          dir="auto"
          aria-label={t("teach.students.name")}
          placeholder={t("teach.students.name")}
          aria-invalid={words ? true : undefined}
          aria-describedby={id}
          value={draft.name}
          onInput={(event) => onEdit({ name: event.currentTarget.value })}
        />
        <input
          class="input"
          dir="auto"
          aria-label={t("teach.students.schoolId")}
          placeholder={t("teach.students.schoolIdShort")}
          value={draft.schoolId}
          onInput={(event) => onEdit({ schoolId: event.currentTarget.value })}
        />
        <select
          class="input"
          aria-label={t("teach.students.language")}
          value={draft.language}
          onChange={(event) => onEdit({ language: event.currentTarget.value })}
        >
          <option value="">{t("teach.import.languageSchool")}</option>
          {!known && <option value={draft.language}>{draft.language}</option>}
          {LANGUAGES.map((code) => (
            <option key={code} value={code}>
              {LANGUAGE_NAMES[code]}
            </option>
          ))}
        </select>
        <Button icon="trash" onClick={onDrop}>
          {t("teach.import.drop")}
        </Button>
      </div>
    </li>
  );
}

function problemWords(code: string): string {
  const key = `problem.${code}`;
  return hasKey(key) ? t(key) : t("problem.general");
}
