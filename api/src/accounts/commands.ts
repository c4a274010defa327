import { recorded } from "../auth/by_command.ts";
import { accountNamed, memberNamed } from "../auth/named.ts";
import { type Commands, examples, invocation, type Outcome, type Terminal } from "../base/terminal.ts";
import { warn } from "../moderation/warn.ts";
import { warnCommands } from "../moderation/warn_commands.ts";
import { type Account, handleOf, isLocal } from "./account.ts";
import { deleteAccount } from "./delete.ts";
import { memberCommands } from "./member_commands.ts";
import { moveCommands } from "./move_commands.ts";
import { renameAccount } from "./rename.ts";
import { rosterCommands } from "./roster_commands.ts";
import { suspend, unsuspend } from "./suspend.ts";

/** `riff accounts ...` */
export const commands: Commands = (riff, run) => {
  const accounts = riff.command("accounts").description(
    "who lives here: let in, look up, shut out, rename, delete",
  )
    .addHelpText("after", examples("accounts list", "accounts create alice --email alice@mail.example"));
  memberCommands(accounts, run);
  rosterCommands(accounts, run);
  moveCommands(accounts, run);
  warnCommands(accounts, run);
  accounts.command("suspend").description("hide an account and shut its owner out; nothing is lost")
    .argument("<name>", "a member's name, or somebody elsewhere: `rimu@elsewhere.example`")
    .option("--text <words>", "why: a member is told by mail that they are shut out", "")
    .addHelpText(
      "after",
      examples(
        'accounts suspend mallory --text "This was the third time"',
        "accounts suspend rimu@elsewhere.example",
      ),
    )
    .action(run(shutOut));
  accounts.command("unsuspend").description("undo a suspension")
    .argument("<name>", "whose")
    .addHelpText("after", examples("accounts unsuspend mallory"))
    .action(run(letBack));
  accounts.command("rename").description(
    "give a member another name; followers stay, and the old name leads there",
  )
    .argument("<name>", "the name now")
    .argument("<new-name>", "letters, digits and _, at most 30 of them")
    .addHelpText("after", examples("accounts rename alice alicia"))
    .action(run(rename));
  accounts.command("delete").description("delete a member with all they wrote, for good")
    .argument("<name>", "whom")
    .option("--yes", "do not ask again")
    .addHelpText("after", examples("accounts delete mallory", "accounts delete mallory --yes --json"))
    .action(run(remove));
};

async function shutOut({ ctx }: Terminal, name: string, { text }: { text: string }): Promise<Outcome> {
  const account = await accountNamed(ctx, name);
  if (account.suspendedAt) {
    return done(account, `@${handleOf(account)} is suspended already`, { suspended: true });
  }
  await recorded(ctx, { command: "accounts suspend" }, async (ctx) => {
    await suspend(ctx, account);
    if (isLocal(account)) await warn(ctx, account, { action: "suspend", text, postIds: [] });
    return account;
  });
  return done(
    account,
    `Suspended @${handleOf(account)}. To undo it: ${invocation} accounts unsuspend ${handleOf(account)}`,
    {
      suspended: true,
    },
  );
}

async function letBack({ ctx }: Terminal, name: string): Promise<Outcome> {
  const account = await accountNamed(ctx, name);
  if (!account.suspendedAt) {
    return done(account, `@${handleOf(account)} is not suspended`, { suspended: false });
  }
  await recorded(ctx, { command: "accounts unsuspend" }, async (ctx) => {
    await unsuspend(ctx, account);
    return account;
  });
  return done(account, `@${handleOf(account)} is back`, { suspended: false });
}

async function rename({ ctx }: Terminal, name: string, newName: string): Promise<Outcome> {
  const { account } = await memberNamed(ctx, name);
  let renamed = account;
  await recorded(ctx, { command: "accounts rename", from: account.username, to: newName }, async (ctx) => {
    return renamed = await renameAccount(ctx, account, newName);
  });
  return done(renamed, `@${account.username} is now @${renamed.username}: ${renamed.url}`, {
    was: account.username,
  });
}

async function remove(
  { ctx, confirm }: Terminal,
  name: string,
  { yes }: { yes?: true },
): Promise<Outcome> {
  const { account } = await memberNamed(ctx, name);
  const { username, postsCount } = account;
  if (!yes) {
    await confirm(`@${username} and ${postsCount} posts go for good. To do so type the name`, username);
  }
  await recorded(ctx, { command: "accounts delete", username }, async (ctx) => {
    await deleteAccount(ctx, account);
    return account;
  });
  return done(
    account,
    `Deleted @${username}. What they wrote goes in the background, while riff or its worker runs`,
    { deleted: true },
  );
}

function done(account: Account, line: string, more: Record<string, unknown>): Outcome {
  return {
    lines: [line],
    json: { id: account.id, username: account.username, domain: account.domain, ...more },
  };
}
