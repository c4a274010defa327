import type { Chores } from "../base/events.ts";
import { forgetWindows } from "../base/limits.ts";
import { deleteAuditEntries, forgetAddresses } from "./audit_store.ts";
import { deleteSpentLinks } from "./link_store.ts";
import { deleteExpiredSessions } from "./session_store.ts";

/** For as long as the GDPR lets us hold off abuse with them; the privacy page promises it. */
const addressesKept = { hours: 7 * 24 };
const auditKept = { hours: 365 * 24 };
const spentLinksKept = { hours: 24 };

export const chores: Chores = {
  tidy: {
    cron: "17 * * * *",
    run: async ({ db, now }) => {
      const today = now();
      await deleteExpiredSessions(db, today);
      await forgetWindows(db, today);
      await deleteSpentLinks(db, today.subtract(spentLinksKept));
      await forgetAddresses(db, today.subtract(addressesKept));
      await deleteAuditEntries(db, today.subtract(auditKept));
    },
  },
};
