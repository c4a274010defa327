import { api as accounts } from "../accounts/api.ts";
import { documents as accountCollections } from "../accounts/collections_documents.ts";
import { documents as accountDocuments } from "../accounts/documents.ts";
import { pages as accountPages } from "../accounts/pages.tsx";
import { api as apps } from "../apps/api.ts";
import { pages as appPages } from "../apps/pages.tsx";
import type { Route } from "../auth/access.ts";
import { api as auth } from "../auth/api.ts";
import { pages as confirmPages } from "../auth/confirm_pages.tsx";
import { api as confirmation } from "../auth/confirmation_api.ts";
import { pages as authPages } from "../auth/pages.tsx";
import { pages as resetPages } from "../auth/reset_pages.tsx";
import { api as inboxes } from "../delivery/api.ts";
import { documents as activityDocuments } from "../delivery/documents.ts";
import { api as discovery } from "../discovery/people_api.ts";
import { api as trends } from "../discovery/trends_api.ts";
import { pages as doctorPages } from "../doctor/pages.tsx";
import { api as emojis } from "../emoji/api.ts";
import { documents as emojiDocuments } from "../emoji/documents.ts";
import { api as feeds } from "../feeds/api.ts";
import { pages as feedPages } from "../feeds/pages.tsx";
import { api as filters } from "../filters/api.ts";
import { api as legacyFilters } from "../filters/legacy_api.ts";
import { api as instance } from "../instance/api.ts";
import { documents as instanceDocuments } from "../instance/documents.ts";
import { pages as instancePages } from "../instance/pages.tsx";
import { pages as sitePages } from "../instance/site_pages.ts";
import { api as lists } from "../lists/api.ts";
import { api as media } from "../media/api.ts";
import { api as mediaFiles } from "../media/files_api.ts";
import { api as moderation } from "../moderation/api.ts";
import { api as notifications } from "../notifications/api.ts";
import { pages as digestPages } from "../notifications/digest_pages.tsx";
import { api as notificationGroups } from "../notifications/groups_api.ts";
import { pages as notificationPages } from "../notifications/pages.tsx";
import { api as notificationPolicy } from "../notifications/policy_api.ts";
import { api as notificationRequests } from "../notifications/requests_api.ts";
import { pages as messageRequestPages } from "../notifications/requests_pages.tsx";
import { api as polls } from "../polls/api.ts";
import { pages as pollPages } from "../polls/pages.tsx";
import { api as posts } from "../posts/api.ts";
import { documents as postDocuments } from "../posts/documents.ts";
import { oembed } from "../posts/oembed.ts";
import { pages as postPages } from "../posts/pages.tsx";
import { pages as writingPages } from "../posts/writing_pages.tsx";
import { api as profiles } from "../profiles/api.ts";
import { api as proxy } from "../proxy/api.ts";
import { api as quotes } from "../quotes/api.ts";
import { documents as quoteDocuments } from "../quotes/documents.ts";
import { api as reactions } from "../reactions/api.ts";
import { api as emojiReactions } from "../reactions/emoji_api.ts";
import { pages as reactionPages } from "../reactions/pages.tsx";
import { api as domainBlocks } from "../relationships/domain_blocks_api.ts";
import { api as relationships } from "../relationships/api.ts";
import { pages as relationshipPages } from "../relationships/pages.tsx";
import { api as scheduled } from "../scheduled/api.ts";
import { api as search } from "../search/api.ts";
import { pages as searchPages } from "../search/pages.tsx";
import { api as conversations } from "../conversations/api.ts";
import { api as announcements } from "../announcements/api.ts";
import { api as facts } from "../instance/facts_api.ts";
import { api as absent } from "../instance/absent_api.ts";
import { api as collections } from "../collections/api.ts";
import { pages as collectionPages } from "../collections/pages.tsx";
import { api as translation } from "../translation/api.ts";
import { api as tags } from "../tags/api.ts";
import { pages as tagPages } from "../tags/pages.ts";
import { pages as mailPages } from "../settings/mail_pages.ts";
import { pages as settingsPages } from "../settings/pages.tsx";
import { pages as policyPages } from "../settings/policy_pages.ts";
import { pages as profilePages } from "../settings/profile_pages.tsx";

/** All that we answer: every noun's doors for clients and for browsers. */
export const routes: readonly Route[] = [
  ...accounts,
  ...apps,
  ...appPages,
  ...auth,
  ...authPages,
  ...confirmPages,
  ...confirmation,
  ...resetPages,
  ...accountCollections,
  ...accountDocuments,
  ...accountPages,
  ...inboxes,
  ...activityDocuments,
  ...discovery,
  ...trends,
  ...doctorPages,
  ...emojis,
  ...emojiDocuments,
  ...feeds,
  ...feedPages,
  ...filters,
  ...legacyFilters,
  ...instance,
  ...instanceDocuments,
  ...instancePages,
  ...sitePages,
  ...lists,
  ...media,
  ...mediaFiles,
  ...moderation,
  ...notifications,
  ...notificationPolicy,
  ...notificationRequests,
  ...notificationGroups,
  ...notificationPages,
  ...messageRequestPages,
  ...digestPages,
  ...proxy,
  ...polls,
  ...pollPages,
  ...posts,
  ...postDocuments,
  ...postPages,
  ...writingPages,
  ...profiles,
  ...quotes,
  ...quoteDocuments,
  ...reactions,
  ...emojiReactions,
  ...reactionPages,
  ...domainBlocks,
  ...relationships,
  ...relationshipPages,
  ...scheduled,
  ...search,
  ...tags,
  ...translation,
  ...collections,
  ...collectionPages,
  ...oembed,
  ...announcements,
  ...facts,
  ...absent,
  ...conversations,
  ...tagPages,
  ...searchPages,
  ...settingsPages,
  ...mailPages,
  ...policyPages,
  ...profilePages,
];
