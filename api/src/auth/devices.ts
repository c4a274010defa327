import type { Account } from "../accounts/account.ts";
import { timingSafeEqual } from "../base/secrets.ts";
import type { Call } from "./access.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import { sessionNotice } from "./notices.ts";
import { passwordHashOf } from "./store.ts";

/**
 * Browsers that somebody has signed in with before carry a cookie that says so: of a sign-in with any other, its
 * owner is told by mail. Nothing about it is stored here.
 */

/** Seconds that a browser stays known: browsers keep no cookie for longer. */
const knownFor = 400 * 24 * 60 * 60;

/** Of so many accounts a browser is known, the newest. */
const mostAccounts = 5;

/** From now on this browser is known for this account. Answers whether it was. */
export async function rememberDevice(c: Call, accountId: string): Promise<boolean> {
  const mark = await markOf(c, accountId);
  const known = (readCookie(c, "riff_device") ?? "").split(".").filter((one) => one !== "").slice(
    0,
    mostAccounts,
  );
  const others = known.filter((one) => !one.startsWith(`${accountId}-`));
  writeCookie(c, "riff_device", [mark, ...others].slice(0, mostAccounts).join("."), knownFor);
  return known.some((one) => timingSafeEqual(one, mark));
}

/** After a sign-in: a browser that is not known is told of. */
export async function greetDevice(c: Call, account: Account, sessionId: string): Promise<void> {
  if (!await rememberDevice(c, account.id)) await sessionNotice(c.var.ctx, account.id, sessionId);
}

/** Holds for one password: who knew the old one is a stranger again. */
async function markOf(c: Call, accountId: string): Promise<string> {
  const { db, secrets } = c.var.ctx;
  const mac = await secrets.mac(`${accountId} ${await passwordHashOf(db, accountId)}`, "device");
  return `${accountId}-${mac}`;
}
