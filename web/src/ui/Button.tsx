import type { ComponentChildren } from "preact";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

/** `primary` once a form; `quiet` where it repeats; `danger` for what can't be undone. */
export type Tone = "primary" | "plain" | "quiet" | "danger";

interface Look {
  tone?: Tone;
  icon?: IconName;
  small?: boolean;
  /** As wide as what it stands in. */
  wide?: boolean;
  children: ComponentChildren;
}

export interface ButtonProps extends Look {
  /** Posts the form to another address than its own. */
  formaction?: string;
  name?: string;
  value?: string;
  /** Where the words alone do not say what it acts on. Starts with those words. */
  label?: string;
}

/** Submits the form that it stands in. */
export function Button({ formaction, name, value, label, ...look }: ButtonProps) {
  return (
    <button
      type="submit"
      class={looks(look)}
      formaction={formaction}
      name={name}
      value={value}
      aria-label={label}
    >
      {look.icon && <Icon name={look.icon} />}
      <span>{look.children}</span>
    </button>
  );
}

/** A link that looks like a button: it leads somewhere, and changes nothing. */
export function ButtonLink({ href, ...look }: Look & { href: string }) {
  return (
    <a class={looks(look)} href={href}>
      {look.icon && <Icon name={look.icon} />}
      <span>{look.children}</span>
    </a>
  );
}

function looks({ tone = "plain", small, wide }: Look): string {
  return classes("button", `button-${tone}`, small && "button-small", wide && "button-wide");
}
