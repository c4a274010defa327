import { z } from "zod";
import { anyone, type Call, type Known, member, type Route } from "../auth/access.ts";
import { showCredentials } from "../auth/credentials.ts";
import { memberById, updatePreferences } from "../auth/store.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { bool, ids, languageTag, listOf, parse, text } from "../base/schema.ts";
import { readHandle } from "./account.ts";
import { editProfile, type ProfileDraft } from "./edit_profile.ts";
import { showAccount, toEntity } from "./entity.ts";
import { seenAccount, seenAccounts, seenByHandle } from "./seen.ts";
import { accountById } from "./store.ts";

/** More than this is not even counted. */
const longest = 20_000;

const row = z.object({ name: text(longest).default(""), value: text(longest).default("") });

const preferences = z.object({
  privacy: z.enum(["public", "unlisted", "private", "direct"]).optional(),
  sensitive: bool.optional(),
  language: z.union([languageTag, z.literal("").transform(() => null), z.null()]).optional(),
});

const credentials = z.object({
  display_name: text(longest).optional(),
  note: text(longest).optional(),
  fields_attributes: listOf(row).optional(),
  locked: bool.optional(),
  bot: bool.optional(),
  discoverable: bool.optional(),
  indexable: bool.optional(),
  hide_collections: bool.optional(),
  source: preferences.default({}),
});

/** Mastodon's endpoints about single accounts. `:id` takes digits alone, so that it hides no other path. */
export const api: Route[] = [
  member("GET", "/api/v1/accounts/verify_credentials", ["profile", "read:accounts"], async (c) => {
    const { ctx, me, member } = c.var;
    return c.json(await showCredentials(ctx, me, member));
  }),

  member("PATCH", "/api/v1/accounts/update_credentials", "write:accounts", updateCredentials),

  member("GET", "/api/v1/preferences", "read:accounts", (c) => {
    const { member } = c.var;
    return c.json({
      "posting:default:visibility": member.defaultVisibility,
      "posting:default:sensitive": member.defaultSensitive,
      "posting:default:language": member.defaultLanguage,
      "posting:default:quote_policy": "public",
      "reading:expand:media": "default",
      "reading:expand:spoilers": false,
      "reading:autoplay:gifs": false,
    });
  }),

  anyone("GET", "/api/v1/accounts/lookup", "read:accounts", async (c) => {
    const { ctx, input } = c.var;
    const { acct } = parse(z.object({ acct: text(500) }), input);
    const handle = readHandle(acct, ctx.config.handleDomain);
    if (!handle) throw new NotFound();
    return c.json(await showAccount(ctx, await seenByHandle(ctx, handle)));
  }),

  anyone("GET", "/api/v1/accounts", "read:accounts", async (c) => {
    const { ctx, input } = c.var;
    const asked = parse(z.object({ id: ids }), input);
    const known = await seenAccounts(ctx, asked.id);
    return c.json(asked.id.flatMap((id) => known.get(id) ?? []).map((account) => toEntity(ctx, account)));
  }),

  anyone("GET", "/api/v1/accounts/:id{[0-9]+}", "read:accounts", async (c) => {
    const { ctx } = c.var;
    return c.json(await showAccount(ctx, await seenAccount(ctx, c.req.param("id") ?? "")));
  }),
];

async function updateCredentials(c: Call<Known>): Promise<Response> {
  const { ctx, me, member, input } = c.var;
  for (const picture of ["avatar", "header"]) {
    if (input[picture]) throw new Invalid("Validation failed: This server takes no pictures yet");
  }
  const { source, ...asked } = parse(credentials, input);
  const draft: ProfileDraft = {
    displayName: asked.display_name,
    bio: asked.note,
    fields: asked.fields_attributes,
    isBot: asked.bot,
    isLocked: asked.locked,
    isDiscoverable: asked.discoverable,
    isIndexable: asked.indexable,
    hidesCollections: asked.hide_collections,
  };
  await editProfile(ctx, me, draft, member.locale);
  await updatePreferences(ctx.db, me.id, {
    defaultVisibility: source.privacy,
    defaultSensitive: source.sensitive,
    defaultLanguage: source.language,
  });
  const account = await accountById(ctx.db, me.id);
  const present = await memberById(ctx.db, me.id);
  if (!account || !present) throw new NotFound();
  return c.json(await showCredentials(ctx, account, present));
}
