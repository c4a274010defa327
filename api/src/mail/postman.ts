import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import type { Letter } from "./letter.tsx";
import { type Kind, lanes, limitsOf, type Mail } from "./mail.ts";
import { toMessage } from "./message.tsx";
import { NotTaken } from "./not_taken.ts";
import { isHopeless, pauseOfMail, pauseOfWay } from "./pauses.ts";
import {
  claimMails,
  countOn,
  dayOf,
  dueMails,
  endMail,
  postponeMail,
  putOffLanes,
  takenOn,
} from "./store.ts";
import type { Way } from "./way.ts";
import { closeWay, openWay, wayState } from "./way_store.ts";

/** For each kind what it says now; nothing where there is nothing to say any more. */
export type Letters = { [K in Kind]: (ctx: Ctx, mail: Mail<K>) => Promise<Letter | undefined> };

/** Under way at once, for each worker. */
const atOnce = 4;

/** Minutes after which a claim is void: whoever made it has died. */
const claimLasts = 10;

/**
 * Sends what is due, until nothing is left that may go or `signal` says stop; what is under way then still ends.
 * Any number of workers may do so. Answers how many mails were dealt with.
 */
export async function carryMails(
  ctx: Ctx,
  letters: Letters,
  way: Way,
  signal?: AbortSignal,
): Promise<number> {
  for (let dealtWith = 0;;) {
    const claimed = signal?.aborted ? [] : await claim(ctx);
    if (claimed.length === 0) return dealtWith;
    await Promise.all(claimed.map((mail) => carry(ctx, letters, way, mail)));
    dealtWith += claimed.length;
  }
}

/** Takes a few mails and counts them, as far as the day's limit and the mail server allow. */
async function claim(ctx: Ctx): Promise<Mail[]> {
  const at = ctx.now();
  const day = dayOf(at);
  const limits = limitsOf(ctx.config.mail.dailyLimit);
  const { closedUntil } = await wayState(ctx.db);
  if (closedUntil && Temporal.Instant.compare(at, closedUntil) < 0) return [];
  return await transaction(ctx, async ({ db }) => {
    const due = await dueMails(db, atOnce, at);
    if (due.length === 0) return [];
    const taken = await takenOn(db, day);
    const allowed = due.filter(({ lane }, index) => taken + index < limits[lane]!);
    await claimMails(db, allowed.map(({ id }) => id), at.add({ minutes: claimLasts }));
    await countOn(db, day, allowed.length);
    if (allowed.length < due.length) {
      const over = lanes.flatMap((_, lane) => taken + allowed.length < limits[lane]! ? [] : [lane]);
      tellOfLimit(ctx, await putOffLanes(db, over, { at, until: nextDay(at) }));
    }
    return allowed;
  });
}

function tellOfLimit({ config, log }: Ctx, mails: number): void {
  log.warning("The day's limit of mails is reached: these wait until tomorrow", {
    mails,
    limit: config.mail.dailyLimit,
  });
}

async function carry(ctx: Ctx, letters: Letters, way: Way, mail: Mail): Promise<void> {
  const day = dayOf(ctx.now());
  const write = letters[mail.kind] as (ctx: Ctx, mail: Mail) => Promise<Letter | undefined>;
  let letter: Letter | undefined;
  try {
    letter = await write(ctx, mail);
    if (letter) await way.send(await toMessage(ctx, mail, letter));
  } catch (error) {
    await countOn(ctx.db, day, -1);
    return await missed(ctx, mail, error);
  }
  await endMail(ctx.db, mail.id, { state: letter ? "sent" : "dropped", at: ctx.now() });
  await (letter ? openWay(ctx.db) : countOn(ctx.db, day, -1));
}

/** Notes why a mail did not go, and when it is tried again. */
async function missed(ctx: Ctx, mail: Mail, error: unknown): Promise<void> {
  const at = ctx.now();
  const { id, kind } = mail;
  const attempts = mail.attempts + 1;
  const until = at.add({ seconds: pauseOfMail(attempts) });
  if (!(error instanceof NotTaken)) {
    ctx.log.error("A mail could not be written", { kind, error });
    return await postponeMail(ctx.db, id, { until, error: "It could not be written: the log says why" });
  }
  const { message: reason, reply } = error;
  if (!reply) return await theWayFailed(ctx, mail, reason);
  ctx.log.info("A mail was refused", { kind, reason, attempts });
  if (isHopeless(attempts, reply)) return await endMail(ctx.db, id, { state: "failed", at, error: reason });
  await postponeMail(ctx.db, id, { until, error: reason });
}

/** Where nobody gets through, the others need not try: all wait, and of those under way only one is counted. */
async function theWayFailed(ctx: Ctx, { id }: Mail, reason: string): Promise<void> {
  const at = ctx.now();
  const { failures } = await wayState(ctx.db);
  const until = at.add({ seconds: pauseOfWay(failures + 1) });
  if (await closeWay(ctx.db, { at, until, error: reason })) {
    ctx.log.warning("The mail server does not take our mails: they wait", { reason, failures: failures + 1 });
  }
  await postponeMail(ctx.db, id, { until, error: reason });
}

function nextDay(at: Temporal.Instant): Temporal.Instant {
  return at.toZonedDateTimeISO("UTC").startOfDay().add({ days: 1 }).toInstant();
}
