import { InvalidArgumentError } from "commander";
import { Forbidden, NotFound } from "../base/errors.ts";
import { type Commands, examples, invocation, type Outcome, table, type Terminal } from "../base/terminal.ts";
import { recorded } from "./by_command.ts";
import { memberNamed } from "./named.ts";
import { isScope, type Scope, scopes } from "./scopes.ts";
import { deleteToken, tokensOf } from "./token_store.ts";
import { issueToken } from "./tokens.ts";

/** `riff tokens ...` */
export const commands: Commands = (riff, run) => {
  const tokens = riff.command("tokens").description("keys by which programs act for a member")
    .addHelpText("after", examples('tokens create --account alice --scopes "read write follow push"'));
  tokens.command("create").description("make a token for the Mastodon API and show it once")
    .requiredOption("--account <name>", "whom it acts for")
    .requiredOption("--scopes <scopes>", "what it may do, with spaces between", readScopes)
    .addHelpText(
      "after",
      `\nThe scopes: ${
        scopes.filter((scope) => !scope.includes(":")).join(", ")
      }, and finer ones such as read:statuses\n` +
        examples(
          'tokens create --account alice --scopes "read write follow push"',
          "tokens create --account bot --scopes write:statuses --json",
        ),
    )
    .action(run(create));
  tokens.command("list").description("show what may act for a member: what commands made, and what apps hold")
    .requiredOption("--account <name>", "for whom")
    .addHelpText("after", examples("tokens list --account alice"))
    .action(run(list));
  tokens.command("revoke").description("end a token")
    .argument("<id>", "which, as `tokens list` says")
    .requiredOption("--account <name>", "whom it acts for")
    .addHelpText("after", examples("tokens revoke 117668385713160197 --account alice"))
    .action(run(revoke));
};

function readScopes(text: string): Scope[] {
  const named = text.split(/[\s,+]+/).filter((name) => name !== "");
  const unknown = named.filter((name) => !isScope(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`There is no scope ${unknown.join(", ")}.`);
  if (named.length === 0) throw new InvalidArgumentError("Say at least one.");
  return [...new Set(named.filter(isScope))];
}

async function create(
  { ctx }: Terminal,
  options: { account: string; scopes: Scope[] },
): Promise<Outcome> {
  const { account, state } = await memberNamed(ctx, options.account);
  if (state !== "active") throw new Forbidden(`@${account.username} is ${state}: no token would be let in`);
  let token = "";
  await recorded(ctx, { command: "tokens create", scopes: options.scopes }, async (ctx) => {
    token = await issueToken(ctx, { accountId: account.id, appId: null, scopes: options.scopes });
    return account;
  });
  return {
    lines: [
      `A token for @${account.username}, with ${options.scopes.join(" ")}:`,
      token,
      "It is shown this once. Programs send it as `Authorization: Bearer TOKEN`",
      `To end it: ${invocation} tokens list --account ${account.username}`,
    ],
    json: { token, account: account.username, scopes: options.scopes },
  };
}

async function list({ ctx }: Terminal, options: { account: string }): Promise<Outcome> {
  const { account } = await memberNamed(ctx, options.account);
  const known = await tokensOf(ctx.db, account.id);
  const rows = known.map(({ id, app, scopes, createdAt, lastUsedOn }) => [
    ...[id, app ?? "(a command)", createdAt.toString().slice(0, 10), lastUsedOn, scopes.join(" ")],
  ]);
  return {
    lines: rows.length > 0 ? table([["ID", "HELD BY", "SINCE", "USED ON", "MAY"], ...rows]) : ["None"],
    json: known.map(({ id, app, scopes, createdAt, lastUsedOn }) => ({
      ...{ id, app, scopes, created_at: createdAt, last_used_on: lastUsedOn },
    })),
  };
}

async function revoke({ ctx }: Terminal, id: string, options: { account: string }): Promise<Outcome> {
  const { account } = await memberNamed(ctx, options.account);
  const token = (await tokensOf(ctx.db, account.id)).find((known) => known.id === id);
  if (!token) throw new NotFound(`@${account.username} has no token ${id}`);
  await recorded(ctx, { command: "tokens revoke", app: token.app }, async (ctx) => {
    await deleteToken(ctx.db, id);
    return account;
  });
  return { lines: [`Ended token ${id} of @${account.username}`], json: { id, account: account.username } };
}
