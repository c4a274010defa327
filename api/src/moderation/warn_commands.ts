import type { Command } from "commander";
import { handleOf } from "../accounts/account.ts";
import { recorded } from "../auth/by_command.ts";
import { memberNamed } from "../auth/named.ts";
import { examples, type Outcome, type Run, type Terminal } from "../base/terminal.ts";
import { warn } from "./warn.ts";
import type { Warning } from "./warning.ts";

/** `riff accounts warn`. */
export function warnCommands(accounts: Command, run: Run): void {
  accounts.command("warn").description(
    "tell a member that something was not right: they see it, and get a mail",
  )
    .argument("<name>", "whom")
    .option("--text <words>", "what they are to know", "")
    .option("--post <id...>", "posts of theirs that it is about")
    .addHelpText(
      "after",
      examples(
        'accounts warn mallory --text "Please be kind: our first rule"',
        'accounts warn mallory --post 117668329591603208 --text "Pictures like this need a content warning"',
      ),
    )
    .action(run(tell));
}

async function tell(
  { ctx }: Terminal,
  name: string,
  { text, post: postIds = [] }: { text: string; post?: string[] },
): Promise<Outcome> {
  const { account } = await memberNamed(ctx, name);
  let warning: Warning | undefined;
  await recorded(ctx, { command: "accounts warn" }, async (ctx) => {
    warning = await warn(ctx, account, { action: "none", text, postIds });
    return account;
  });
  return {
    lines: [`Warned @${handleOf(account)}: they see it in their notifications, and a mail is on its way`],
    json: { id: account.id, username: account.username, warning: warning!.id },
  };
}
