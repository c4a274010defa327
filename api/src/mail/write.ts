import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { type Kind, laneOf, lanes, type Mails } from "./mail.ts";
import { insertMail, wakePostman } from "./store.ts";

/** A mail that is to be sent. */
export interface MailDraft<K extends Kind> {
  kind: K;
  /** Null: whose it is comes out when it goes. */
  accountId: string | null;
  recipient: string;
  about: Mails[K];
  /** What names it among all that were sent of late: a second one of this key is the same one. */
  key?: string;
}

/** Has a mail sent, if the caller's own transaction commits. */
export async function writeMail<K extends Kind>(ctx: Ctx, draft: MailDraft<K>): Promise<void> {
  await transaction(ctx, async ({ db, now }) => {
    await insertMail(db, { key: null, ...draft, lane: lanes.indexOf(laneOf[draft.kind]), at: now() });
    await wakePostman(db);
  });
}
