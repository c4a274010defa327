/** What an app may be allowed to do, as Mastodon names it. A parent stands for all its children. */

const readable = [
  "accounts",
  "blocks",
  "bookmarks",
  "collections",
  "favourites",
  "filters",
  "follows",
  "lists",
  "mutes",
  "notifications",
  "search",
  "statuses",
] as const;

const writable = [
  "accounts",
  "blocks",
  "bookmarks",
  "collections",
  "conversations",
  "favourites",
  "filters",
  "follows",
  "lists",
  "media",
  "mutes",
  "notifications",
  "reports",
  "statuses",
] as const;

const administrable = [
  "accounts",
  "reports",
  "domain_allows",
  "domain_blocks",
  "ip_blocks",
  "email_domain_blocks",
  "canonical_email_blocks",
] as const;

/** One scope's name. */
export type Scope =
  | "read"
  | `read:${typeof readable[number]}`
  | "write"
  | `write:${typeof writable[number]}`
  | "follow"
  | "push"
  | "profile"
  | "admin:read"
  | `admin:read:${typeof administrable[number]}`
  | "admin:write"
  | `admin:write:${typeof administrable[number]}`;

/** Every scope there is, parents first. */
export const scopes: readonly Scope[] = [
  "profile",
  "read",
  ...readable.map((what) => `read:${what}` as const),
  "write",
  ...writable.map((what) => `write:${what}` as const),
  "follow",
  "push",
  "admin:read",
  ...administrable.map((what) => `admin:read:${what}` as const),
  "admin:write",
  ...administrable.map((what) => `admin:write:${what}` as const),
];

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

/** The old umbrella, older than granular scopes; apps still ask for it. */
const underFollow = /^(read|write):(blocks|follows|mutes)$/;

/** Whether somebody granted these may do what needs `scope`. */
export function covers(granted: readonly string[], scope: Scope): boolean {
  const parents = scope.split(":").map((_, index, parts) => parts.slice(0, index + 1).join(":"));
  return parents.some((parent) => granted.includes(parent)) ||
    (granted.includes("follow") && underFollow.test(scope));
}
