import { type IconName, icons } from "./icons.ts";

/** A small picture beside words. It says nothing by itself: whatever it stands for must also be in words. */
export function Icon({ name, class: className }: { name: IconName; class?: string }) {
  return (
    <svg class={className ? `icon ${className}` : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  );
}
