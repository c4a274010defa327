import type { ComponentChildren } from "preact";

export interface PageHeaderProps {
  title: string;
  lead?: string;
  /** Beside the title: a button or two. */
  children?: ComponentChildren;
}

/** The first heading of a page, and a line about it. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  return (
    <div class="page-header">
      <div class="page-header-words">
        <h1 dir="auto">{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
