import type { Account } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { isTaken, transaction } from "../base/db.ts";
import { Gone } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { hashToken } from "../base/secrets.ts";
import { writeMail } from "../mail/write.ts";
import { audit } from "./audit.ts";
import { faultOfEmail } from "./email.ts";
import { replaceUnconfirmedEmail, takeNewEmail, updateConfirmation } from "./email_store.ts";
import { deleteLinksOf, useLink } from "./link_store.ts";
import type { Member } from "./member.ts";
import { notify } from "./notices.ts";
import { memberById } from "./store.ts";

/** Whoever waits for a mail presses again; a mailbox must not be filled by it. Mastodon's number. */
const asking: Limit = { name: "confirmation for", most: 5, seconds: 30 * 60 };

/** Asks at the address that somebody signed up with whether it is theirs. */
export async function askToConfirm(ctx: Ctx, { accountId, email }: Member): Promise<void> {
  await writeMail(ctx, { kind: "confirm", accountId, recipient: email, about: {} });
}

/** Asks once more, perhaps at another address: they may have mistyped the first. */
export async function askAgain(ctx: Ctx, member: Member, email = member.email): Promise<void> {
  const { accountId, locale } = member;
  const fault = faultOfEmail(email);
  if (fault) throw complain({ email: fault }, locale);
  await spendOrRefuse(ctx, asking, accountId);
  await transaction(ctx, async (ctx) => {
    if (email !== member.email) {
      await deleteLinksOf(ctx.db, accountId, "confirm");
      await replaceUnconfirmedEmail(ctx.db, accountId, email);
    }
    await askToConfirm(ctx, { ...member, email });
  }).catch((error) => {
    throw isTaken(error, "members_email") ? complain({ email: "ERR_TAKEN" }, locale) : error;
  });
}

/**
 * Somebody has followed the link that was sent to an address: it is theirs. Answers whose. Throws `Gone` where the
 * link does not work any more, or is about an address that they have taken back.
 */
export async function confirmAddress(ctx: Ctx, token: string): Promise<Account> {
  return await transaction(ctx, async (ctx) => {
    const link = await useLink(ctx.db, hashToken(token), "confirm", ctx.now());
    const account = link?.accountId ? await accountById(ctx.db, link.accountId) : undefined;
    const member = account && await memberById(ctx.db, account.id);
    if (!member) throw new Gone();
    if (link!.email === member.newEmail) await changeAddress(ctx, account, member);
    else if (link!.email === member.email) await firstConfirmed(ctx, member);
    else throw new Gone();
    return account;
  });
}

async function firstConfirmed(ctx: Ctx, { accountId }: Member): Promise<void> {
  if (!await updateConfirmation(ctx.db, accountId, ctx.now())) return;
  await emit(ctx, "member.confirmed", { accountId });
}

async function changeAddress(ctx: Ctx, account: Account, member: Member): Promise<void> {
  try {
    await takeNewEmail(ctx.db, account.id);
  } catch (error) {
    throw isTaken(error, "members_email") ? complain({ email: "ERR_TAKEN" }, member.locale) : error;
  }
  await updateConfirmation(ctx.db, account.id, ctx.now());
  await audit(ctx, { action: "email_changed", actor: account, subject: account });
  await notify(ctx, member, "addressChanged", { email: member.newEmail! });
}
