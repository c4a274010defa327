import { type Command, InvalidArgumentError, Option } from "commander";
import type { Role } from "../auth/member.ts";
import { memberNamed } from "../auth/named.ts";
import { type Entry, roster, type State, states } from "../auth/roster_store.ts";
import { examples, type Outcome, type Run, table, type Terminal } from "../base/terminal.ts";

/** `riff accounts list` and `show`: who lives here. */
export function rosterCommands(accounts: Command, run: Run): void {
  accounts.command("list").description("show members, the newest first")
    .addOption(new Option("--role <role>", "only these").choices(["member", "moderator", "admin"]))
    .addOption(
      new Option("--state <state>", "only these; pending: wait for `accounts approve`").choices(states),
    )
    .option("--limit <number>", "at most so many", wholeNumber, 100)
    .addHelpText(
      "after",
      examples("accounts list", "accounts list --state pending", "accounts list --role admin --json"),
    )
    .action(run(list));
  accounts.command("show").description("show all about one member")
    .argument("<name>", "whom")
    .addHelpText("after", examples("accounts show alice"))
    .action(run(show));
}

/** More than anybody reads, and no more than fits into memory. */
const mostAtOnce = 10_000;

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > mostAtOnce) {
    throw new InvalidArgumentError(`Say a whole number from 1 to ${mostAtOnce}.`);
  }
  return number;
}

async function list(
  { ctx }: Terminal,
  { role, state, limit }: { role?: Role; state?: State; limit: number },
): Promise<Outcome> {
  const entries = await roster(ctx.db, { role, state, most: limit });
  const rows = entries.map(({ account, member, state }) => [
    account.username,
    member.role,
    state,
    member.email,
    day(account.createdAt),
    String(account.postsCount),
  ]);
  return {
    lines: [
      ...(rows.length ? table([["NAME", "ROLE", "STATE", "EMAIL", "SINCE", "POSTS"], ...rows]) : ["Nobody"]),
      ...(rows.length === limit ? [`These are the newest ${limit}: --limit shows more`] : []),
    ],
    json: entries.map(toJson),
  };
}

async function show({ ctx }: Terminal, name: string): Promise<Outcome> {
  const entry = await memberNamed(ctx, name);
  const json = toJson(entry);
  const facts = Object.entries(json).filter(([, value]) => value !== null && value !== "");
  return { lines: table(facts.map(([fact, value]) => [fact.replaceAll("_", " "), String(value)])), json };
}

function toJson({ account, member, state, reason }: Entry) {
  return {
    id: account.id,
    username: account.username,
    display_name: account.displayName,
    url: account.url,
    uri: account.uri,
    email: member.email,
    role: member.role,
    state,
    signup_reason: reason,
    created_at: account.createdAt,
    confirmed_at: member.confirmedAt,
    approved_at: member.approvedAt,
    suspended_at: account.suspendedAt,
    last_post_at: account.lastPostAt,
    posts_count: account.postsCount,
    followers_count: account.followersCount,
    following_count: account.followingCount,
  };
}

function day(at: Temporal.Instant): string {
  return at.toString().slice(0, 10);
}
