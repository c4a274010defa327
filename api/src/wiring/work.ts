import { chores as accountChores, listeners as accounts } from "../accounts/jobs.ts";
import { outbox as accountsOut } from "../accounts/outbox.ts";
import { chores as appChores } from "../apps/jobs.ts";
import { chores as authChores, listeners as auth } from "../auth/jobs.ts";
import { chores as backupChores } from "../backup/jobs.ts";
import type { Chores, EventName, Hearing, Hears, Listener, Listeners } from "../base/events.ts";
import { chores as cardChores, listeners as cards } from "../cards/jobs.ts";
import { listeners as conversations } from "../conversations/jobs.ts";
import { chores as deliveryChores } from "../delivery/jobs.ts";
import { chores as discoveryChores } from "../discovery/jobs.ts";
import { listeners as lists } from "../lists/jobs.ts";
import { chores as mailChores } from "../mail/jobs.ts";
import { chores as mediaChores, listeners as media } from "../media/jobs.ts";
import { outbox as moderationOut } from "../moderation/outbox.ts";
import { chores as notificationChores, listeners as notifications } from "../notifications/jobs.ts";
import { chores as polls } from "../polls/jobs.ts";
import { outbox as pollsOut } from "../polls/outbox.ts";
import { chores as postChores } from "../posts/jobs.ts";
import { outbox as postsOut } from "../posts/outbox.ts";
import { chores as proxyChores } from "../proxy/jobs.ts";
import { listeners as quotes } from "../quotes/jobs.ts";
import { outbox as quotesOut } from "../quotes/outbox.ts";
import { outbox as reactionsOut } from "../reactions/outbox.ts";
import { chores as relationshipChores, listeners as relationships } from "../relationships/jobs.ts";
import { chores as scheduledChores } from "../scheduled/jobs.ts";
import { outbox as relationshipsOut } from "../relationships/outbox.ts";
import { listeners as search } from "../search/jobs.ts";

/** All that is done later, and by whom: each noun's listeners, those that tell other servers, and chores. */
export const listening: Record<string, Listeners> = {
  accounts,
  auth,
  cards,
  conversations,
  lists,
  media,
  notifications,
  quotes,
  relationships,
  search,
  "accounts/outbox": accountsOut,
  "moderation/outbox": moderationOut,
  "polls/outbox": pollsOut,
  "posts/outbox": postsOut,
  "quotes/outbox": quotesOut,
  "reactions/outbox": reactionsOut,
  "relationships/outbox": relationshipsOut,
};

export const chores: Record<string, Chores> = {
  accounts: accountChores,
  apps: appChores,
  auth: authChores,
  backup: backupChores,
  cards: cardChores,
  delivery: deliveryChores,
  discovery: discoveryChores,
  mail: mailChores,
  media: mediaChores,
  notifications: notificationChores,
  polls,
  posts: postChores,
  proxy: proxyChores,
  relationships: relationshipChores,
  scheduled: scheduledChores,
};

/** For each event the jobs that hear it: `emit` reads it. */
export const hears: Hears = (() => {
  const heard = new Map<EventName, Hearing[]>();
  for (const [noun, listeners] of Object.entries(listening)) {
    for (const [event, listener] of Object.entries(listeners) as [EventName, Listener<never>][]) {
      heard.set(event, [...heard.get(event) ?? [], { job: `${noun}/${event}`, cares: listener.cares }]);
    }
  }
  return heard;
})();
