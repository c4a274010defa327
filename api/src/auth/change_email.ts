import type { Account } from "../accounts/account.ts";
import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { writeMail } from "../mail/write.ts";
import { faultOfEmail } from "./email.ts";
import { updateNewEmail } from "./email_store.ts";
import { deleteLinksOf } from "./link_store.ts";
import type { Member } from "./member.ts";
import { notify } from "./notices.ts";
import { isPassword } from "./passwords.ts";
import { memberByEmail, passwordHashOf } from "./store.ts";

/** Whoever found an open browser must not guess on, nor send mails to strangers. */
const tries: Limit = { name: "address of", most: 5, seconds: 60 * 60 };

/**
 * A member would like to be reached at another address. It takes the place of the present one when they follow the
 * link that is sent there (`confirmAddress`); the present one hears of it now, in case it was not them.
 */
export async function askForNewAddress(
  ctx: Ctx,
  { id }: Account,
  member: Member,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { locale } = member;
  await spendOrRefuse(ctx, tries, id);
  if (!await isPassword(password, await passwordHashOf(ctx.db, id))) {
    throw complain({ current_password: "ERR_INVALID" }, locale);
  }
  const isTaken = await memberByEmail(ctx.db, email) !== undefined;
  const fault = faultOfEmail(email) ?? (isTaken ? "ERR_TAKEN" : undefined);
  if (fault) throw complain({ email: fault }, locale);
  await transaction(ctx, async (ctx) => {
    await deleteLinksOf(ctx.db, id, "confirm");
    await updateNewEmail(ctx.db, id, email);
    await writeMail(ctx, { kind: "confirmNewAddress", accountId: id, recipient: email, about: {} });
    await notify(ctx, member, "newAddressAsked", { email });
  });
}

/** They have thought better of it: the link that was sent there is worth nothing. */
export async function keepAddress(ctx: Ctx, { id }: Account): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await deleteLinksOf(ctx.db, id, "confirm");
    await updateNewEmail(ctx.db, id, null);
  });
}
