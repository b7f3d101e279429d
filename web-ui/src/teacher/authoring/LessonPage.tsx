import { useState } from "preact/hooks";
import { plural, t } from "../../i18n";
import { navigate } from "../../router";
import { Button, Field, Icon, type IconName, TextArea } from "../../ui";
import { type Desk } from "./desk";
import { emptyPart, lessonOf, moved, without, withLesson } from "./draft";
import { lessonTitle, partTitle } from "./findings";
import { Frame } from "./Frame";
import { OwnItem } from "./OwnItem";
import { ownPath } from "./places";
import type { OwnLesson, Part, PartKind } from "./types";

export const PART_ICONS: Record<PartKind, IconName> = {
  page: "page",
  questions: "puzzle",
  picture: "picture",
  video: "film",
  audio: "sound",
};

const KINDS: PartKind[] = ["page", "questions", "picture", "video", "audio"];

/** A lesson: its parts in their order, and what the teacher should know. */
export function LessonPage({ desk, id }: { desk: Desk; id: string }) {
  const lesson = lessonOf(desk.draft, id)!;
  const change = (edit: (one: OwnLesson) => OwnLesson, deletes = false) =>
    desk.change((now) => withLesson(now, id, edit), deletes);
  return (
    <Frame desk={desk} title={lessonTitle(lesson.title)} back={ownPath(desk.id)}>
      <div class="stack stack-l">
        <Field
          label={t("authoring.lessonTitle")}
          placeholder={t("authoring.lessonExample")}
          dir="auto"
          maxLength={80}
          value={lesson.title}
          onInput={(title) => change((one) => ({ ...one, title }))}
        />
        <Parts desk={desk} lesson={lesson} change={change} />
        <details class="own-more">
          <summary>{t("authoring.lessonMore")}</summary>
          <div class="stack">
            <div data-field="minutes">
              <Field
                type="number"
                min={1}
                max={240}
                label={t("authoring.minutes")}
                value={lesson.minutes ? String(lesson.minutes) : ""}
                onInput={(text) =>
                  change((one) => ({ ...one, minutes: Math.max(0, Math.min(240, Math.round(Number(text)) || 0)) }))
                }
              />
            </div>
            <div data-field="forTheRoom">
              <TextArea
                label={t("authoring.forTheRoom")}
                note={t("authoring.forTheRoomNote")}
                rows={4}
                dir="auto"
                value={lesson.forTheRoom}
                onInput={(forTheRoom) => change((one) => ({ ...one, forTheRoom }))}
              />
            </div>
          </div>
        </details>
      </div>
    </Frame>
  );
}

interface PartsProps {
  desk: Desk;
  lesson: OwnLesson;
  change: (edit: (one: OwnLesson) => OwnLesson, deletes?: boolean) => void;
}

function Parts({ desk, lesson, change }: PartsProps) {
  const [adds, setAdds] = useState(lesson.parts.length === 0);
  function add(kind: PartKind) {
    const id = desk.name();
    change((one) => ({ ...one, parts: [...one.parts, emptyPart(kind, id, "")] }));
    navigate(ownPath(desk.id, lesson.id, id));
  }
  return (
    <section class="stack stack-s" aria-labelledby="own-parts" data-field="parts">
      <h2 id="own-parts">{t("authoring.partsTitle")}</h2>
      {lesson.parts.length === 0 && <p class="soft">{t("authoring.partsNone")}</p>}
      <ol class="own-list">
        {lesson.parts.map((part, at) => (
          <OwnItem
            key={part.id}
            to={ownPath(desk.id, lesson.id, part.id)}
            lead={<Icon name={PART_ICONS[part.kind]} />}
            ways={{
              title: partTitle(part.title, part.kind),
              at,
              of: lesson.parts.length,
              onMove: (by) => change((one) => ({ ...one, parts: moved(one.parts, at, by) })),
              onRemove: () => change((one) => ({ ...one, parts: without(one.parts, at) }), true),
            }}
          >
            <strong>
              <bdi lang={desk.draft.language}>{partTitle(part.title, part.kind)}</bdi>
            </strong>
            <span class="small soft">{factOf(part)}</span>
          </OwnItem>
        ))}
      </ol>
      <Button icon={adds ? "up" : "plus"} aria-expanded={adds} onClick={() => setAdds(!adds)}>
        {t("authoring.partAdd")}
      </Button>
      {adds && (
        <ul class="own-kinds">
          {KINDS.map((kind) => (
            <li key={kind}>
              <button type="button" class="own-kind" onClick={() => add(kind)}>
                <Icon name={PART_ICONS[kind]} big />
                <span>{t(`authoring.part.${kind}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function factOf(part: Part): string {
  if (part.kind !== "questions") return t(`authoring.part.${part.kind}`);
  return [plural("teach.courses.questions", part.items.length), part.check ? t("authoring.isCheck") : ""]
    .filter(Boolean)
    .join(" · ");
}
