import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

const looks = {
  success: { icon: "check", role: "status" },
  error: { icon: "warning", role: "alert" },
  info: { icon: "bell", role: undefined },
} as const;

/** One line on top of what it speaks about. */
export function Notice({ kind, children }: { kind: keyof typeof looks; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role={looks[kind].role}>
      <Icon name={looks[kind].icon} />
      <p>{children}</p>
    </div>
  );
}
