import { anyone, type Route } from "../auth/access.ts";
import { toEmojis } from "./entity.ts";
import { ownEmojis } from "./store.ts";

/** Mastodon's endpoint about emojis. */
export const api: Route[] = [
  anyone("GET", "/api/v1/custom_emojis", [], async (c) => {
    const { ctx } = c.var;
    return c.json(toEmojis(ctx, await ownEmojis(ctx.db)));
  }),
];
