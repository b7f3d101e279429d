import type { Item, OwnType } from "../types";
import { ClozeEditor } from "./Cloze";
import { HelpEditor } from "./Help";
import { HotspotEditor } from "./Hotspot";
import { MatchEditor, OrderEditor, SortEditor } from "./Lists";
import { OptionsEditor, TrueFalseEditor } from "./Options";
import type { EditorProps } from "./props";
import { StemEditor } from "./Stem";
import { TapWordEditor } from "./TapWord";
import { NumberEditor, NumberLineEditor, ShortEditor } from "./Typed";

const EDITORS: { [T in OwnType]: (props: EditorProps<T>) => preact.JSX.Element } = {
  single: OptionsEditor,
  multiple: OptionsEditor,
  truefalse: TrueFalseEditor,
  number: NumberEditor,
  short: ShortEditor,
  cloze: ClozeEditor,
  match: MatchEditor,
  order: OrderEditor,
  sort: SortEditor,
  hotspot: HotspotEditor,
  numberline: NumberLineEditor,
  tapword: TapWordEditor,
};

/** All fields of one question: what is asked, what is right, and the rest folded away. */
export function ItemEditor(props: EditorProps<OwnType>) {
  const Editor = EDITORS[props.item.type] as (props: EditorProps<OwnType>) => preact.JSX.Element;
  return (
    <div class="stack own-editor" onKeyDown={goOn}>
      <StemEditor {...(props as { item: Item } & typeof props)} />
      <Editor {...props} />
      <HelpEditor {...props} />
    </div>
  );
}

/** Enter in a line leads to the next field, as on paper. */
function goOn(event: KeyboardEvent) {
  const from = event.target as HTMLElement;
  if (event.key !== "Enter" || !from.matches("input.input")) return;
  event.preventDefault();
  const fields = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("input.input,textarea.input")];
  fields[fields.indexOf(from) + 1]?.focus();
}
