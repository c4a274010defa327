import { messages } from "@riff/api/base/messages.ts";
import type {
  Account,
  CredentialAccount,
  Instance,
  MediaAttachment,
  Notification,
  Poll,
  Relationship,
  Status,
} from "./base/entities.ts";
import type { Page, Viewer } from "./base/page.tsx";
import { paths } from "./base/paths.ts";

/** Alice and Bob, who live here, Rimu from elsewhere, and what they might say: for looking at pages. */

const now = Temporal.Instant.from("2026-03-12T14:05:00Z");
const host = "riff.example";

export const minutesAgo = (minutes: number) => now.subtract({ minutes }).toString();

function account(given: Partial<Account> & { id: string; acct: string }): Account {
  const [username = "", domain = host] = given.acct.split("@");
  return {
    username,
    url: `https://${domain}/@${username}`,
    uri: `https://${domain}/ap/actors/${given.id}`,
    display_name: "",
    note: "",
    avatar: `https://${host}${paths.noAvatar}`,
    avatar_static: `https://${host}${paths.noAvatar}`,
    header: `https://${host}${paths.noHeader}`,
    header_static: `https://${host}${paths.noHeader}`,
    avatar_description: "",
    header_description: "",
    locked: false,
    fields: [],
    emojis: [],
    bot: false,
    group: false,
    discoverable: true,
    indexable: true,
    roles: [],
    created_at: "2025-06-01T00:00:00.000Z",
    statuses_count: 12,
    followers_count: 3,
    following_count: 1,
    ...given,
  };
}

export const alice: CredentialAccount = {
  ...account({
    id: "1",
    acct: "alice",
    roles: [{ id: "3", name: "Admin" }],
    display_name: "Alice",
    note:
      '<p>Growing beans on a balcony. Talks about <a href="https://riff.example/tags/bread" class="mention hashtag" rel="tag">#<span>bread</span></a>, bicycles and old maps.</p>',
    fields: [
      {
        name: "Home",
        value: '<a href="https://alice.example/" rel="me nofollow noopener">alice.example</a>',
        verified_at: "2026-01-02T10:00:00.000Z",
      },
      { name: "Pronouns", value: "she/her", verified_at: null },
    ],
    statuses_count: 1284,
    followers_count: 312,
    following_count: 97,
  }),
  source: {
    note: "Growing beans on a balcony. Talks about #bread, bicycles and old maps.",
    fields: [
      { name: "Home", value: "https://alice.example/", verified_at: null },
      { name: "Pronouns", value: "she/her", verified_at: null },
    ],
    privacy: "public",
    sensitive: false,
    language: "en",
    follow_requests_count: 2,
    discoverable: true,
    indexable: true,
  },
};

export const bob = account({
  id: "2",
  acct: "bob",
  display_name: "Bob",
  note: "<p>Repairs radios. Posts at night.</p>",
  locked: true,
});

export const rimu = account({
  id: "3",
  acct: "rimu@elsewhere.test",
  display_name: "Rimu",
  note: "<p>Walks, birds, weather.</p>",
  bot: true,
});

/** Names and words as long as the rules allow, and a language that runs the other way. */
export const longest = account({
  id: "4",
  acct: `${"averylongname".repeat(3)}@${"a-very-long-subdomain.".repeat(4)}elsewhere.test`,
  display_name: "Ein".concat("außerordentlich".repeat(4)),
  note: `<p>${"Donaudampfschifffahrtsgesellschaft".repeat(6)}</p>`,
});

export function status(given: Partial<Status> & { id: string }): Status {
  const author = given.account ?? alice;
  return {
    uri: `https://riff.example/ap/posts/${given.id}`,
    url: `https://riff.example/@${author.acct}/${given.id}`,
    created_at: minutesAgo(5),
    edited_at: null,
    account: author,
    content: "",
    visibility: "public",
    sensitive: false,
    spoiler_text: "",
    mentions: [],
    emojis: [],
    reblogs_count: 0,
    favourites_count: 0,
    replies_count: 0,
    in_reply_to_id: null,
    in_reply_to_account_id: null,
    reblog: null,
    language: "en",
    poll: null,
    card: null,
    quote: null,
    local_only: false,
    reactions: [],
    media_attachments: [],
    favourited: false,
    reblogged: false,
    bookmarked: false,
    muted: false,
    ...given,
  };
}

const mentionOf = (one: Account) => ({
  id: one.id,
  username: one.username,
  url: one.url ?? "",
  acct: one.acct,
});

export const bread = status({
  id: "101",
  content:
    '<p>The sourdough finally rose. Four days, two failed starters, and one very patient oven. <a href="https://riff.example/tags/bread" class="mention hashtag" rel="tag">#<span>bread</span></a></p><p>Recipe: <a href="https://alice.example/bread/the-long-way" rel="nofollow noopener noreferrer" target="_blank"><span class="invisible">https://</span><span class="ellipsis">alice.example/bread/the-lo</span><span class="invisible">ng-way</span></a></p>',
  replies_count: 2,
  reblogs_count: 4,
  favourites_count: 1234,
  favourited: true,
  bookmarked: true,
  pinned: true,
  edited_at: minutesAgo(2),
});

export const radio = status({
  id: "102",
  account: bob,
  created_at: minutesAgo(185),
  content:
    "<p>A valve radio from 1954 came in today. It hummed, it glowed, and then it played the weather report.</p>",
  visibility: "unlisted",
  reblogged: true,
  reblogs_count: 1,
  card: {
    url: "https://radio.example/valves",
    title: "Why valves glow, and what it means when they do not glow any more: a short guide for the patient",
    description: "From warm-up to hum: what each of them does, how to test it, and where to find another.",
    provider_name: "Radio Times of the Valley",
    author_name: "Bob",
    image: "/assets/thumbnail.png",
    image_description: "Two valves, glowing",
    language: "en",
  },
});

export const quoting = status({
  id: "131",
  account: bob,
  created_at: minutesAgo(8),
  content: "<p>Exactly what I told her.</p>",
  local_only: true,
  quote: { state: "accepted", quoted_status: bread },
});

export const quotingAway = status({
  id: "132",
  created_at: minutesAgo(9),
  content: "<p>Read this first.</p>",
  quote: { state: "pending" },
});

/** A picture as the API has it; the server of the gallery has only one. */
export function picture(id: string, given: Partial<MediaAttachment> = {}): MediaAttachment {
  return {
    id,
    type: "image",
    url: "/assets/thumbnail.png",
    preview_url: "/assets/thumbnail.png",
    description: "Six strings, and one note that rings",
    meta: { original: { width: 1200, height: 630 }, small: { width: 640, height: 336 } },
    ...given,
  };
}

export const pictured = status({
  id: "113",
  created_at: minutesAgo(12),
  content: "<p>The new sign is up.</p>",
  media_attachments: [picture("1")],
});

export const gallery = status({
  id: "114",
  account: bob,
  created_at: minutesAgo(50),
  content: "<p>Before, during, after. It plays again.</p>",
  media_attachments: [
    picture("2", { meta: { focus: { x: 1, y: -0.5 } } }),
    picture("3", { description: null }),
    picture("4", { description: "The dial lights up. ".repeat(20) }),
  ],
});

export const film = status({
  id: "116",
  account: bob,
  created_at: minutesAgo(49),
  in_reply_to_id: "113",
  content: "<p>And it plays:</p>",
  media_attachments: [picture("9", { type: "video", url: "/assets/radio.mp4" })],
});

export const hidden = status({
  id: "115",
  account: rimu,
  created_at: minutesAgo(70),
  content: "<p>What the cat brought in, and what it sang.</p>",
  sensitive: true,
  media_attachments: [
    picture("5"),
    picture("6", { type: "audio", url: "/assets/cat.mp3", preview_url: null, meta: {} }),
    picture("7", { type: "unknown", url: "https://elsewhere.test/cat.xyz", preview_url: null, meta: {} }),
    picture("8", { type: "gifv", url: "/assets/cat.mp4" }),
  ],
});

export const birds = status({
  id: "103",
  account: rimu,
  created_at: minutesAgo(2 * 1440),
  spoiler_text: "Spiders, small ones",
  content: "<p>Found three of them behind the feeder. The tits were delighted.</p>",
  sensitive: true,
  replies_count: 1,
});

export const reply = status({
  id: "104",
  account: bob,
  content:
    '<p><span class="h-card"><a href="https://riff.example/@alice" class="u-url mention">@<span>alice</span></a></span> Does it taste of patience?</p>',
  in_reply_to_id: "101",
  in_reply_to_account_id: "1",
  mentions: [mentionOf(alice)],
  created_at: minutesAgo(4),
  replies_count: 1,
  favourites_count: 3,
  reactions: [
    { name: "🍞", count: 2 },
    { name: "kea@elsewhere.test", count: 1, static_url: "/assets/icon-180.png" },
  ],
});

export const answer = status({
  id: "105",
  content:
    '<p><span class="h-card"><a href="https://riff.example/@bob" class="u-url mention">@<span>bob</span></a></span> Of patience, and slightly of burnt flour.</p>',
  in_reply_to_id: "104",
  in_reply_to_account_id: "2",
  mentions: [mentionOf(bob)],
  created_at: minutesAgo(3),
});

export const whisper = status({
  id: "106",
  account: bob,
  visibility: "direct",
  created_at: minutesAgo(40 * 1440),
  content:
    '<p><span class="h-card"><a href="https://riff.example/@alice" class="u-url mention">@<span>alice</span></a></span> Are you at home on Sunday? I have your lamp.</p>',
  mentions: [mentionOf(alice)],
});

export const boost = status({ id: "107", account: bob, reblog: birds, created_at: minutesAgo(1) });

export const arabic = status({
  id: "108",
  account: rimu,
  language: "ar",
  content: "<p>صباح الخير من الحديقة. الطيور مستيقظة قبلي اليوم.</p>",
  created_at: minutesAgo(600 * 1440),
});

export const endless = status({
  id: "109",
  account: longest,
  visibility: "private",
  content: `<p>${"Rindfleischetikettierungsüberwachung".repeat(5)}</p><pre><code>${
    "deno task start --and-a-very-long-flag ".repeat(5)
  }</code></pre><ul><li>one</li><li>two</li></ul><blockquote><p>Said before.</p></blockquote>`,
});

const poll: Poll = {
  id: "1",
  expires_at: now.add({ hours: 50 }).toString(),
  expired: false,
  multiple: false,
  votes_count: 12,
  voters_count: 12,
  options: [
    { title: "On the windowsill", votes_count: 3 },
    { title: "In the shed, behind the bicycles, where nobody has looked since autumn", votes_count: 9 },
    { title: "Nowhere", votes_count: 0 },
  ],
  voted: false,
  own_votes: [],
};

export const question = status({
  id: "110",
  account: bob,
  created_at: minutesAgo(30),
  content: "<p>Where does one keep a radio that plays by itself?</p>",
  poll,
});

export const answered = status({
  id: "111",
  created_at: minutesAgo(90),
  content: "<p>What goes on bread?</p>",
  poll: {
    ...poll,
    expires_at: minutesAgo(2),
    expired: true,
    multiple: true,
    votes_count: 31,
    voters_count: 20,
    options: [{ title: "Butter", votes_count: 20 }, { title: "عسل", votes_count: 11 }],
    voted: true,
    own_votes: [0],
  },
});

export const secret = status({
  id: "112",
  account: rimu,
  spoiler_text: "A vote about spiders",
  content: "<p>May they stay?</p>",
  poll: {
    ...poll,
    multiple: true,
    options: poll.options.map(({ title }) => ({ title, votes_count: null })),
  },
});

export const filtered = status({
  id: "121",
  account: rimu,
  content: "<p>The match ended two to one.</p>",
  filtered: [{ filter: { title: "Football and all that goes with it" } }],
});

/** A filter and a warning of its author's, one below the other. */
export const filteredTwice = status({
  id: "122",
  account: rimu,
  spoiler_text: "How it ended",
  content: "<p>Two to one, in the last minute.</p>",
  filtered: filtered.filtered,
});

export const timeline = [
  boost,
  quoting,
  quotingAway,
  pictured,
  gallery,
  hidden,
  bread,
  filtered,
  filteredTwice,
  question,
  answered,
  secret,
  radio,
  answer,
  whisper,
  arabic,
  endless,
];

export function relationship(id: string, given: Partial<Relationship> = {}): Relationship {
  return {
    id,
    following: false,
    showing_reblogs: true,
    followed_by: false,
    blocking: false,
    blocked_by: false,
    muting: false,
    muting_notifications: false,
    requested: false,
    requested_by: false,
    ...given,
  };
}

export function notification(id: string, type: string, by: Account, about?: Status): Notification {
  return { id, type, account: by, created_at: minutesAgo(Number(id) * 7), status: about };
}

export function report(id: string, by: Account, about: Account, comment: string): Notification {
  return { ...notification(id, "admin.report", by), report: { target_account: about, comment } };
}

const instance: Instance = {
  domain: host,
  title: "Bean Street",
  version: "4.6.0 (compatible; riff 0.1.0)",
  source_url: "https://source.example/riff",
  description: "A small server for the people of Bean Street, their gardens and their radios.",
  usage: { users: { active_month: 42 } },
  languages: ["en"],
  configuration: {
    statuses: { max_characters: 500, max_media_attachments: 4 },
    media_attachments: { supported_mime_types: ["image/png", "video/mp4"], description_limit: 1500 },
    polls: { max_characters_per_option: 100 },
  },
  registrations: { enabled: true, approval_required: false },
  contact: { email: "hello@riff.example", account: bob },
  rules: [
    {
      id: "1",
      text: "Be kind. Disagree without contempt.",
      hint: "Ask yourself if you would say it at the table.",
    },
    { id: "2", text: "No advertising.", hint: "" },
    { id: "3", text: "Mark what not everyone wants to see with a content warning.", hint: "" },
  ],
};

const viewer: Viewer = { account: alice, unreadNotifications: 3, followRequests: 2 };

/** The page as a member or a visitor has it. */
export function samplePage(path: string, who: "member" | "visitor", given: Partial<Page> = {}): Page {
  return {
    t: messages("en"),
    now,
    instance,
    viewer: who === "member" ? viewer : undefined,
    csrf: "token",
    path,
    ...given,
  };
}
