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
import { NewSheet } from "./NewSheet";
import { readAsked } from "./rules";
import { SheetPage } from "./SheetPage";
import "../../items/items.css";
import "../../items/choices.css";
import "../../items/told.css";
import "../../print/print.css";
import "./sheets.css";
import "./wall.css";

const TEXTS = { ar, en, es, fr };

/** Questions for paper and for the wall; the address says which, so that it can be kept and printed again. */
export function SheetTab({ room }: { room: SchoolClass }) {
  const { query } = usePlace();
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = () => void addTexts(TEXTS).then(() => setReady(true), setError);
  useEffect(load, []);
  if (!ready) return error ? <LoadProblem error={error} again={load} /> : <PageSpinner />;
  const asked = readAsked(query);
  return asked && query.get("show") !== "form" ? <SheetPage room={room} asked={asked} /> : <NewSheet room={room} />;
}
