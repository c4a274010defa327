import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import type { Request } from "./policy.ts";
import { forget, permit } from "./request_store.ts";

/** Takes what these have written, and all that they will send. */
export async function acceptRequests(ctx: Ctx, me: Account, requests: readonly Request[]): Promise<void> {
  await transaction(ctx, ({ db }) => permit(db, me.id, requests.map(({ fromId }) => fromId)));
}

/** Throws away what these have written. What they write next is kept back anew. */
export async function dismissRequests(ctx: Ctx, me: Account, requests: readonly Request[]): Promise<void> {
  await transaction(ctx, ({ db }) => forget(db, me.id, requests.map(({ fromId }) => fromId)));
}
