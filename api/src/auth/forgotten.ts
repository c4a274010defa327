import type { Account } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Gone } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Limit, spend, spendOrRefuse } from "../base/limits.ts";
import { addressPrefix } from "../base/proxies.ts";
import { hashToken } from "../base/secrets.ts";
import { writeMail } from "../mail/write.ts";
import { hashOfNew, replacePassword } from "./change_password.ts";
import { faultOfEmail } from "./email.ts";
import { updateConfirmation } from "./email_store.ts";
import { deleteLinksOf, useLink, workingLink } from "./link_store.ts";
import type { Member } from "./member.ts";
import { memberById } from "./store.ts";

/** Mastodon's number. */
const fromOnePlace: Limit = { name: "forgotten from", most: 25, seconds: 5 * 60 };
/** Nobody's mailbox is to be filled by somebody else, nor the day's limit of mails used up. */
const toOneAddress: Limit = { name: "forgotten by", most: 3, seconds: 60 * 60 };

/**
 * Somebody has forgotten their password. Whether anybody has this address is looked up when the mail is written, so
 * that neither the answer nor the time it takes can tell; what is too much for one address is dropped in silence.
 */
export async function askForReset(
  ctx: Ctx,
  { email, address, locale }: { email: string; address: string; locale: string },
): Promise<void> {
  const fault = faultOfEmail(email);
  if (fault) throw complain({ email: fault }, locale);
  await spendOrRefuse(ctx, fromOnePlace, addressPrefix(address));
  const { allowed } = await spend(ctx, toOneAddress, hashToken(email.toLowerCase()));
  if (allowed) await writeMail(ctx, { kind: "passwordReset", accountId: null, recipient: email, about: {} });
}

/** Whose password this link resets. Throws `Gone` where it does not work, or not any more. */
export async function holderOfReset(ctx: Ctx, token: string): Promise<{ account: Account; member: Member }> {
  const link = await workingLink(ctx.db, hashToken(token), "reset", ctx.now());
  const account = link?.accountId ? await accountById(ctx.db, link.accountId) : undefined;
  const member = account && await memberById(ctx.db, account.id);
  // A link that was sent to an address which is not theirs any more is somebody else's by now.
  if (!member || account.suspendedAt || member.email !== link!.email) throw new Gone();
  return { account, member };
}

/**
 * Gives whoever follows the link a new password. All their browsers and apps are signed out, no other link works any
 * more, and as the mail has reached them, their address is confirmed.
 */
export async function resetByLink(ctx: Ctx, token: string, password: string): Promise<Account> {
  const { account, member } = await holderOfReset(ctx, token);
  const hash = await hashOfNew(password, account, member);
  await transaction(ctx, async (ctx) => {
    if (!await useLink(ctx.db, hashToken(token), "reset", ctx.now())) throw new Gone();
    await deleteLinksOf(ctx.db, account.id, "reset");
    const isNew = await updateConfirmation(ctx.db, account.id, ctx.now());
    if (isNew) await emit(ctx, "member.confirmed", { accountId: account.id });
    await replacePassword(ctx, account, hash, account);
  });
  return account;
}
