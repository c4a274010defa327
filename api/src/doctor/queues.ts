import { bad, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";
import { type Delay, delays } from "./store.ts";

/** What is due for longer than that is not being done. */
const most = { minutes: 15 };

const mends: Record<Delay["queue"], string> = {
  inbox: "The API works it off: see its log, and whether it has the machine it needs",
  deliveries: "The worker sends them: is it running? `riff federation status` says how sending goes",
  jobs: "The worker does them: is it running? See its log",
  mails: "The worker sends them: is it running? `riff mail status` says what the mail server answers",
};

/** Whether anything waits that should have been done. */
export async function lookAtQueues({ ctx, now }: Patient): Promise<Finding[]> {
  if (!ctx) return [];
  const found = await delays(ctx.db, now().subtract(most));
  if (found.length === 0) return [good("Nothing has waited for more than a quarter of an hour")];
  return found.map(({ queue, count, since }) =>
    bad(
      queue,
      `${count} in ${queue} are overdue, since ${since.toString({ smallestUnit: "minute" })}`,
      mends[queue],
    )
  );
}
