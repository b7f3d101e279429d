import { useState } from "preact/hooks";
import { problemText, put } from "../../api/client";
import type { Band, SkillHead, SkillStory, StaffMe } from "../../api/types";
import { formatDate, t, type Key } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { path } from "../../router";
import { me, useStore } from "../../store";
import { Avatar, Banner, BandMark, bandWord, Button, Dialog, Field, PageSpinner, Select, Spark } from "../../ui";
import { useLoad, useTask } from "../load";
import { scoreWords, wayWord, whatNext } from "./rules";

interface StoryProps {
  /** The class in which it is looked at: how strict it is decides what is called secure. */
  room: string;
  student: { id: string; name: string; avatar: string };
  skill: SkillHead;
  onClose: () => void;
}

/** Why a skill is called what it is called: the word, how sure it is, what would change it, and all that was seen. */
export function Story({ room, student, skill, onClose }: StoryProps) {
  const [pack, id] = skill.id.split("/") as [string, string];
  const { value, error, reload } = useLoad<SkillStory>(`${path("/api/v1/students", student.id, "skills", pack, id)}?class=${room}`);
  return (
    <Dialog title={skill.name} wide onClose={onClose}>
      <div class="stack story">
        <div class="now-top">
          <Avatar avatar={student.avatar} size={56} />
          <div>
            <strong class="large">
              <bdi>{student.name}</bdi>
            </strong>
            <p class="soft">
              <bdi>{skill.can}</bdi>
            </p>
          </div>
        </div>
        {value ? <Told story={value} onChanged={reload} /> : error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />}
        <div class="row row-end">
          <Button kind="primary" data-first onClick={onClose}>
            {t("teach.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Told({ story, onChanged }: { story: SkillStory; onChanged: () => void }) {
  return (
    <>
      <div class="story-band">
        <BandMark band={story.band} size={40} word />
        <Spark points={story.spark} width={120} height={32} />
      </div>
      {story.band !== "notSeen" && (
        <p class="soft">{t(`teach.sure.${story.sureness}` as Key)}</p>
      )}
      {story.said && (
        <Banner icon="people">
          {t("teach.skills.said", { name: story.said.name || t("teach.skills.formerTeacher"), band: bandWord(story.said.band), date: day(story.said.at) })}
          {story.said.why && <> “<bdi>{story.said.why}</bdi>”</>}
        </Banner>
      )}
      <Banner kind={story.spinning || story.falling ? "warn" : "info"} icon="lamp">
        {whatNext(story)}
        {story.falling && <> {t("teach.skills.falling")}</>}
      </Banner>
      {story.before.length > 0 && (
        <div class="stack stack-s">
          <h3>{t("teach.skills.before")}</h3>
          <ul class="story-before">
            {story.before.map((one) => (
              <li key={one.skill.id}>
                <BandMark band={one.band} size={22} /> <bdi>{one.skill.name}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="stack stack-s">
        <h3>{t("teach.skills.seen")}</h3>
        {story.evidence.length === 0 ? (
          <p class="soft">{t("teach.skills.nothingSeen")}</p>
        ) : (
          <ul class="story-seen">
            {story.evidence.map((row, index) => (
              <li key={index}>
                <span class="since">{day(row.at)}</span>
                <span class="grow">
                  {wayWord(row)}
                  {row.title && (
                    <>
                      : <bdi>{row.title}</bdi>
                    </>
                  )}
                  {row.hard && row.hard !== "usual" && <span class="soft"> · {t(`teach.hard.${row.hard}` as Key)}</span>}
                  {row.by && (
                    <span class="soft">
                      {" "}
                      · <bdi>{row.by}</bdi>
                    </span>
                  )}
                </span>
                <strong>{scoreWords(row)}</strong>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Word story={story} onChanged={onChanged} />
    </>
  );
}

/** What a teacher can say; the box counts them from 1. */
const WORDS: Band[] = ["starting", "gettingThere", "nearly", "secure"];

/** The teacher knows better: a word that stands beside what was seen, with a name and a reason. */
function Word({ story, onChanged }: { story: SkillStory; onChanged: () => void }) {
  const person = useStore(me) as StaffMe | null;
  const [open, setOpen] = useState(false);
  const [band, setBand] = useState<Band>(story.said?.band ?? "secure");
  const [why, setWhy] = useState("");
  const { busy, problem, run } = useTask();
  if (!person || person.role === "assistant") return null;

  async function say(word: Band | null) {
    const said = await run(() => put<void>(`${path("/api/v1/students", story.student)}/bands`, { skill: story.skill.id, band: word && WORDS.indexOf(word) + 1, why }));
    if (said) {
      setOpen(false);
      onChanged();
    }
  }

  if (!open) {
    return (
      <div class="row">
        <Button kind="quiet" icon="edit" onClick={() => setOpen(true)}>
          {t("teach.skills.knowBetter")}
        </Button>
        {story.said && (
          <Button kind="quiet" icon="close" busy={busy} onClick={() => void say(null)}>
            {t("teach.skills.takeBack")}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div class="stack stack-s card">
      <Select
        label={t("teach.skills.word")}
        value={band}
        choices={WORDS.map((one) => ({ value: one, label: bandWord(one) }))}
        onChange={setBand}
      />
      <Field label={t("teach.skills.why")} note={t("teach.skills.whyNote")} value={why} maxLength={200} onInput={setWhy} />
      {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
      <div class="row row-end">
        <Button onClick={() => setOpen(false)}>{t("teach.cancel")}</Button>
        <Button kind="primary" busy={busy} onClick={() => void say(band)}>
          {t("teach.skills.sayIt")}
        </Button>
      </div>
    </div>
  );
}

function day(at: number): string {
  return formatDate(at, { day: "numeric", month: "short" });
}
