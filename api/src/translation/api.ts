import { z } from "zod";
import { anyone, member, type Route } from "../auth/access.ts";
import { languageTag, parse } from "../base/schema.ts";
import { languagePairs, translatePost } from "./translate.ts";

/** Mastodon's endpoints about posts in other languages. */
export const api: Route[] = [
  member("POST", "/api/v1/statuses/:id/translate", "read:statuses", async (c) => {
    const { ctx, me, member, input } = c.var;
    const { lang } = parse(z.object({ lang: languageTag.optional() }), input);
    return c.json(await translatePost(ctx, me, c.req.param("id") ?? "", lang ?? member.locale));
  }),

  anyone("GET", "/api/v1/instance/translation_languages", [], async (c) => {
    return c.json(Object.fromEntries(await languagePairs(c.var.ctx)));
  }),
];
