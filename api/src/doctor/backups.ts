import { latestBackups } from "../backup/store.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** Hours after which the one of the day is late, and days after which a drill is worth while again. */
const late = 36;
const drillLasts = 90;

/** Whether there is a backup, how old it is, and whether it was ever tried. */
export async function lookAtBackups({ config, ctx, now }: Patient): Promise<Finding[]> {
  if (!ctx) return [];
  const records = await latestBackups(ctx.db, 400);
  const [newest] = records;
  const whole = records.find(({ endedAt, error }) => endedAt && !error);
  const found: Finding[] = [];
  if (newest?.error) {
    found.push(
      bad("failed", `The last backup failed: ${newest.error}`, "Mend that, then run `riff backup make`"),
    );
  }
  if (!config.backup.to) {
    found.push(
      doubtful(
        "none-made",
        "No backups are made by themselves",
        "Set BACKUP_TO and BACKUP_PASSPHRASE, or know who else makes them",
      ),
    );
  } else if (!whole) {
    found.push(
      doubtful(
        "none-yet",
        "There is no backup yet",
        "Run `riff backup make`; the worker makes one every day",
      ),
    );
  } else if (whole.startedAt.until(now()).total("hours") > late) {
    found.push(
      bad(
        "late",
        `The newest backup is of ${whole.startedAt.toString({ smallestUnit: "minute" })}`,
        "The worker makes one every day: is it running? See its log",
      ),
    );
  }
  const drilled = records.find(({ drilledAt }) => drilledAt)?.drilledAt;
  if (whole && !(drilled && drilled.until(now()).total("hours") < drillLasts * 24)) {
    found.push(
      doubtful(
        "no-drill",
        "No backup has been restored for practice lately",
        `Run \`riff restore ${whole.place}/${whole.name} --drill\``,
      ),
    );
  }
  return found.length > 0
    ? found
    : [good(`The newest backup is of ${whole!.startedAt.toString({ smallestUnit: "minute" })}`)];
}
