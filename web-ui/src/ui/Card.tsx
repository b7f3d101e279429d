import type { ComponentChildren, JSX } from "preact";
import { followLink } from "../router";

export function Card({ children, ...rest }: JSX.IntrinsicElements["div"] & { children?: ComponentChildren }) {
  return (
    <div {...rest} class={["card", rest.class].filter(Boolean).join(" ")}>
      {children}
    </div>
  );
}

/** A card that is one big link. */
export function CardLink({ children, ...rest }: JSX.IntrinsicElements["a"] & { href: string }) {
  return (
    <a onClick={followLink} {...rest} class={["card", rest.class].filter(Boolean).join(" ")}>
      {children}
    </a>
  );
}
