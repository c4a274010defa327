import { recorded } from "../auth/by_command.ts";
import { type Commands, examples, invocation, type Outcome, type Terminal } from "../base/terminal.ts";
import { instance, type Signups, updateSignups } from "./store.ts";

/** `riff signups` */
export const commands: Commands = (riff, run) => {
  const signups = riff.command("signups").description(
    "say who may sign up, or without a mode see who may now",
  );
  signups.addArgument(
    signups.createArgument("[mode]", "everybody, those whom a moderator lets in, or nobody")
      .choices(Object.keys(meanings)),
  )
    .addHelpText("after", examples("signups", "signups approval"))
    .action(run(signUps));
};

const meanings: Record<Signups, string> = {
  open: "everybody may sign up",
  approval: `a moderator decides (${invocation} accounts list --state pending)`,
  closed: `nobody may sign up (${invocation} accounts create still works)`,
};

async function signUps({ ctx }: Terminal, mode: Signups | undefined): Promise<Outcome> {
  const { signups: before } = await instance(ctx.db);
  if (mode && mode !== before) {
    await recorded(ctx, { command: "signups", from: before, to: mode }, (ctx) => updateSignups(ctx.db, mode));
  }
  const now = mode ?? before;
  const changed = now !== before;
  return {
    lines: [`Sign-ups ${changed ? `were ${before} and are now` : "are"} ${now}: ${meanings[now]}`],
    json: { signups: now, ...(changed && { was: before }) },
  };
}
