import { z } from "zod";
import { Forbidden } from "../base/errors.ts";
import { parse, text } from "../base/schema.ts";
import { newcomer, type Route } from "./access.ts";
import { askAgain } from "./confirm.ts";

const form = z.object({ email: text(10_000).optional() });

/** Mastodon's endpoints for apps in which somebody has just signed up. */
export const api: Route[] = [
  newcomer("POST", "/api/v1/emails/confirmations", "write:accounts", async (c) => {
    const { ctx, member, input } = c.var;
    if (member.confirmedAt) {
      throw new Forbidden("This method is only available while the e-mail is awaiting confirmation");
    }
    await askAgain(ctx, member, parse(form, input).email?.trim());
    return c.json({});
  }),

  newcomer("GET", "/api/v1/emails/check_confirmation", "read:accounts", (c) => {
    return c.json(c.var.member.confirmedAt !== null);
  }),
];
