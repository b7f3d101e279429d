import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

/** What a page shows when it has nothing to show: why, and what to do. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <div class="empty-picture">
        <Icon name={icon} />
      </div>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
