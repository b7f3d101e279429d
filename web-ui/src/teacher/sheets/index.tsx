import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SchoolClass } from "../../api/types";
import { addTexts } from "../../i18n";
import { usePlace } from "../../router";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { PageSpinner } from "../../ui";
import ar from "../../../i18n/sheets.ar.json?url";
import en from "../../../i18n/sheets.en.json?url";
import es from "../../../i18n/sheets.es.json?url";
import fr from "../../../i18n/sheets.fr.json?url";
import { ItemsPage } from "./ItemsPage";
import { NewSheet } from "./NewSheet";
import { readAsked } from "./rules";
import { SheetPage } from "./SheetPage";
import "../../items/items.css";
import "../../items/choices.css";
import "../../items/told.css";
import "../../print/print.css";
import "./items-page.css";
import "./sheets.css";
import "./wall.css";

const TEXTS = { ar, en, es, fr };

/** Waits for the texts of these screens; they come with them. */
function WithTexts({ children }: { children: ComponentChildren }) {
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = () => void addTexts(TEXTS).then(() => setReady(true), setError);
  useEffect(load, []);
  if (!ready) return error ? <LoadProblem error={error} again={load} /> : <PageSpinner />;
  return <>{children}</>;
}

/** How the questions of a course do. */
export function ItemsTab({ course }: { course: string }) {
  return (
    <WithTexts>
      <ItemsPage key={course} course={course} />
    </WithTexts>
  );
}

/** Questions for paper and for the wall; the address says which, so that it can be kept and printed again. */
export function SheetTab({ room }: { room: SchoolClass }) {
  return (
    <WithTexts>
      <Asked room={room} />
    </WithTexts>
  );
}

function Asked({ room }: { room: SchoolClass }) {
  const { query } = usePlace();
  const asked = readAsked(query);
  return asked && query.get("show") !== "form" ? <SheetPage room={room} asked={asked} /> : <NewSheet room={room} />;
}
