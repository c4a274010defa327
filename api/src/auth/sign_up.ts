import type { Account } from "../accounts/account.ts";
import { faultOfName, isReserved } from "../accounts/names.ts";
import { openAccount } from "../accounts/open.ts";
import { complain, type Fault, type Faults } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { isTaken, transaction } from "../base/db.ts";
import { Forbidden } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { messages } from "../base/messages.ts";
import { addressPrefix } from "../base/proxies.ts";
import { instance, type Signups } from "../instance/store.ts";
import { audit } from "./audit.ts";
import { faultOfEmail } from "./email.ts";
import type { Member, Role } from "./member.ts";
import { faultOfPassword, hashPassword } from "./passwords.ts";
import { askToConfirm } from "./confirm.ts";
import { insertMember, memberById } from "./store.ts";

/** Somebody who would like to have an account here. */
export interface SignUp {
  username: string;
  email: string;
  password: string;
  /** Why they would like to join: moderators read it. */
  reason?: string;
  /** Whether they have accepted the rules; undefined where nobody asks. */
  agreed?: boolean;
  /** The language of their pages, and of the complaints. */
  locale?: string;
  role?: Role;
  /** Whether the address is known to be theirs. Undefined: as everybody's, see `confirmedFrom`. */
  confirmed?: boolean;
  /** Whether they may come in. Undefined: as the server takes new members. */
  approved?: boolean;
  /** From where; undefined for those whom an admin makes an account. */
  address?: string;
}

/** So many accounts may be made from one place: Mastodon's number. */
const fromOnePlace: Limit = { name: "sign-up from", most: 5, seconds: 30 * 60 };

/** Characters of a reason to join, at the most: Mastodon's number. */
const longestReason = 420;

/** Makes a local account and its owner: the one way, whichever door it came through. */
export async function signUp(ctx: Ctx, draft: SignUp): Promise<{ account: Account; member: Member }> {
  const { username, password, locale = "en", role = "member" } = draft;
  const email = draft.email.trim();
  const { signups: mode } = await instance(ctx.db);
  if (mode === "closed" && !draft.approved) throw new Forbidden(messages(locale).auth.signUpClosed);
  const faults = await faultsOf({ ...draft, email, role }, mode);
  if (Object.values(faults).some((fault) => fault)) throw complain(faults, locale);
  if (draft.address) await spendOrRefuse(ctx, fromOnePlace, addressPrefix(draft.address));

  const now = ctx.now();
  const member = {
    ...{ email, role, locale, passwordHash: await hashPassword(password) },
    signupReason: draft.reason?.trim() ?? "",
    confirmedAt: confirmedFrom(ctx, draft, now),
    approvedAt: approvedFrom(draft, mode, now),
  };
  return await transaction(ctx, async (ctx) => {
    const account = await openAccount(ctx, username, locale);
    await insertMember(ctx.db, { accountId: account.id, ...member });
    await audit(ctx, { action: "signed_up", actor: account, subject: account, address: draft.address });
    await emit(ctx, "member.signedUp", { accountId: account.id });
    const made = (await memberById(ctx.db, account.id))!;
    if (!made.confirmedAt) await askToConfirm(ctx, made);
    return { account, member: made };
  }).catch((error) => {
    throw isTaken(error, "members_email") ? complain({ email: "ERR_TAKEN" }, locale) : error;
  });
}

/**
 * Since when the address counts as theirs: once they have followed a link that was sent there. A server without
 * `SMTP_URL` can't ask, because its mails reach nobody but whoever sits before it.
 */
function confirmedFrom({ config }: Ctx, draft: SignUp, now: Temporal.Instant): Temporal.Instant | null {
  return draft.confirmed ?? config.mail.smtpUrl === undefined ? now : null;
}

/** Since when they may come in: at once where sign-ups are open, else when a moderator says so. */
function approvedFrom(draft: SignUp, mode: Signups, now: Temporal.Instant): Temporal.Instant | null {
  return draft.approved ?? mode === "open" ? now : null;
}

async function faultsOf(draft: SignUp & { role: Role }, mode: Signups): Promise<Faults> {
  return {
    username: faultOfName(draft.username) ?? reservedFrom(draft),
    email: faultOfEmail(draft.email),
    password: await faultOfPassword(draft.password, draft),
    reason: faultOfReason(draft, mode),
    agreement: draft.agreed === false ? "ERR_ACCEPTED" : undefined,
  };
}

/** Where a moderator decides, they want something to go by. */
function faultOfReason({ reason = "", approved }: SignUp, mode: Signups): Fault | undefined {
  if (reason.length > longestReason) return "ERR_TOO_LONG";
  return mode === "approval" && approved === undefined && reason.trim() === "" ? "ERR_BLANK" : undefined;
}

/** Those who run the server may be called `admin`. */
function reservedFrom({ username, role }: SignUp): Fault | undefined {
  return role === "member" && isReserved(username) ? "ERR_RESERVED" : undefined;
}
