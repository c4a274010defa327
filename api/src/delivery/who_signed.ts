import type { Account } from "../accounts/account.ts";
import { knownAccount } from "../accounts/remote_store.ts";
import type { Call } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { isSigned, provenSender, signedRequest } from "./verify.ts";

/**
 * Which actor elsewhere signed this GET; nobody, where it is not signed. Where we know its account, that is the
 * viewer: whoever may see more than strangers do is known here, for they follow somebody. Throws `Unauthorized`
 * for a bad signature.
 */
export async function whoSigned(ctx: Ctx, c: Call): Promise<{ sender?: string; viewer?: Account }> {
  const request = signedRequest(c);
  if (!isSigned(request)) return {};
  const sender = await provenSender(ctx, request, c.var.address);
  const known = await knownAccount(ctx.db, sender);
  const isGood = known && known.account.domain !== null && !known.isDeleted && !known.account.suspendedAt;
  return { sender, viewer: isGood ? known.account : undefined };
}
