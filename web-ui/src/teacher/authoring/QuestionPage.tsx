import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { navigate } from "../../router";
import { Button, Dialog, Icon } from "../../ui";
import { type Desk } from "./desk";
import { questionsOf, withItem, withItemAfter, withItems } from "./draft";
import { ItemEditor } from "./editors/ItemEditor";
import { Frame } from "./Frame";
import { type Missing, missingIn } from "./missing";
import { ownPath } from "./places";
import { asType, copyOf, emptyItem, isBlank } from "./skeleton";
import { TryOut } from "./TryOut";
import { TypeChooser, TYPE_ICONS } from "./TypeChooser";
import type { Item } from "./types";
import { useRoom } from "./useRoom";

interface QuestionProps {
  desk: Desk;
  lesson: string;
  part: string;
  id: string;
}

/** One question: its fields, a try of it, and the way to the next. */
export function QuestionPage({ desk, lesson, part, id }: QuestionProps) {
  const { items } = questionsOf(desk.draft, lesson, part)!;
  const at = items.findIndex((one) => one.id === id);
  const item = items[at]!;
  const [chooses, setChooses] = useState(false);
  const [tries, setTries] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const change = (next: Item) => desk.change((now) => withItem(now, lesson, part, next));
  const list = ownPath(desk.id, lesson, part);
  const missing = missingIn(item);
  const hasRoom = useRoom();

  useEffect(() => {
    if (isBlank(item)) toStem();
    return () => {
      // A question that nobody began is not worth a place.
      const left = (one: Item) => !(one.id === id && isBlank(one));
      const now = desk.open.kept.get().draft;
      if (questionsOf(now, lesson, part)?.items.every(left) === false)
        desk.change((draft) => withItems(draft, lesson, part, (all) => all.filter(left)));
    };
  }, [id]);

  /** The cursor where the typing begins. */
  function toStem() {
    requestAnimationFrame(() => {
      const stem = form.current?.querySelector<HTMLElement>("[data-stem]");
      stem?.focus();
      scrollTo(0, 0);
    });
  }

  function put(next: Item) {
    desk.change((now) => withItemAfter(now, lesson, part, next, id));
    navigate(ownPath(desk.id, lesson, part, next.id), { replace: true });
    toStem();
  }

  function next() {
    const following = items[at + 1];
    if (following) navigate(ownPath(desk.id, lesson, part, following.id), { replace: true });
    else put(emptyItem(item.type, desk.name(), item.skills[0] ?? ""));
  }

  function choose(type: Item["type"]) {
    setChooses(false);
    change(asType(item, type));
    toStem();
  }

  return (
    <Frame desk={desk} title={t("authoring.questionOf", { number: at + 1, of: items.length })} back={list} wide>
      <div class="own-desk">
        <div class="stack" ref={form}>
          <button type="button" class="own-type" onClick={() => setChooses(true)}>
            <Icon name={TYPE_ICONS[item.type]} />
            <span class="grow">
              <span class="only-heard">{t("authoring.typeLabel")}</span> {t(`authoring.type.${item.type}`)}
            </span>
            <span class="own-type-change">{t("authoring.typeChange")}</span>
          </button>
          <ItemEditor key={item.id + item.type} item={item} onChange={change} desk={desk} />
          {missing.length > 0 && !isBlank(item) && <Needs missing={missing} form={form} />}
          <div class="own-foot">
            {!hasRoom && (
              <Button class="own-try-button" icon="eye" disabled={missing.length > 0} onClick={() => setTries(true)}>
                {t("authoring.try")}
              </Button>
            )}
            <Button kind="primary" iconAfter="forward" disabled={isBlank(item)} onClick={next}>
              {t(items[at + 1] ? "authoring.following" : "authoring.nextQuestion")}
            </Button>
          </div>
          <div class="row own-after">
            <Button kind="quiet" icon="copy" onClick={() => put(copyOf(item, desk.name()))}>
              {t("authoring.questionCopy")}
            </Button>
            <Button
              kind="quiet"
              icon="trash"
              onClick={() => {
                desk.change((now) => withItems(now, lesson, part, (all) => all.filter((one) => one.id !== id)), true);
                navigate(list, { replace: true });
              }}
            >
              {t("authoring.questionDelete")}
            </Button>
            <Button kind="quiet" icon="list" onClick={() => navigate(list)}>
              {t("authoring.allQuestions")}
            </Button>
          </div>
        </div>
        {hasRoom && (
          <aside class="own-aside" aria-label={t("authoring.tryTitle")}>
            <h2 class="own-small-heading">{t("authoring.tryTitle")}</h2>
            {missing.length > 0 ? <p class="soft">{t("authoring.tryLater")}</p> : <TryOut desk={desk} item={item} />}
          </aside>
        )}
      </div>
      {chooses && (
        <Dialog wide title={t("authoring.typeTitle")} onClose={() => setChooses(false)}>
          <TypeChooser chosen={item.type} onChoose={choose} />
        </Dialog>
      )}
      {tries && (
        <Dialog wide title={t("authoring.tryTitle")} onClose={() => setTries(false)}>
          <div class="stack">
            <TryOut desk={desk} item={item} />
            <Button wide onClick={() => setTries(false)}>
              {t("authoring.lookClose")}
            </Button>
          </div>
        </Dialog>
      )}
    </Frame>
  );
}

/** What is still needed; a touch leads to the field. */
function Needs({ missing, form }: { missing: Missing[]; form: { current: HTMLElement | null } }) {
  function go(one: Missing) {
    const field = form.current?.querySelector<HTMLElement>(`[data-field="${FIELDS[one] ?? one}"]`);
    const input = field?.matches("input") ? field : field?.querySelector<HTMLElement>("textarea,input:not([type=file]),button");
    input?.focus();
  }
  return (
    <div class="own-needs">
      <p class="small">{t("authoring.needs")}</p>
      <ul>
        {missing.map((one) => (
          <li key={one}>
            <button type="button" class="own-need" onClick={() => go(one)}>
              {t(`authoring.need.${one}`)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where a need is met, if the field has another name. */
const FIELDS: Partial<Record<Missing, string>> = { same: "options" };
