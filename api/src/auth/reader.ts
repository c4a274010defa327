import type { Account } from "../accounts/account.ts";
import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Messages, messages } from "../base/messages.ts";
import { instance } from "../instance/store.ts";
import type { Letter } from "../mail/letter.tsx";
import type { Mail } from "../mail/mail.ts";
import type { Member } from "./member.ts";
import { memberById } from "./store.ts";

/** Whoever is written to, and in which words. */
export interface Reader {
  account: Account;
  member: Member;
  t: Messages;
  /** `@alice@riff.example` */
  handle: string;
  /** What the server calls itself. */
  server: string;
}

/** Undefined where the account is gone, or its owner is not welcome any more, unless that is what it is about. */
export async function reader(
  ctx: Ctx,
  accountId: Mail["accountId"],
  { evenSuspended = false } = {},
): Promise<Reader | undefined> {
  const account = accountId ? await accountById(ctx.db, accountId) : undefined;
  const member = account && await memberById(ctx.db, account.id);
  if (!member || (account.suspendedAt && !evenSuspended)) return undefined;
  const { title: server } = await instance(ctx.db);
  return { account, member, t: messages(member.locale), handle: handleIn(ctx, account), server };
}

/** How somebody is found: for those from here, too, with the domain. */
export function handleIn(
  { config }: Ctx,
  { username, domain }: Pick<Account, "username" | "domain">,
): string {
  return `@${username}@${domain ?? config.handleDomain}`;
}

/** A letter that lets somebody know. */
export function telling(
  { t, handle, server }: Reader,
  said: Pick<Letter, "subject" | "content" | "link">,
): Letter {
  return { ...said, locale: t.locale, why: t.mails.whyMember(handle, server) };
}

/** Date and time; the reader's time zone is not known. */
export function minuteIn({ t }: Reader, at: string): string {
  const options = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  const when = new Intl.DateTimeFormat(t.locale, options);
  return t.time.utc(when.format(new Date(at)));
}
