import type { ComponentChildren } from "preact";

/** Says that there is nothing, and perhaps what to do about it. */
export function Empty({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <svg class="empty-strings" viewBox="0 0 120 36" aria-hidden="true">
        <path d="M4 8h112M4 18c14 0 14-7 28-7s14 14 28 14 14-14 28-14 14 7 28 7M4 28h112" />
      </svg>
      <p>{text}</p>
      {children}
    </div>
  );
}
