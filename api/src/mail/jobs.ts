import type { Chores } from "../base/events.ts";
import { tidyMails } from "./store.ts";

/** What has gone is on record for so long, without its recipient. */
const endedKept = { hours: 30 * 24 };
/** What could not go for so long is of no use to anybody. */
const longestWait = { hours: 7 * 24 };

export const chores: Chores = {
  tidy: {
    cron: "11 * * * *",
    run: ({ db, now }) => {
      const at = now();
      return tidyMails(db, { at, before: at.subtract(endedKept), since: at.subtract(longestWait) });
    },
  },
};
