import { recorded } from "../auth/by_command.ts";
import { faultOfEmail } from "../auth/email.ts";
import { Invalid } from "../base/errors.ts";
import { type Commands, examples, Misuse, type Outcome, table, type Terminal } from "../base/terminal.ts";
import { NotTaken } from "./not_taken.ts";
import { dayOf, takenInMonth, takenOnDay } from "./store.ts";
import { tryOut } from "./try_out.tsx";
import { wayOf } from "./way.ts";
import { failedMails, waitingMails, wayState } from "./way_store.ts";

/** `riff mail ...` */
export const commands: Commands = (riff, run) => {
  const mail = riff.command("mail").description("whether mail goes out, and what waits")
    .addHelpText("after", examples("mail test alice@mail.example", "mail status"));
  mail.command("test").description("send a mail at once and show what the mail server says to it")
    .argument("<address>", "where to")
    .addHelpText("after", examples("mail test alice@mail.example"))
    .action(run(test));
  mail.command("status").description("what waits, what has left today, and what nobody would take")
    .addHelpText("after", examples("mail status", "mail status --json"))
    .action(run(status));
};

/** Milliseconds: whoever tries it out sits there and waits. */
const patience = 30_000;

async function test({ ctx }: Terminal, address: string): Promise<Outcome> {
  if (faultOfEmail(address)) throw new Misuse(`${address} is no address`);
  const way = wayOf(ctx, () => {}, patience);
  try {
    const reply = await tryOut(ctx, way, address);
    await recorded(ctx, { command: "mail test" }, () => Promise.resolve());
    return { lines: [`${way.name} has taken it: ${reply}`], json: { way: way.name, reply } };
  } catch (error) {
    if (error instanceof NotTaken) throw new Invalid(error.message);
    throw error;
  }
}

/** The latest that nobody would take. */
const mostFailed = 20;

async function status({ ctx }: Terminal): Promise<Outcome> {
  const { db, config, now } = ctx;
  const day = dayOf(now());
  const way = await wayState(db);
  const [waiting, failed] = [await waitingMails(db), await failedMails(db, mostFailed)];
  const [today, month] = [await takenOnDay(db, day), await takenInMonth(db, day)];
  const { name } = wayOf(ctx, () => {});
  const isClosed = way.closedUntil !== null && Temporal.Instant.compare(now(), way.closedUntil) < 0;
  const { dailyLimit } = config.mail;
  const lines = [
    `Mails go to ${name}`,
    `${today} of ${dailyLimit} have left today, ${month} this month`,
    ...(way.failures > 0 ? [`It has not taken ${way.failures} in a row: ${way.error}`] : []),
    ...(isClosed ? [`It is asked again at ${minute(way.closedUntil!)}`] : []),
    ...(waiting.length === 0 ? ["Nothing waits"] : table([
      ["WAITING", "HOW MANY", "SINCE", "DUE"],
      ...waiting.map(({ kind, count, since, dueAt }) => [kind, String(count), minute(since), minute(dueAt)]),
    ])),
    ...(failed.length === 0 ? [] : table([
      ["GIVEN UP", "TO", "WHEN", "WHY"],
      ...failed.map(({ kind, username, endedAt, error }) => [
        ...[kind, username ? `@${username}` : "?", minute(endedAt), error],
      ]),
    ])),
  ];
  const json = {
    ...{ way: name, today, month, daily_limit: dailyLimit, failures: way.failures, error: way.error },
    closed_until: isClosed ? way.closedUntil!.toString() : null,
    waiting: waiting.map(({ kind, count, since, dueAt }) => ({
      ...{ kind, count, since: since.toString(), due_at: dueAt.toString() },
    })),
    failed: failed.map(({ kind, username, endedAt, error }) => ({
      ...{ kind, to: username, ended_at: endedAt.toString(), error },
    })),
  };
  return { lines, json, hasFound: way.failures > 0 || failed.length > 0 };
}

function minute(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "minute", timeZone: "UTC" }).replace("T", " ").replace(
    "+00:00",
    "",
  );
}
