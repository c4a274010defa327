import { readHandle } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden, Invalid } from "../base/errors.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { messages } from "../base/messages.ts";
import { addressPrefix } from "../base/proxies.ts";
import { hashToken } from "../base/secrets.ts";
import { audit } from "./audit.ts";
import { isPassword } from "./passwords.ts";
import { type Credentials, credentialsByEmail, credentialsByName } from "./store.ts";

/** Somebody who says who they are. */
export interface SignIn {
  /** A name or an e-mail address. */
  identifier: string;
  password: string;
  /** From where. */
  address: string;
  /** The language of the refusal. */
  locale?: string;
}

/** Mastodon's numbers. From one place it is about guessing names too, so that counts for all accounts. */
const fromOnePlace: Limit = { name: "sign-in from", most: 25, seconds: 5 * 60 };
const asOnePerson: Limit = { name: "sign-in as", most: 25, seconds: 60 * 60 };

/**
 * Finds out who signs in. Whoever has not confirmed their address is known, too: their session leads them to the
 * page that says so, and nowhere else. What is wrong with a name and a password that don't match is never told, nor does
 * the time it takes tell whether there is such an account.
 */
export async function signIn(ctx: Ctx, draft: SignIn): Promise<Credentials> {
  const { address, password, locale = "en" } = draft;
  const identifier = draft.identifier.trim().toLowerCase();
  await spendOrRefuse(ctx, fromOnePlace, addressPrefix(address));
  await spendOrRefuse(ctx, asOnePerson, hashToken(identifier));

  const known = await credentialsFor(ctx, identifier);
  const words = messages(locale).auth;
  if (!await isPassword(password, known?.passwordHash) || !known) {
    if (known) {
      await audit(ctx, { action: "sign_in_failed", actor: "someone", subject: known.account, address });
    }
    throw new Invalid(words.signInFailed);
  }
  const { account, member } = known;
  if (account.suspendedAt) throw new Forbidden(words.signInSuspended);
  if (member.confirmedAt && !member.approvedAt) throw new Forbidden(words.signInPending);
  await audit(ctx, { action: "signed_in", actor: account, subject: account, address });
  return known;
}

/** An address may look like one of our handles: what people sign up with counts first. */
async function credentialsFor(ctx: Ctx, identifier: string): Promise<Credentials | undefined> {
  const byEmail = identifier.includes("@") ? await credentialsByEmail(ctx.db, identifier) : undefined;
  if (byEmail) return byEmail;
  const handle = readHandle(identifier, ctx.config.handleDomain);
  return handle?.domain === null ? await credentialsByName(ctx.db, handle.username) : undefined;
}
