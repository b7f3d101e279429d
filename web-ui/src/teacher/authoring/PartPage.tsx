import { t } from "../../i18n";
import { Field } from "../../ui";
import { type Desk } from "./desk";
import { partOf, withPart } from "./draft";
import { FilmEditor } from "./FilmEditor";
import { lessonTitle, partTitle } from "./findings";
import { Frame } from "./Frame";
import { PageEditor } from "./PageEditor";
import { PictureEditor } from "./PictureEditor";
import { ownPath } from "./places";
import { QuestionsEditor } from "./QuestionsEditor";
import type { Part } from "./types";

interface PlaceProps {
  desk: Desk;
  lesson: string;
  id: string;
}

/** One part of a lesson: a page to read, questions, a picture, something to watch or to hear. */
export function PartPage({ desk, lesson, id }: PlaceProps) {
  const part = partOf(desk.draft, lesson, id)!;
  const change = (next: Part, deletes = false) => desk.change((now) => withPart(now, lesson, id, () => next), deletes);
  const inside = desk.draft.lessons.find((one) => one.id === lesson)!;
  // A quiz is a lesson with one part: its way back is the course.
  const alone = part.kind === "questions" && inside.parts.length === 1 && desk.draft.lessons.length === 1;
  const title = alone ? desk.draft.title || lessonTitle(inside.title) : partTitle(part.title, part.kind);
  return (
    <Frame desk={desk} title={title} back={alone ? ownPath(desk.id) : ownPath(desk.id, lesson)}>
      <div class="stack">
        {!alone && (
          <Field
            label={t("authoring.partTitle")}
            placeholder={t(`authoring.part.${part.kind}`)}
            dir="auto"
            maxLength={80}
            value={part.title}
            onInput={(words) => change({ ...part, title: words })}
          />
        )}
        {part.kind === "page" && <PageEditor desk={desk} part={part} onChange={change} />}
        {part.kind === "questions" && <QuestionsEditor desk={desk} lesson={lesson} part={part} onChange={change} />}
        {part.kind === "picture" && <PictureEditor desk={desk} part={part} onChange={change} />}
        {(part.kind === "video" || part.kind === "audio") && (
          <FilmEditor desk={desk} lesson={lesson} part={part} onChange={change} />
        )}
      </div>
    </Frame>
  );
}
