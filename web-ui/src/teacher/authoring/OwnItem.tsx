import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import { followLink } from "../../router";
import { Icon, IconButton } from "../../ui";

interface WaysProps {
  title: string;
  at: number;
  of: number;
  onMove: (by: number) => void;
  onRemove: () => void;
  onCopy?: () => void;
}

interface OwnItemProps {
  /** Where it is written on. */
  to: string;
  /** A number or a drawing before its words. */
  lead: ComponentChildren;
  ways: WaysProps;
  /** Its name, and a line about it. */
  children: ComponentChildren;
}

/** One thing of a list that a teacher writes: a lesson, a part, a question. */
export function OwnItem({ to, lead, ways, children }: OwnItemProps) {
  return (
    <li class="card own-item">
      <a class="own-item-link" href={to} onClick={followLink}>
        {lead}
        <span class="grow">{children}</span>
        <Icon name="forward" />
      </a>
      <Ways {...ways} />
    </li>
  );
}

/** What can be done with one thing of a list: up, down, copy, away. */
export function Ways({ title, at, of, onMove, onRemove, onCopy }: WaysProps) {
  return (
    <div class="own-item-ways">
      {of > 1 && (
        <>
          <IconButton icon="up" disabled={at === 0} label={t("authoring.up", { title })} onClick={() => onMove(-1)} />
          <IconButton icon="down" disabled={at === of - 1} label={t("authoring.down", { title })} onClick={() => onMove(1)} />
        </>
      )}
      {onCopy && <IconButton icon="copy" label={t("authoring.copy", { title })} onClick={onCopy} />}
      <IconButton icon="trash" label={t("authoring.delete", { title })} onClick={onRemove} />
    </div>
  );
}
