/** A thread of direct messages, as one of those who take part sees it. */
export interface Conversation {
  id: string;
  lastPostId: string;
  unread: boolean;
  /** Who else takes part, as far as the last post says; the viewer, where nobody else does. */
  accountIds: string[];
}
