import { useEffect, useState } from "preact/hooks";
import type { SchoolClass } from "../../api/types";
import { addTexts } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { PageSpinner } from "../../ui";
import ar from "../../../i18n/checks.ar.json?url";
import en from "../../../i18n/checks.en.json?url";
import es from "../../../i18n/checks.es.json?url";
import fr from "../../../i18n/checks.fr.json?url";
import { CheckPage } from "./CheckPage";
import { Checks } from "./Checks";
import { NewCheck } from "./NewCheck";
import "./checks.css";

const TEXTS = { ar, en, es, fr };

/** The screens on which a teacher writes scores down; their texts come with them. Without `check` the list, `new` begins one. */
export function ChecksTab({ room, check }: { room: SchoolClass; check?: string }) {
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = () => void addTexts(TEXTS).then(() => setReady(true), setError);
  useEffect(load, []);
  if (!ready) return error ? <LoadProblem error={error} again={load} /> : <PageSpinner />;
  if (check === undefined) return <Checks key={room.id} room={room} />;
  return check === "new" ? <NewCheck room={room} /> : <CheckPage key={check} room={room} id={check} />;
}
