import { z } from "zod";
import { anyone, type Call, type Known, member, type Route, takingFiles } from "../auth/access.ts";
import { showCredentials } from "../auth/credentials.ts";
import { memberById, updatePreferences } from "../auth/store.ts";
import { NotFound } from "../base/errors.ts";
import { bool, ids, languageTag, parse, text } from "../base/schema.ts";
import { maxImageBytes } from "../instance/media_limits.ts";
import { readHandle } from "./account.ts";
import { editProfile } from "./edit_profile.ts";
import { showAccount, toEntity } from "./entity.ts";
import { readProfile } from "./profile_input.ts";
import { seenAccount, seenAccounts, seenByHandle } from "./seen.ts";
import { accountById } from "./store.ts";

const preferences = z.object({
  privacy: z.enum(["public", "unlisted", "private", "direct"]).optional(),
  sensitive: bool.optional(),
  language: z.union([languageTag, z.literal("").transform(() => null), z.null()]).optional(),
  quote_policy: z.enum(["public", "followers", "nobody"]).optional(),
});

/** Mastodon's endpoints about single accounts. `:id` takes digits alone, so that it hides no other path. */
export const api: Route[] = [
  member("GET", "/api/v1/accounts/verify_credentials", ["profile", "read:accounts"], async (c) => {
    const { ctx, me, member } = c.var;
    return c.json(await showCredentials(ctx, me, member));
  }),

  takingFiles(
    2 * maxImageBytes,
    member("PATCH", "/api/v1/accounts/update_credentials", "write:accounts", updateCredentials),
  ),
  withoutPicture("avatar"),
  withoutPicture("header"),

  member("GET", "/api/v1/preferences", "read:accounts", (c) => {
    const { member } = c.var;
    return c.json({
      "posting:default:visibility": member.defaultVisibility,
      "posting:default:sensitive": member.defaultSensitive,
      "posting:default:language": member.defaultLanguage,
      "posting:default:quote_policy": member.defaultQuotePolicy,
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

function withoutPicture(what: "avatar" | "header"): Route {
  return member("DELETE", `/api/v1/profile/${what}`, "write:accounts", async (c) => {
    await editProfile(c.var.ctx, c.var.me, { [what]: null });
    return answerCredentials(c);
  });
}

async function updateCredentials(c: Call<Known>): Promise<Response> {
  const { ctx, me, member, input } = c.var;
  const { source } = parse(z.object({ source: preferences.default({}) }), input);
  await editProfile(ctx, me, readProfile(input), member.locale);
  await updatePreferences(ctx.db, me.id, {
    defaultVisibility: source.privacy,
    defaultSensitive: source.sensitive,
    defaultLanguage: source.language,
    defaultQuotePolicy: source.quote_policy,
  });
  return answerCredentials(c);
}

async function answerCredentials(c: Call<Known>): Promise<Response> {
  const { ctx, me } = c.var;
  const account = await accountById(ctx.db, me.id);
  const present = await memberById(ctx.db, me.id);
  if (!account || !present) throw new NotFound();
  return c.json(await showCredentials(ctx, account, present));
}
