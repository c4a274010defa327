import { usePage } from "../base/page.tsx";
import { Gate } from "./Gate.tsx";

export interface PendingPageProps {
  /** What they wrote when they asked to join. */
  reason?: string;
}

/** Somebody has asked to join, and nobody has answered yet. */
export function PendingPage({ reason }: PendingPageProps) {
  const { t } = usePage();
  return (
    <Gate title={t.auth.pendingTitle} lead={t.auth.pendingLead}>
      {reason && (
        <section>
          <h2>{t.auth.pendingReason}</h2>
          <blockquote class="said" dir="auto">{reason}</blockquote>
        </section>
      )}
    </Gate>
  );
}
