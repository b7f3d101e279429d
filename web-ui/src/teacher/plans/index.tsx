import { useEffect, useState } from "preact/hooks";
import type { SchoolClass } from "../../api/types";
import { addTexts } from "../../i18n";
import { LoadProblem } from "../../sign-in/LoadProblem";
import { PageSpinner } from "../../ui";
import ar from "../../../i18n/plans.ar.json?url";
import en from "../../../i18n/plans.en.json?url";
import es from "../../../i18n/plans.es.json?url";
import fr from "../../../i18n/plans.fr.json?url";
import { AttendancePage } from "./Attendance";
import { GoalsPage } from "./GoalsPage";
import { NewPlan } from "./NewPlan";
import { PlanPage } from "./PlanPage";
import { Plans } from "./Plans";
import "../../print/print.css";
import "./plans.css";

const TEXTS = { ar, en, es, fr };

interface PlansTabProps {
  room: SchoolClass;
  /** Without it the list; `new` begins one. */
  plan?: string;
  /** Who was there, or what the class is to reach, instead of plans. */
  part?: "attendance" | "goals";
}

/** The screens on which a teacher plans a lesson, says who was there, and sets goals; their texts come with them. */
export function PlansTab({ room, plan, part }: PlansTabProps) {
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = () => void addTexts(TEXTS).then(() => setReady(true), setError);
  useEffect(load, []);
  if (!ready) return error ? <LoadProblem error={error} again={load} /> : <PageSpinner />;
  if (part === "attendance") return <AttendancePage key={room.id} room={room} />;
  if (part === "goals") return <GoalsPage key={room.id} room={room} />;
  if (plan === undefined) return <Plans key={room.id} room={room} />;
  return plan === "new" ? <NewPlan room={room} /> : <PlanPage key={plan} room={room} id={plan} />;
}
