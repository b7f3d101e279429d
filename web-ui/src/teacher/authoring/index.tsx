import { useEffect, useState } from "preact/hooks";
import { addTexts, t } from "../../i18n";
import { match, navigate } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { PageSpinner } from "../../ui";
import ar from "../../../i18n/authoring.ar.json?url";
import en from "../../../i18n/authoring.en.json?url";
import es from "../../../i18n/authoring.es.json?url";
import fr from "../../../i18n/authoring.fr.json?url";
import { CoursePage } from "./CoursePage";
import { useDesk, useDraft } from "./desk";
import { lessonOf, partOf, questionsOf } from "./draft";
import type { OpenDraft } from "./keeping";
import { LessonPage } from "./LessonPage";
import { ListPage } from "./ListPage";
import { PartPage } from "./PartPage";
import { ownPath } from "./places";
import { QuestionPage } from "./QuestionPage";
import "./authoring.css";
import "./editors.css";

const TEXTS = { ar, en, es, fr };

/** The screens on which a teacher writes; their texts come with them. */
export function Authoring({ path }: { path: string }) {
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = () => void addTexts(TEXTS).then(() => setReady(true), setError);
  useEffect(load, []);
  if (!ready) return error ? <LoadProblem error={error} again={load} /> : <PageSpinner />;
  const own = [
    "/teach/own/:own",
    "/teach/own/:own/:lesson",
    "/teach/own/:own/:lesson/:part",
    "/teach/own/:own/:lesson/:part/:item",
  ]
    .map((pattern) => match(pattern, path))
    .find((found) => found !== null);
  return own ? <Own key={own["own"]} place={own as unknown as Place} /> : <ListPage />;
}

interface Place {
  own: string;
  lesson?: string;
  part?: string;
  item?: string;
}

function Own({ place }: { place: Place }) {
  const { open, error, reload } = useDraft(place.own);
  if (open) return <Screen open={open} place={place} />;
  return error ? <LoadProblem error={error} again={reload} /> : <PageSpinner />;
}

function Screen({ open, place }: { open: OpenDraft; place: Place }) {
  const { own, lesson, part, item } = place;
  const desk = useDesk(own, open);
  const { draft } = desk;
  if (lesson === undefined) return <CoursePage desk={desk} />;
  if (!lessonOf(draft, lesson)) return <Gone to={ownPath(own)} />;
  if (part === undefined) return <LessonPage key={lesson} desk={desk} id={lesson} />;
  if (!partOf(draft, lesson, part)) return <Gone to={ownPath(own, lesson)} />;
  if (item === undefined) return <PartPage key={part} desk={desk} lesson={lesson} id={part} />;
  const found = questionsOf(draft, lesson, part)?.items.some((one) => one.id === item);
  return found ? <QuestionPage desk={desk} lesson={lesson} part={part} id={item} /> : <Gone to={ownPath(own, lesson, part)} />;
}

/** What an address names was deleted: on to what it was in. */
function Gone({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return <p class="soft">{t("authoring.gone")}</p>;
}
