import { z } from "zod";
import { Invalid } from "../base/errors.ts";
import type { Input, InputValue } from "../base/input.ts";
import { bool, listOf, parse, text } from "../base/schema.ts";
import { Upload } from "../base/upload.ts";
import type { ProfileDraft } from "./edit_profile.ts";

/** What two endpoints take alike: the old one for one's credentials, and the one for one's profile. */

/** More than this is not even counted. */
const longest = 20_000;

const row = z.object({ name: text(longest).default(""), value: text(longest).default("") });

const profile = z.object({
  display_name: text(longest).optional(),
  note: text(longest).optional(),
  avatar_description: text(longest).optional(),
  header_description: text(longest).optional(),
  fields_attributes: listOf(row).optional(),
  locked: bool.optional(),
  bot: bool.optional(),
  discoverable: bool.optional(),
  indexable: bool.optional(),
  hide_collections: bool.optional(),
  show_media: bool.optional(),
  show_media_replies: bool.optional(),
  show_featured: bool.optional(),
  attribution_domains: listOf(text(longest)).optional(),
});

/** What somebody wants to change about their profile; what is not named stays. */
export function readProfile(input: Input): ProfileDraft {
  const asked = parse(profile, input);
  return {
    avatar: pictureIn(input.avatar, "Avatar"),
    header: pictureIn(input.header, "Header"),
    displayName: asked.display_name,
    bio: asked.note,
    avatarDescription: asked.avatar_description,
    headerDescription: asked.header_description,
    fields: asked.fields_attributes,
    isBot: asked.bot,
    isLocked: asked.locked,
    isDiscoverable: asked.discoverable,
    isIndexable: asked.indexable,
    hidesCollections: asked.hide_collections,
    showsMedia: asked.show_media,
    showsMediaReplies: asked.show_media_replies,
    showsFeatured: asked.show_featured,
    attributionDomains: asked.attribution_domains,
  };
}

/** A picture comes as a file; what a form left empty is none. */
function pictureIn(value: InputValue | undefined, name: string): Upload | undefined {
  if (value instanceof Upload) return value;
  if (value) throw new Invalid(`Validation failed: ${name} has to be sent as a file`);
}
