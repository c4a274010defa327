import type { Notification } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { actions, paths } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Paging } from "../ui/Paging.tsx";
import { NotificationItem } from "./NotificationItem.tsx";

export interface NotificationsPageProps {
  notifications: Notification[];
  /** The ids of those that the member sees for the first time. */
  unread: string[];
  /** How many people have written and were kept back. */
  kept: number;
  newer?: string;
  older?: string;
}

/** What others did that concerns this member. */
export function NotificationsPage({ notifications, unread, kept, newer, older }: NotificationsPageProps) {
  const { t } = usePage();
  return (
    <>
      <PageHeader title={t.notifications.title}>
        {notifications.length > 0 && (
          <Form action={actions.clearNotifications}>
            <Button tone="quiet">{t.notifications.clear}</Button>
          </Form>
        )}
      </PageHeader>
      {kept > 0 && (
        <Notice kind="info">
          <a href={paths.messageRequests}>{t.notifications.kept(kept)}</a>
        </Notice>
      )}
      {notifications.length === 0 && <Empty text={t.notifications.empty} />}
      {notifications.length > 0 && (
        <ol class="notifications">
          {notifications.map((one) => (
            <NotificationItem key={one.id} notification={one} unread={unread.includes(one.id)} />
          ))}
        </ol>
      )}
      <Paging
        label={t.nav.paging}
        newer={newer ? { href: newer, text: t.nav.newer } : undefined}
        older={older ? { href: older, text: t.nav.older } : undefined}
      />
    </>
  );
}
