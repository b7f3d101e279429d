import type { Desk } from "../desk";
import type { Item, ItemOf, OwnType } from "../types";

/** What the editor of a kind gets. */
export interface EditorProps<T extends OwnType> {
  item: ItemOf<T>;
  onChange: (item: Item) => void;
  desk: Desk;
}
