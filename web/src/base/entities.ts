/**
 * The shapes of the Mastodon API that the pages show, field by field as the API names them: only the fields
 * that a component reads. What the server exports fits in here as it is.
 */

export interface CustomEmoji {
  shortcode: string;
  url: string;
  static_url: string;
}

export interface Field {
  name: string;
  /** Sanitised HTML; plain text in `source.fields`. */
  value: string;
  /** When the linked page was seen to link back; null where it was not. */
  verified_at: string | null;
}

export interface Account {
  id: string;
  username: string;
  /** `alice` for our own people, `rimu@elsewhere.test` for others. */
  acct: string;
  url: string | null;
  /** The ActivityPub id. */
  uri: string;
  display_name: string;
  /** The bio as sanitised HTML; "" where there is none. */
  note: string;
  avatar: string;
  avatar_static: string;
  header: string;
  header_static: string;
  /** What the pictures show, for those who don't see them; "" where nobody says. */
  avatar_description: string;
  header_description: string;
  locked: boolean;
  fields: Field[];
  emojis: CustomEmoji[];
  bot: boolean;
  group: boolean;
  discoverable: boolean | null;
  indexable: boolean;
  /** What they are to this server. */
  roles: { id: string; name: string }[];
  created_at: string;
  statuses_count: number;
  followers_count: number;
  following_count: number;
  hide_collections?: boolean | null;
  suspended?: boolean;
  /** Where they live now. */
  moved?: Account;
}

export type Visibility = "public" | "unlisted" | "private" | "direct";

export interface CredentialAccount extends Account {
  source: {
    /** The bio as its author typed it. */
    note: string;
    fields: Field[];
    privacy: Visibility;
    sensitive: boolean;
    language: string | null;
    follow_requests_count: number;
    discoverable: boolean | null;
    indexable: boolean;
  };
}

export interface Mention {
  id: string;
  username: string;
  url: string;
  acct: string;
}

/** An emoji below a post, and how often. */
export interface Reaction {
  /** A character, or the name of the picture. */
  name: string;
  count: number;
  static_url?: string;
}

export interface Status {
  id: string;
  uri: string;
  url: string | null;
  created_at: string;
  edited_at: string | null;
  account: Account;
  /** Sanitised HTML; "" for a boost. */
  content: string;
  visibility: Visibility;
  sensitive: boolean;
  /** The content warning as plain text; "" where there is none. */
  spoiler_text: string;
  mentions: Mention[];
  emojis: CustomEmoji[];
  reblogs_count: number;
  favourites_count: number;
  replies_count: number;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  /** What is boosted; the outer status then says only who boosted it, and when. */
  reblog: Status | null;
  language: string | null;
  poll: Poll | null;
  card: Card | null;
  quote: Quote | null;
  /** Only people who live here see it. */
  local_only: boolean;
  /** Emojis that it was answered with, the most frequent first. */
  reactions: Reaction[];
  media_attachments: MediaAttachment[];
  /** These are absent for visitors. */
  favourited?: boolean;
  reblogged?: boolean;
  bookmarked?: boolean;
  muted?: boolean;
  pinned?: boolean;
  /** Which filters warn of it here. */
  filtered?: { filter: { title: string } }[];
}

/** What a post quotes; only `accepted` shows it, and only one level deep. */
export interface Quote {
  state: string;
  quoted_status?: Status | null;
}

/** A picture, film or sound. What is not known of it is absent. */
export interface MediaAttachment {
  id: string;
  type: "image" | "gifv" | "video" | "audio" | "unknown";
  /** Null as long as it is processed. */
  url: string | null;
  preview_url: string | null;
  description: string | null;
  meta: {
    original?: { width?: number; height?: number };
    small?: { width: number; height: number };
    /** What must stay in sight: -1 to 1, from left to right and from bottom to top. */
    focus?: { x: number; y: number };
  };
}

/** What the page behind a link says of itself. */
export interface Card {
  url: string;
  title: string;
  description: string;
  provider_name: string;
  author_name: string;
  image: string | null;
  image_description: string;
  language: string | null;
}

export interface Poll {
  id: string;
  /** Null: it never ends. */
  expires_at: string | null;
  expired: boolean;
  /** Whether several options may be chosen. */
  multiple: boolean;
  votes_count: number;
  /** Null where a poll's own server does not tell. */
  voters_count: number | null;
  /** The count of an option is null as long as it is hidden. */
  options: { title: string; votes_count: number | null }[];
  /** These two are absent for visitors. */
  voted?: boolean;
  own_votes?: number[];
}

/** One version of an edited post. */
export interface StatusEdit {
  content: string;
  spoiler_text: string;
  sensitive: boolean;
  created_at: string;
  account: Account;
  emojis: CustomEmoji[];
  media_attachments: MediaAttachment[];
  poll?: { options: { title: string }[] };
}

/** A post as its author typed it. */
export interface StatusSource {
  id: string;
  text: string;
  spoiler_text: string;
}

export interface Relationship {
  id: string;
  following: boolean;
  showing_reblogs: boolean;
  followed_by: boolean;
  blocking: boolean;
  blocked_by: boolean;
  muting: boolean;
  muting_notifications: boolean;
  requested: boolean;
  requested_by: boolean;
}

export interface Notification {
  id: string;
  /** The types that the page knows; any other is passed over. */
  type: string;
  created_at: string;
  account: Account;
  status?: Status;
  /** What a moderator is told of. */
  report?: { target_account: Account; comment: string };
  /** Follows that ended with a whole server. */
  event?: { target_name: string; followers_count: number; following_count: number };
  /** What the moderators say; empty where they say nothing. */
  moderation_warning?: { text: string };
  collection?: Collection;
}

/** What is done with notifications from people of each sort. */
export type NotificationPolicy = Record<
  `for_${"not_following" | "not_followers" | "new_accounts" | "private_mentions" | "bots"}`,
  "accept" | "filter" | "drop"
>;

/** Somebody whose messages were kept back. */
export interface MessageRequest {
  id: string;
  account: Account;
  last_status?: Status;
}

export interface Rule {
  id: string;
  text: string;
  hint: string;
}

/** `GET /api/v2/instance`. */
export interface Instance {
  domain: string;
  title: string;
  version: string;
  source_url: string;
  description: string;
  usage: { users: { active_month: number } };
  languages: string[];
  configuration: {
    statuses: { max_characters: number; max_media_attachments: number };
    media_attachments: { supported_mime_types: string[]; description_limit: number };
    polls: { max_characters_per_option: number };
  };
  registrations: { enabled: boolean; approval_required: boolean };
  contact: { email: string; account: Account | null };
  rules: Rule[];
}

/** A tag as search finds it. */
/** People whom somebody would show to others. */
export interface Collection {
  id: string;
  name: string;
  description: string;
  sensitive: boolean;
  tag: Tag | null;
}

export interface Tag {
  name: string;
  url: string;
}
