/** What the admins have to say to all members. */
export interface Announcement {
  id: string;
  text: string;
  startsAt: Temporal.Instant | null;
  endsAt: Temporal.Instant | null;
  isAllDay: boolean;
  publishedAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
}

/** The same for one member: what they have read, and what all think of it. */
export interface ShownAnnouncement extends Announcement {
  read: boolean;
  reactions: { name: string; count: number; me: boolean }[];
}
