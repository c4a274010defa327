import type { Command } from "commander";
import { recorded } from "../auth/by_command.ts";
import { memberNamed } from "../auth/named.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { examples, Misuse, type Outcome, type Run, type Terminal } from "../base/terminal.ts";
import { type Account, handleOf } from "./account.ts";
import { addAlias, comeBack, moveAccount, removeAlias } from "./move.ts";
import { fetchAccount, resolveHandle } from "./remote.ts";

/** `riff accounts move` and `alias`: how members come from elsewhere, and leave for there. */
export function moveCommands(accounts: Command, run: Run): void {
  accounts.command("move").description("send a member's followers on to their new account")
    .argument("<name>", "who moves")
    .argument(
      "[target]",
      "where to, `alice@elsewhere.example`; it has to name this account as an alias first",
    )
    .option("--undo", "they have come back")
    .addHelpText(
      "after",
      examples("accounts move alice alice@elsewhere.example", "accounts move alice --undo"),
    )
    .action(run(move));
  accounts.command("alias").description(
    "say that an account elsewhere is a member's, too: then it may move here",
  )
    .argument("<name>", "whose")
    .argument("<other>", "the other account, `alice@elsewhere.example`")
    .option("--remove", "it is theirs no longer")
    .addHelpText("after", examples("accounts alias alice alice@elsewhere.example"))
    .action(run(alias));
}

async function move(
  { ctx }: Terminal,
  name: string,
  other: string | undefined,
  { undo }: { undo?: true },
): Promise<Outcome> {
  if (!other === !undo) throw new Misuse("Name the new account, or say --undo");
  const { account } = await memberNamed(ctx, name);
  const target = other === undefined ? undefined : await accountAt(ctx, other);
  await recorded(ctx, { command: "accounts move", to: target?.uri ?? null }, async (ctx) => {
    await (target ? moveAccount(ctx, account, target) : comeBack(ctx, account));
    return account;
  });
  const from = `@${handleOf(account)}`;
  const line = target
    ? `${from} lives on as @${handleOf(target)}. Followers go along while riff or its worker runs`
    : `${from} is back. Followers who have gone along stay there`;
  return { lines: [line], json: { id: account.id, moved_to: target?.uri ?? null } };
}

async function alias(
  { ctx }: Terminal,
  name: string,
  address: string,
  { remove }: { remove?: true },
): Promise<Outcome> {
  const { account } = await memberNamed(ctx, name);
  const other = await accountAt(ctx, address);
  await recorded(ctx, { command: "accounts alias", other: other.uri, removed: remove }, async (ctx) => {
    await (remove ? removeAlias(ctx, account, other) : addAlias(ctx, account, other));
    return account;
  });
  const [mine, theirs] = [`@${handleOf(account)}`, `@${handleOf(other)}`];
  const line = remove
    ? `${theirs} is no alias of ${mine} any more`
    : `${theirs} is an alias of ${mine}: it can now be moved here, from over there`;
  return { lines: [line], json: { id: account.id, alias: other.uri, removed: remove ?? false } };
}

/** That account as its own server describes it now. */
async function accountAt(ctx: Ctx, handle: string): Promise<Account> {
  try {
    return await fetchAccount(ctx, (await resolveHandle(ctx, handle)).uri, { maxAge: { seconds: 0 } });
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
    throw new Invalid(`${handle} can't be found: ${error.message}`);
  }
}
