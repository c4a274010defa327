import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { partWays } from "./block.ts";
import {
  countTies,
  deleteDomainBlock,
  insertDomainBlock,
  isDomainBlocked,
  tiedTo,
} from "./domain_block_store.ts";
import { insertSeverance } from "./severance_store.ts";
import { lockPair } from "./store.ts";

/** Each pair is parted by itself, so that no transaction holds many accounts at once. */
const batch = 100;

/**
 * `who` wants nothing to do with a whole server. What its people post is not shown from now on; the follows between
 * them end soon after, for they may be many (`partFromServer`).
 */
export async function blockDomain(ctx: Ctx, who: Account, domain: string): Promise<void> {
  if (domain === ctx.config.handleDomain) throw new Invalid("Validation failed: Domain is invalid");
  await transaction(ctx, async (ctx) => {
    if (!await insertDomainBlock(ctx.db, who.id, domain)) return;
    await emit(ctx, "domain.blocked", { accountId: who.id, domain });
    const { followers, following } = await countTies(ctx.db, who.id, domain);
    if (followers + following === 0) return;
    const severanceId = await insertSeverance(ctx.db, who.id, {
      ...{ domain, followersCount: followers, followingCount: following },
      createdAt: ctx.now(),
    });
    await emit(ctx, "follows.severed", { severanceId });
  });
}

/** Follows that have ended do not come back. */
export async function unblockDomain(ctx: Ctx, who: Account, domain: string): Promise<void> {
  await deleteDomainBlock(ctx.db, who.id, domain);
}

/** Ends every follow and request between an account and the people of a server, as long as it keeps that away. */
export async function partFromServer(ctx: Ctx, accountId: string, domain: string): Promise<void> {
  while (await isDomainBlocked(ctx.db, accountId, domain)) {
    const tied = await tiedTo(ctx.db, accountId, domain, batch);
    if (tied.length === 0) return;
    for (const id of tied) {
      await transaction(ctx, async (ctx) => {
        await lockPair(ctx.db, accountId, id);
        await partWays(ctx, accountId, id);
      });
    }
  }
}
