import { messages } from "../base/messages.ts";
import { writtenLanguages } from "../base/messages/languages.ts";
import { z } from "zod";
import { timestamp } from "../accounts/entity.ts";
import { accountById } from "../accounts/store.ts";
import { anyone, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { escapeHtml } from "../base/html.ts";
import { parse, text } from "../base/schema.ts";
import { knownHosts, weeksOf } from "./facts_store.ts";
import { contactAccountId, instance } from "./store.ts";

/** At most so many servers are offered while somebody types. */
const mostOffered = 10;
/** As on Mastodon: this week and the eleven before. */
const weeks = 12;

/** Mastodon's endpoints about what this server knows and holds to. */
export const api: Route[] = [
  anyone("GET", "/api/v1/instance/peers", [], async (c) => c.json(await knownHosts(c.var.ctx.db))),

  anyone("GET", "/api/v1/peers/search", [], async (c) => {
    const { ctx, input } = c.var;
    const { q } = parse(z.object({ q: text(300).default("") }), input);
    const beginning = q.trim().toLowerCase();
    return c.json(beginning === "" ? [] : await knownHosts(ctx.db, { beginning, limit: mostOffered }));
  }),

  anyone("GET", "/api/v1/instance/activity", [], async (c) => {
    const { ctx } = c.var;
    const counted = await weeksOf(ctx.db, ctx.now(), weeks);
    return c.json(counted.map(({ begins, posts, members, signups }) => ({
      week: String(begins.epochMilliseconds / 1000),
      statuses: String(posts),
      logins: String(members),
      registrations: String(signups),
    })));
  }),

  anyone("GET", "/api/v1/instance/extended_description", [], async (c) => {
    const { description, createdAt } = await instance(c.var.ctx.db);
    return c.json({ updated_at: timestamp(createdAt), content: paragraphs([description]) });
  }),

  // What the page /privacy says.
  anyone("GET", "/api/v1/instance/privacy_policy", [], async (c) => {
    const { ctx } = c.var;
    const { title, contactEmail, handleDomain, createdAt } = await instance(ctx.db);
    const id = contactEmail ? undefined : await contactAccountId(ctx.db);
    const admin = id && await accountById(ctx.db, id);
    const contact = contactEmail || (admin ? `@${admin.username}@${handleDomain}` : handleDomain);
    const content = messages("en").privacy(title, contact)
      .map((part) => `<h2>${escapeHtml(part.title)}</h2>${paragraphs(part.paragraphs)}`).join("");
    return c.json({ updated_at: timestamp(createdAt), content });
  }),

  // There are none beside the rules: Mastodon answers the same where an admin has written none.
  anyone("GET", "/api/v1/instance/terms_of_service", [], () => Promise.reject(new NotFound())),
  anyone("GET", "/api/v1/instance/terms_of_service/:date", [], () => Promise.reject(new NotFound())),

  anyone("GET", "/api/v1/instance/languages", [], (c) => c.json(writtenLanguages)),
];

function paragraphs(texts: readonly string[]): string {
  return texts.flatMap((one) => one.split(/\n{2,}/)).filter((one) => one.trim() !== "")
    .map((one) => `<p>${escapeHtml(one.trim()).replaceAll("\n", "<br>")}</p>`).join("");
}
