import type { Notification } from "./notification.ts";

/** Notifications that are told together: of one thing that several people did. */
export interface Group {
  key: string;
  /** The one of it that stands on this page; it says of what kind the group is and what it is about. */
  notification: Notification;
  /** How many there are, as far as the page goes. */
  count: number;
  latestId: string;
  latestAt: Temporal.Instant;
  /** The oldest of it that is on the page. */
  oldestId: string;
  /** Who did it, the latest first; not all of them. */
  fromIds: string[];
}
