import { useMemo, useState } from "preact/hooks";
import { Cloze } from "./Cloze";
import { Hotspot } from "./Hotspot";
import "./items.css";
import "./choices.css";
import "./taps.css";
import { partsRight } from "./marking";
import { Match } from "./Match";
import { Multiple } from "./Multiple";
import { NumberEntry } from "./NumberEntry";
import { NumberLineAnswer } from "./NumberLineAnswer";
import { Order } from "./Order";
import { Short } from "./Short";
import { Single } from "./Single";
import { Sort } from "./Sort";
import { Stem } from "./Stem";
import { TapWord } from "./TapWord";
import { TrueFalse } from "./TrueFalse";
import type { ControlProps, ItemType, ItemViewProps } from "./types";

let questions = 0;

/** A question and the place to answer it; once there is a mark, every answered part shows whether it is right. */
export function ItemView({ variant, hash, value, onChange, disabled, result }: ItemViewProps) {
  const [labelledBy] = useState(() => `item-stem-${(questions += 1)}`);
  const marks = useMemo(() => (result ? partsRight(variant, value) : {}), [result, variant, value]);
  const props = { variant, hash, value, onChange, disabled, result, marks, labelledBy };
  return (
    <div class={`item item-is-${variant.type}`}>
      {variant.type !== "cloze" && <Stem id={labelledBy} hash={hash} variant={variant} />}
      <div class="item-answer">{drawControl(props as ControlProps<ItemType>)}</div>
    </div>
  );
}

function drawControl(props: ControlProps<ItemType>) {
  const Control = CONTROLS[props.variant.type] as (props: ControlProps<ItemType>) => preact.JSX.Element;
  // The key forgets what was held or active when the question changes.
  return <Control key={`${props.variant.id} ${props.variant.seed}`} {...props} />;
}

const CONTROLS: { [T in ItemType]: (props: ControlProps<T>) => preact.JSX.Element } = {
  single: Single,
  multiple: Multiple,
  truefalse: TrueFalse,
  number: NumberEntry,
  short: Short,
  cloze: Cloze,
  match: Match,
  order: Order,
  sort: Sort,
  hotspot: Hotspot,
  numberline: NumberLineAnswer,
  tapword: TapWord,
};
