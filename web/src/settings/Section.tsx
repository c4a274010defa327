import type { ComponentChildren } from "preact";

export interface SectionProps {
  id: string;
  title: string;
  lead?: string;
  children: ComponentChildren;
}

/** One part of the settings, with a place that can be linked to. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section class="settings-section" id={id} aria-labelledby={`${id}-title`}>
      <h2 class="section-title" id={`${id}-title`}>{title}</h2>
      {lead && <p class="section-lead">{lead}</p>}
      <div class="panel">{children}</div>
    </section>
  );
}
