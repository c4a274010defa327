import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { deleteEndorsement, insertEndorsement } from "./own_store.ts";

/** `who` recommends `whom` on their profile. Only whom one follows can be recommended. */
export async function endorse(ctx: Ctx, who: Account, whom: Account): Promise<void> {
  if (!await insertEndorsement(ctx.db, who.id, whom.id)) {
    throw new Invalid("Validation failed: You must be already following the person you want to endorse");
  }
}

/** `who` recommends `whom` no more. */
export async function unendorse(ctx: Ctx, who: Account, whom: Account): Promise<void> {
  await deleteEndorsement(ctx.db, who.id, whom.id);
}
