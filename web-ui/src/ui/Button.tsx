import type { ComponentChildren, JSX } from "preact";
import { followLink } from "../router";
import { Icon, type IconName } from "./Icon";

interface Looks {
  /** `primary`: the one thing to do next; at most one on a screen. */
  kind?: "primary" | "plain" | "quiet" | "danger";
  big?: boolean;
  wide?: boolean;
  icon?: IconName;
  iconAfter?: IconName;
}

function classOf({ kind = "plain", big, wide }: Looks, more?: unknown): string {
  return ["button", kind !== "plain" && `button-${kind}`, big && "button-big", wide && "button-wide", more]
    .filter(Boolean)
    .join(" ");
}

function Inside({ icon, iconAfter, children }: Looks & { children?: ComponentChildren }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span class="button-label">{children}</span>
      {iconAfter && <Icon name={iconAfter} after />}
    </>
  );
}

type ButtonProps = Looks & Omit<JSX.IntrinsicElements["button"], "icon"> & { busy?: boolean };

/** A button with words. `busy` shows that it works and takes no second touch. */
export function Button({ kind, big, wide, icon, iconAfter, busy, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={classOf({ kind, big, wide }, rest.class)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      <Inside icon={icon} iconAfter={iconAfter}>
        {children}
      </Inside>
      {busy && <span class="spinner" aria-hidden="true" />}
    </button>
  );
}

type LinkProps = Looks & Omit<JSX.IntrinsicElements["a"], "icon"> & { href: string };

/** A link inside the app that looks like a button. */
export function ButtonLink({ kind, big, wide, icon, iconAfter, children, ...rest }: LinkProps) {
  return (
    <a onClick={followLink} {...rest} class={classOf({ kind, big, wide }, rest.class)}>
      <Inside icon={icon} iconAfter={iconAfter}>
        {children}
      </Inside>
    </a>
  );
}

type IconButtonProps = Omit<JSX.IntrinsicElements["button"], "icon"> & {
  icon: IconName;
  /** What a screen reader says and a mouse shows. */
  label: string;
  big?: boolean;
};

export function IconButton({ icon, label, big, ...rest }: IconButtonProps) {
  const classes = ["icon-button", big && "icon-button-big", rest.class].filter(Boolean).join(" ");
  return (
    <button type="button" {...rest} class={classes} aria-label={label} title={label}>
      <Icon name={icon} big={big} />
    </button>
  );
}

type IconLinkProps = Omit<JSX.IntrinsicElements["a"], "icon"> & {
  href: string;
  icon: IconName;
  label: string;
  big?: boolean;
};

export function IconLink({ icon, label, big, ...rest }: IconLinkProps) {
  const classes = ["icon-button", big && "icon-button-big", rest.class].filter(Boolean).join(" ");
  return (
    <a onClick={followLink} {...rest} class={classes} aria-label={label} title={label}>
      <Icon name={icon} big={big} />
    </a>
  );
}
