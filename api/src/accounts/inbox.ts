import type { Delete, Move, Update } from "@fedify/vocab";
import type { Ctx } from "../base/ctx.ts";
import { type Account, isLocal } from "./account.ts";
import { deleteAccount } from "./delete.ts";
import { moveAccount } from "./move.ts";
import { fetchAccount } from "./remote.ts";
import { accountByUri } from "./store.ts";

/** What becomes of accounts elsewhere. Each speaks for itself alone: its object has to be its actor. */

/** Whoever is that old is read anew. */
const anyAge = { seconds: 0 };

/** Somebody's profile reads differently. What it says is fetched, so that their server has to stand by it. */
export async function onUpdateAccount(ctx: Ctx, update: Update): Promise<void> {
  const who = await itself(ctx, update);
  if (who) await fetchAccount(ctx, who.uri, { maxAge: anyAge });
}

/** Somebody is gone, with all they have left here. */
export async function onDeleteAccount(ctx: Ctx, deletion: Delete): Promise<void> {
  const who = await itself(ctx, deletion);
  if (who) await deleteAccount(ctx, who);
}

/** Somebody lives on elsewhere, perhaps here. The new account is read anew: it has to name the old one. */
export async function onMove(ctx: Ctx, move: Move): Promise<void> {
  const who = await itself(ctx, move);
  if (!who || !move.targetId) return;
  const target = await fetchAccount(ctx, move.targetId, { maxAge: anyAge });
  await moveAccount(ctx, who, target);
}

/** The account that acts, if it is known here and what it speaks of is itself. */
async function itself(ctx: Ctx, { actorId, objectId }: Update | Delete | Move): Promise<Account | undefined> {
  if (!actorId || actorId.href !== objectId?.href) return undefined;
  const known = await accountByUri(ctx.db, actorId.href);
  return known && !isLocal(known) ? known : undefined;
}
