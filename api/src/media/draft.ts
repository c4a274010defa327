import { z } from "zod";
import { Invalid } from "../base/errors.ts";
import { id, listOf, parse, text } from "../base/schema.ts";
import { maxDescription } from "../instance/limits.ts";
import type { Focus } from "./attachment.ts";
import type { AttachmentChange } from "./store.ts";

/** What clients and forms say about attachments, in Mastodon's words. */

/** More than this is not even counted. */
const longest = 50_000;

const said = z.object({
  description: text(longest).nullable().optional(),
  focus: text(100).optional(),
});

/** What an edited post says anew of what it shows, as `media_attributes`. */
export const attachmentChanges = listOf(said.extend({ id })).default([]);

/** The same by attachment. */
export function readChanges(asked: z.output<typeof attachmentChanges>): Map<string, AttachmentChange> {
  return new Map(asked.map((one) => [one.id, readChange(one)]));
}

/** What a request says of one attachment. */
export function readSaid(input: unknown): AttachmentChange {
  return readChange(parse(said, input));
}

function readChange({ description, focus }: z.output<typeof said>): AttachmentChange {
  const typed = description?.trim();
  if (typed !== undefined && [...typed].length > maxDescription) {
    throw new Invalid(`Validation failed: Description is too long (maximum is ${maxDescription} characters)`);
  }
  return {
    description: description === undefined ? undefined : typed || null,
    focus: focus === undefined ? undefined : readFocus(focus),
  };
}

/** `0.5,-0.25`. What lies outside is drawn to the edge, as on Mastodon; what is no point counts as the middle. */
function readFocus(text: string): Focus {
  const [x = NaN, y = NaN] = text.split(",").map(Number);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return { x: 0, y: 0 };
  return { x: Math.min(1, Math.max(-1, x)), y: Math.min(1, Math.max(-1, y)) };
}
