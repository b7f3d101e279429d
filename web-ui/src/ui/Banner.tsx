import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

const ICONS: Record<string, IconName> = { info: "info", warn: "alert", wrong: "alert", right: "check" };

interface BannerProps {
  kind?: "info" | "warn" | "wrong" | "right";
  icon?: IconName;
  /** A button at the end of the line. */
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** A calm line that says what is the matter. Problems are read out at once, the rest when there is a pause. */
export function Banner({ kind = "info", icon, action, children }: BannerProps) {
  return (
    <div class={kind === "info" ? "banner" : `banner banner-${kind}`} role={kind === "wrong" ? "alert" : "status"}>
      <Icon name={icon ?? ICONS[kind]!} />
      <div class="banner-text">{children}</div>
      {action}
    </div>
  );
}
