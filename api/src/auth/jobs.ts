import type { Ctx } from "../base/ctx.ts";
import type { Chores, Listeners } from "../base/events.ts";
import { forgetWindows } from "../base/limits.ts";
import { deleteAuditEntries, forgetAddresses } from "./audit_store.ts";
import { deleteNeverConfirmed, doorkeepers } from "./email_store.ts";
import { deleteSpentLinks } from "./link_store.ts";
import { notify } from "./notices.ts";
import { deleteExpiredSessions } from "./session_store.ts";
import { memberById } from "./store.ts";

/** Those who let people in hear of whoever waits, once they are known to be reachable. */
export const listeners: Listeners = {
  "member.signedUp": (ctx, { accountId }) => askDoorkeepers(ctx, accountId),
  "member.confirmed": (ctx, { accountId }) => askDoorkeepers(ctx, accountId),
};

async function askDoorkeepers(ctx: Ctx, applicantId: string): Promise<void> {
  const applicant = await memberById(ctx.db, applicantId);
  if (!applicant?.confirmedAt || applicant.approvedAt) return;
  for (const keeper of await doorkeepers(ctx.db)) {
    await notify(ctx, keeper, "approvalAsked", { applicantId }, `${applicantId} ${keeper.accountId}`);
  }
}

/** For as long as the GDPR lets us hold off abuse with them; the privacy page promises it. */
const addressesKept = { hours: 7 * 24 };
const auditKept = { hours: 365 * 24 };
const spentLinksKept = { hours: 24 };
/** Nobody waits for a mail longer than that; the link in it works no longer either. */
const unconfirmedKept = { hours: 8 * 24 };
/** So many at once keep no row locked for long. */
const batch = 500;

export const chores: Chores = {
  tidy: {
    cron: "17 * * * *",
    run: async ({ db, now }) => {
      const today = now();
      await deleteExpiredSessions(db, today);
      await forgetWindows(db, today);
      await deleteSpentLinks(db, today.subtract(spentLinksKept));
      await deleteNeverConfirmed(db, today.subtract(unconfirmedKept), batch);
      await forgetAddresses(db, today.subtract(addressesKept));
      await deleteAuditEntries(db, today.subtract(auditKept));
    },
  },
};
