import type { Ctx } from "../base/ctx.ts";
import { type Faces, findMentions, toHtml } from "../base/text.ts";
import { type Account, handleOf, isLocal } from "./account.ts";
import { accountsByHandle } from "./store.ts";

/** What a member typed, as HTML, and whom it mentions. */
export interface Rendered {
  html: string;
  mentions: Account[];
}

/** Turns typed text into HTML. Whom nobody here knows, or who is suspended here, stays plain text. */
export async function renderText(ctx: Ctx, source: string): Promise<Rendered> {
  const mentions = await mentionedIn(ctx, source);
  return { html: toHtml(source, faces(ctx, mentions)), mentions };
}

/** The same for one line, such as the row of a profile, whose links are then the owner's own (`rel=me`). */
export async function renderLine(ctx: Ctx, source: string): Promise<string> {
  const line = source.replaceAll(/\s+/g, " ").trim();
  const mentions = await mentionedIn(ctx, line);
  const paragraph = toHtml(line, { ...faces(ctx, mentions), linkRel: "me" });
  return paragraph.replace(/^<p>/, "").replace(/<\/p>$/, "");
}

async function mentionedIn(ctx: Ctx, source: string): Promise<Account[]> {
  const handles = findMentions(source).map(({ username, domain }) => ({
    username,
    domain: elsewhere(ctx, domain),
  }));
  const found = await accountsByHandle(ctx.db, handles);
  const known = found.filter((account) => !account.suspendedAt || !isLocal(account));
  return [...new Map(known.map((account) => [account.id, account])).values()];
}

function faces(ctx: Ctx, mentions: readonly Account[]): Faces {
  const byHandle = new Map(mentions.map((account) => [handleOf(account).toLowerCase(), account]));
  return {
    mentions: (username, domain) => {
      const account = byHandle.get(handleOf({ username, domain: elsewhere(ctx, domain) }).toLowerCase());
      return account && { url: account.url, handle: handleOf(account) };
    },
    tagUrl: (name) => `${ctx.config.baseUrl}/tags/${encodeURIComponent(name)}`,
  };
}

/** Our own domain, written out, still means us. */
function elsewhere(ctx: Ctx, domain: string | undefined): string | null {
  return domain === undefined || domain === ctx.config.handleDomain ? null : domain;
}
