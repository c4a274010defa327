import { type Command, Option } from "commander";
import { approve } from "../auth/approve.ts";
import { byCommand, recorded } from "../auth/by_command.ts";
import { resetPassword } from "../auth/change_password.ts";
import { changeRole } from "../auth/change_role.ts";
import type { Member, Role } from "../auth/member.ts";
import { memberNamed } from "../auth/named.ts";
import { signUp } from "../auth/sign_up.ts";
import type { Ctx } from "../base/ctx.ts";
import { examples, type Outcome, type Run, type Terminal } from "../base/terminal.ts";

/** `riff accounts create`, `approve`, `role` and `reset-password`: whom to let in, and what they may do. */
export function memberCommands(accounts: Command, run: Run): void {
  accounts.command("create").description("make an account, whether or not sign-ups are open")
    .argument("<name>", "letters, digits and _, at most 30 of them")
    .requiredOption("--email <address>", "where its owner can be reached")
    .addOption(new Option("--role <role>", "may do more than write").choices(["moderator", "admin"]))
    .option(
      "--password-stdin",
      "read the password from what is piped in; without it one is made and shown once",
    )
    .option("--confirmed", "the address is known to be theirs: no mail asks for it")
    .addHelpText(
      "after",
      examples(
        "accounts create alice --email alice@mail.example --role admin",
        "accounts create bob --email bob@mail.example --password-stdin < password.txt",
      ),
    )
    .action(run(create));
  accounts.command("approve").description("let somebody in who signed up while a moderator decides")
    .argument("<name>", "whom: `accounts list --state pending` shows who waits")
    .addHelpText("after", examples("accounts approve bob"))
    .action(run(letIn));
  accounts.command("role").description("say what a member may do")
    .argument("<name>", "whose")
    .addArgument(accounts.createArgument("<role>", "what they are from now on").choices(roles))
    .addHelpText("after", examples("accounts role alice admin", "accounts role alice member"))
    .action(run(giveRole));
  accounts.command("reset-password").description(
    "give a member a new password; every browser and app is signed out",
  )
    .argument("<name>", "whose")
    .option(
      "--password-stdin",
      "read the password from what is piped in; without it one is made and shown once",
    )
    .addHelpText(
      "after",
      examples(
        "accounts reset-password alice",
        "accounts reset-password alice --password-stdin < password.txt",
      ),
    )
    .action(run(newPassword));
}

const roles: Role[] = ["member", "moderator", "admin"];

interface NewAccount {
  email: string;
  role?: Role;
  passwordStdin?: true;
  confirmed?: true;
}

async function create(terminal: Terminal, username: string, options: NewAccount): Promise<Outcome> {
  const { ctx } = terminal;
  const { email, role = "member", confirmed } = options;
  const { password, made } = await passwordFor(terminal, options);
  await recorded(ctx, { command: "accounts create", role }, async (ctx) => {
    const draft = { username, email, password, role, confirmed, approved: true };
    return (await signUp(ctx, draft)).account;
  });
  const { account, member, state } = await memberNamed(ctx, username);
  return {
    lines: [
      `Made @${account.username}${role === "member" ? "" : `, ${role}`}: ${account.url}`,
      ...shownOnce(made),
      `They can sign in at ${ctx.config.baseUrl}`,
    ],
    json: {
      ...{ id: account.id, username: account.username, email: member.email, role, state, url: account.url },
      ...(made && { password: made }),
    },
  };
}

async function letIn({ ctx }: Terminal, name: string): Promise<Outcome> {
  const { account, member } = await memberNamed(ctx, name);
  const json = { id: account.id, username: account.username, approved: true };
  if (member.approvedAt) return { lines: [`@${account.username} is in already`], json };
  await recorded(ctx, { command: "accounts approve" }, async (ctx) => {
    await approve(ctx, account);
    return account;
  });
  return { lines: [`Let @${account.username} in. ${howToTell(ctx, member)}`], json };
}

function howToTell({ config }: Ctx, { email, confirmedAt }: Member): string {
  if (config.mail.smtpUrl === undefined) return `Tell them, at ${email}: no mail goes out by itself`;
  return confirmedAt ? "A mail tells them" : `Their address, ${email}, is still to be confirmed`;
}

async function giveRole({ ctx }: Terminal, name: string, role: Role): Promise<Outcome> {
  const { account, member } = await memberNamed(ctx, name);
  const json = { id: account.id, username: account.username, role, was: member.role };
  if (member.role === role) return { lines: [`@${account.username} is ${role} already`], json };
  await changeRole(ctx, account, role, byCommand);
  return { lines: [`@${account.username} was ${member.role} and is now ${role}`], json };
}

async function newPassword(
  terminal: Terminal,
  name: string,
  options: { passwordStdin?: true },
): Promise<Outcome> {
  const { ctx } = terminal;
  const { account, member } = await memberNamed(ctx, name);
  const { password, made } = await passwordFor(terminal, options);
  await resetPassword(ctx, { account, member }, password, byCommand);
  return {
    lines: [
      `@${account.username} has a new password; every browser and app is signed out`,
      ...shownOnce(made),
    ],
    json: { id: account.id, username: account.username, ...(made && { password: made }) },
  };
}

/** The password that is piped in, or else one that we make and have to show. */
async function passwordFor(
  { ctx, readSecret }: Terminal,
  options: { passwordStdin?: true },
): Promise<{ password: string; made?: string }> {
  if (options.passwordStdin) return { password: await readSecret() };
  const made = madePassword(ctx);
  return { password: made, made };
}

/** 96 bits, in letters that one click selects. */
function madePassword({ random }: Ctx): string {
  return random(12).toHex();
}

function shownOnce(password: string | undefined): string[] {
  return password ? [`Password: ${password}`, "It is shown this once: hand it on by a safe way"] : [];
}
