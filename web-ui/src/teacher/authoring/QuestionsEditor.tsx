import { useState } from "preact/hooks";
import { formatNumber, t } from "../../i18n";
import { navigate } from "../../router";
import { Button, Icon } from "../../ui";
import { type Desk } from "./desk";
import { moved, withItemAfter, without } from "./draft";
import { foundAt, stops } from "./findings";
import { missingIn } from "./missing";
import { OwnItem } from "./OwnItem";
import { ownPath } from "./places";
import { copyOf, emptyItem } from "./skeleton";
import { wordsOf } from "./stem";
import { TypeChooser, TYPE_ICONS } from "./TypeChooser";
import type { Item, OwnType, Part, QuestionsPart } from "./types";

interface QuestionsProps {
  desk: Desk;
  lesson: string;
  part: QuestionsPart;
  onChange: (part: Part, deletes?: boolean) => void;
}

/** The questions of a part, and the way to the next one. */
export function QuestionsEditor({ desk, lesson, part, onChange }: QuestionsProps) {
  const { items } = part;
  const [adds, setAdds] = useState(items.length === 0);
  function add(type: OwnType) {
    const id = desk.name();
    const skill = desk.draft.skills[0]?.id ?? "";
    desk.change((now) => withItemAfter(now, lesson, part.id, emptyItem(type, id, skill), null));
    navigate(ownPath(desk.id, lesson, part.id, id));
  }
  return (
    <div class="stack">
      <ol class="own-list">
        {items.map((item, at) => (
          <OwnItem
            key={item.id}
            to={ownPath(desk.id, lesson, part.id, item.id)}
            lead={<Icon name={TYPE_ICONS[item.type]} />}
            ways={{
              title: t("authoring.questionNumber", { number: at + 1 }),
              at,
              of: items.length,
              onMove: (by) => onChange({ ...part, items: moved(items, at, by) }),
              onCopy: () => desk.change((now) => withItemAfter(now, lesson, part.id, copyOf(item, desk.name()), item.id)),
              onRemove: () => onChange({ ...part, items: without(items, at) }, true),
            }}
          >
            <strong>
              {formatNumber(at + 1)}. <bdi lang={desk.draft.language}>{wordsOf(item.stem) || t("authoring.noWords")}</bdi>
            </strong>
            <span class="small soft">{t(`authoring.type.${item.type}`)}</span>
            {isUnfinished(desk, item) && <span class="small own-unfinished">{t("authoring.unfinished")}</span>}
          </OwnItem>
        ))}
      </ol>
      <Button
        kind={adds ? "plain" : "primary"}
        big
        wide
        icon={adds ? "up" : "plus"}
        aria-expanded={adds}
        onClick={() => setAdds(!adds)}
      >
        {t("authoring.questionAdd")}
      </Button>
      {adds && <TypeChooser onChoose={add} />}
      {items.length > 0 && (
        <label class="own-check">
          <input type="checkbox" checked={part.check} onChange={() => onChange({ ...part, check: !part.check })} />
          <span>{t("authoring.checkWords")}</span>
        </label>
      )}
    </div>
  );
}

const isUnfinished = (desk: Desk, item: Item): boolean =>
  missingIn(item).length > 0 || foundAt(desk.kept.own.findings, { item: item.id }).some(stops);
