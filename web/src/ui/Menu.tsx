import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

/** What does not fit beside the rest, behind three dots. Opens without a script, and closes when another opens. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <details class="menu" name="menu">
      <summary class="action">
        <Icon name="more" />
        <span class="visually-hidden">{label}</span>
      </summary>
      <ul class="menu-list">{children}</ul>
    </details>
  );
}

export interface MenuItemProps {
  icon: IconName;
  text: string;
  danger?: boolean;
}

/** Leads somewhere. */
export function MenuLink({ icon, text, danger, href }: MenuItemProps & { href: string }) {
  return (
    <li>
      <a class={danger ? "menu-item menu-danger" : "menu-item"} href={href}>
        <Icon name={icon} />
        <span>{text}</span>
      </a>
    </li>
  );
}

/** Posts the form that the menu stands in to `formaction`. */
export function MenuButton({ icon, text, danger, formaction }: MenuItemProps & { formaction: string }) {
  return (
    <li>
      <button class={danger ? "menu-item menu-danger" : "menu-item"} type="submit" formaction={formaction}>
        <Icon name={icon} />
        <span>{text}</span>
      </button>
    </li>
  );
}
