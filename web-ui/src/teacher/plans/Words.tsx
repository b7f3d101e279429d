import { useState } from "preact/hooks";
import { problemText } from "../../api/client";
import type { PlanContent } from "../../api/types";
import { t, type Key } from "../../i18n";
import { groupName } from "../../lesson/follow";
import { Banner, Button, Dialog, Field, TextArea } from "../../ui";

interface WordsProps {
  content: PlanContent;
  busy: boolean;
  problem: unknown;
  onSave: (content: PlanContent) => void;
  onClose: () => void;
}

/** The words and minutes of a plan. */
export function Words({ content: first, busy, problem, onSave, onClose }: WordsProps) {
  const [content, setContent] = useState(first);
  const [minutes, setMinutes] = useState(() => first.rounds.map((round) => String(round.minutes)));

  function save(event: Event) {
    event.preventDefault();
    // What is no number is refused by the box, in words.
    const rounds = content.rounds.map((round, at) => ({ ...round, minutes: /^\d{1,3}$/.test(minutes[at]!) ? Number(minutes[at]) : 0 }));
    onSave({ ...content, rounds });
  }

  return (
    <Dialog title={t("plans.edit")} onClose={onClose} wide>
      <form class="stack" onSubmit={save}>
        <Field label={t("plans.title")} value={content.title} maxLength={120} onInput={(title) => setContent({ ...content, title })} />
        <TextArea
          label={t("plans.teacherText")}
          rows={3}
          value={content.teacher.text}
          onInput={(text) => setContent({ ...content, teacher: { ...content.teacher, text } })}
        />
        {content.stations.map((station, at) => (
          <TextArea
            key={`station-${at}`}
            label={t("plans.stationText", { station: t(`teach.lesson.at.${station.kind}` as Key) })}
            rows={2}
            value={station.text}
            onInput={(text) => setContent({ ...content, stations: content.stations.map((one, index) => (index === at ? { ...one, text } : one)) })}
          />
        ))}
        <div class="plan-numbers">
          {content.rounds.map((_, at) => (
            <Field
              key={`round-${at}`}
              label={t("plans.roundMinutes", { round: at + 1 })}
              inputMode="numeric"
              value={minutes[at]!}
              onInput={(text) => setMinutes(minutes.map((one, index) => (index === at ? text.trim() : one)))}
            />
          ))}
        </div>
        <div class="plan-numbers">
          {content.groups.map((group, at) => (
            <Field
              key={`group-${at}`}
              label={t("plans.groupName", { name: groupName({ ...group, name: "" }) })}
              value={group.name}
              maxLength={60}
              onInput={(name) => setContent({ ...content, groups: content.groups.map((one, index) => (index === at ? { ...one, name } : one)) })}
            />
          ))}
        </div>
        {problem !== null && <Banner kind="wrong">{problemText(problem)}</Banner>}
        <div class="row row-end">
          <Button onClick={onClose}>{t("teach.close")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("teach.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
