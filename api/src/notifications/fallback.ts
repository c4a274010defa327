import type { AccountEntity } from "../accounts/entity.ts";
import { escapeHtml } from "../base/html.ts";
import type { Messages } from "../base/messages.ts";
import type { Told } from "./entity.ts";

/** The message that says what happened. */
const words = {
  mention: "mention",
  quote: "quote",
  status: "status",
  reblog: "reblog",
  favourite: "favourite",
  follow: "follow",
  follow_request: "followRequest",
  update: "update",
  quoted_update: "quotedUpdate",
  poll: "poll",
  added_to_collection: "collected",
  collection_update: "collectionEdit",
  severed_relationships: "severed",
  moderation_warning: "warned",
  "admin.sign_up": "signUp",
  "admin.report": "report",
} as const satisfies Record<Told["type"], keyof Messages["notifications"]>;

/** `told` with words to show in its place, where the app has said what it supports and this is not among it. */
export function withFallback<T extends Told>(
  told: T,
  account: AccountEntity | undefined,
  supported: readonly string[] | undefined,
  t: Messages,
): T {
  if (!supported || !account || supported.includes(told.type)) return told;
  const title = t.notifications[words[told.type]](account.display_name || account.username).join("");
  return { ...told, fallback: { title: escapeHtml(title), summary: null, details: null } };
}
