import type { Account } from "../accounts/account.ts";
import { meetNamed } from "../accounts/meet.ts";
import { renderText } from "../accounts/typed_text.ts";
import type { Fault } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { bytesOf } from "../base/activitystreams.ts";
import { countCharacters, findHashtags, normaliseTag } from "../base/text.ts";
import { maxCharacters } from "../instance/limits.ts";
import type { Tag } from "./store.ts";

/** More tags than this nobody reads; the rest stay plain words. */
const maxTags = 50;

/**
 * What a text and all that it names may take of an activity's 50,000 bytes; the others are for a poll, and for the
 * text once more under its language. A character may be a family of emoji, and of a long link only 23 count.
 */
const mostBytesSent = 26_000;

/** What somebody typed, made ready to be a post: by creation and edits alike. */
export interface Composed {
  html: string;
  source: string;
  mentions: Account[];
  tags: Tag[];
}

/**
 * Turns typed text into HTML with the people it mentions and its hashtags; refuses what is too long, and what is
 * empty unless it shows something.
 */
export async function compose(
  ctx: Ctx,
  text: string,
  contentWarning: string,
  showsSomething: boolean,
): Promise<Composed> {
  const source = text.replaceAll("\r\n", "\n").trim();
  if (source === "" && !showsSomething) throw complaint("ERR_BLANK", "can't be blank");
  if (countCharacters(source) + countCharacters(contentWarning) > maxCharacters) {
    throw complaint("ERR_TOO_LONG", `is too long (at most ${maxCharacters} characters)`);
  }
  await meetNamed(ctx, source);
  const { html, mentions } = await renderText(ctx, source);
  const tags = findHashtags(source).slice(0, maxTags).map((written) => ({
    name: normaliseTag(written),
    displayName: written,
  }));
  const named = [
    ...mentions.map(({ uri, url }) => [uri, uri, uri, url]),
    ...tags.map(({ name }) => [name, encodeURIComponent(name)]),
  ];
  if (bytesOf([html, contentWarning, named]) > mostBytesSent) {
    throw complaint("ERR_TOO_LONG", "is too long to be sent to other servers");
  }
  return { html, source, mentions, tags };
}

/** In Mastodon's words for apps, and with its code for forms, which say it in the member's language. */
function complaint(error: Fault, description: string): Invalid {
  return new Invalid(`Validation failed: Text ${description}`, { text: [{ error, description }] });
}
