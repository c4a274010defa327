import type { Ctx } from "../base/ctx.ts";
import { type Chores, type Listeners, when } from "../base/events.ts";
import { linkingOf, type LinkingPost } from "../posts/link_store.ts";
import { fetchCard } from "./fetch_card.ts";
import { linkIn } from "./link_in.ts";
import { claimCards, deleteUnusedCards, setCard, wantCard } from "./store.ts";

/** What a page says counts for so long. */
const good = { hours: 14 * 24 };
/** For so long a page belongs to whoever is asking it. */
const claimLasts = { minutes: 5 };
/** Seconds in which a page is asked that somebody elsewhere has posted: thousands of servers heard of it just now. */
const jitter = 60;
/** Pages that are asked in one minute, and at once. */
const most = 120;
const mostAtOnce = 8;

export const listeners: Listeners = {
  "post.created": when(({ hasLinks }) => hasLinks, (ctx, { postId }) => look(ctx, postId)),
  "post.edited": when(({ hasLinks }) => hasLinks, (ctx, { postId }) => look(ctx, postId)),
};

export const chores: Chores = {
  fetch: { cron: "* * * * *", run: fetchDue },
  tidy: {
    cron: "53 * * * *",
    run: (ctx) => deleteUnusedCards(ctx.db, ctx.now().subtract(good)),
  },
};

/** Looks which page a post links to, and asks that page at once where one of us has posted it. */
async function look(ctx: Ctx, postId: string): Promise<void> {
  const post = await linkingOf(ctx.db, postId);
  if (!post) return;
  const url = linkFor(ctx, post);
  if (url === undefined) return await setCard(ctx.db, postId, null);
  const at = ctx.now();
  const [random = 0] = ctx.random(1);
  const dueAt = post.isLocal ? at : at.add({ milliseconds: Math.round(jitter * 1_000 * random / 255) });
  const id = await wantCard(ctx.db, { url, dueAt, before: at.subtract(good), at });
  await setCard(ctx.db, postId, id);
  if (!post.isLocal) return;
  const claim = { at, until: at.add(claimLasts), limit: 1, id };
  for (const card of await claimCards(ctx.db, claim)) await fetchCard(ctx, card);
}

/** What people say to each other alone is nobody else's to hear of, not even by our asking. */
function linkFor({ config }: Ctx, { html, mentioned, visibility }: LinkingPost): string | undefined {
  if (visibility === "direct") return undefined;
  const url = linkIn({ html, mentioned: new Set(mentioned) });
  return url?.startsWith(`${config.baseUrl}/`) ? undefined : url;
}

async function fetchDue(ctx: Ctx): Promise<void> {
  for (let asked = 0; asked < most; asked += mostAtOnce) {
    const at = ctx.now();
    const claim = { at, until: at.add(claimLasts), limit: mostAtOnce };
    const cards = await claimCards(ctx.db, claim);
    if (cards.length === 0) return;
    await Promise.all(cards.map((card) => fetchCard(ctx, card)));
  }
}
