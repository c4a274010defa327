import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { setNote } from "./own_store.ts";

/** Characters of a note, at the most: Mastodon's number. */
const longest = 2_000;

/** Keeps what `who` notes about `whom`, for nobody else's eyes. An empty note is none. */
export async function note(ctx: Ctx, who: Account, whom: Account, comment: string): Promise<void> {
  if ([...comment].length > longest) {
    throw new Invalid(`Validation failed: Comment is too long (maximum is ${longest} characters)`);
  }
  await setNote(ctx.db, who.id, whom.id, comment);
}
