import type { ComponentChildren } from "preact";

export interface GateProps {
  title: string;
  lead?: string;
  children: ComponentChildren;
}

/** The frame of everything on the way in: one narrow sheet with one purpose. */
export function Gate({ title, lead, children }: GateProps) {
  return (
    <div class="gate panel">
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </div>
  );
}
