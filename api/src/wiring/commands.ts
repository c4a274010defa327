import { commands as accounts } from "../accounts/commands.ts";
import { commands as announcements } from "../announcements/commands.ts";
import { commands as tokens } from "../auth/commands.ts";
import { commands as backup } from "../backup/commands.ts";
import type { Commands } from "../base/terminal.ts";
import { commands as federation } from "../delivery/commands.ts";
import { commands as emoji } from "../emoji/commands.ts";
import { commands as signups } from "../instance/commands.ts";
import { commands as mail } from "../mail/commands.ts";
import { commands as media } from "../media/commands.ts";
import { commands as reports } from "../moderation/commands.ts";

/** All that the admin's terminal understands, beside `migrate`, `restore` and `doctor`: every noun's door for commands. */
export const commands: readonly Commands[] = [
  accounts,
  tokens,
  signups,
  federation,
  mail,
  media,
  emoji,
  announcements,
  reports,
  backup,
];
