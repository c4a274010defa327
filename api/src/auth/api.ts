import { z } from "zod";
import { appById } from "../apps/store.ts";
import { Unauthorized } from "../base/errors.ts";
import { bool, parse, text } from "../base/schema.ts";
import { app, type Route } from "./access.ts";
import { signUp } from "./sign_up.ts";
import { issueToken } from "./tokens.ts";

const typed = text(10_000).default("");

const asked = z.object({
  username: typed,
  email: typed,
  password: typed,
  reason: typed,
  agreement: bool.default(false),
  locale: text(20).optional(),
});

/** Signing up from within an app, which asks with a token of its own and gets one of the new member's. */
export const api: Route[] = [
  app("POST", "/api/v1/accounts", "write:accounts", async (c) => {
    const { ctx, token, address, input } = c.var;
    const app = token.appId ? await appById(ctx.db, token.appId) : undefined;
    if (!app) throw new Unauthorized();
    const { agreement: agreed, ...draft } = parse(asked, input);
    const { account } = await signUp(ctx, { ...draft, agreed, address });
    const { scopes } = app;
    return c.json({
      access_token: await issueToken(ctx, { accountId: account.id, appId: app.id, scopes }),
      token_type: "Bearer",
      scope: scopes.join(" "),
      created_at: Math.floor(ctx.now().epochMilliseconds / 1000),
    });
  }),
];
