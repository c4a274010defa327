import { forgetKeys } from "../accounts/remote_key_store.ts";
import type { Chores } from "../base/events.ts";
import { deleteFinished } from "./inbox_store.ts";
import { deleteOldActivities, deleteOldDeliveries } from "./send_store.ts";

/** An activity that comes again within this time is known. */
const arrivalsKept = { hours: 7 * 24 };
/** A delivery that was not made in this time is given up, or servers that are gone would fill our disk. */
const deliveriesKept = { hours: 7 * 24 };
/** What we said can be looked up by its id for so long, and for as long as somebody still waits for it. */
const activitiesKept = { hours: 7 * 24 };
const failuresKept = { hours: 24 };
/** Keys of people of whom we know nothing else: they only read. */
const readersKeysKept = { hours: 30 * 24 };

export const chores: Chores = {
  tidy: {
    cron: "43 * * * *",
    run: async ({ db, now }) => {
      const today = now();
      await deleteFinished(db, today.subtract(arrivalsKept));
      await deleteOldDeliveries(db, today.subtract(deliveriesKept));
      await deleteOldActivities(db, today.subtract(activitiesKept));
      await forgetKeys(db, today.subtract(failuresKept), today.subtract(readersKeysKept));
    },
  },
};
