import { accountById } from "../accounts/store.ts";
import { handleIn, minuteIn, reader, telling } from "../auth/reader.ts";
import { Paragraph } from "../mail/letter.tsx";
import type { Letters } from "../mail/postman.ts";
import { reportById } from "./store.ts";

/** What mails about reports say. */
export const letters: Pick<Letters, "reportResolved"> = {
  reportResolved: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId);
    const report = await reportById(ctx.db, about.reportId);
    if (!to || !report) return;
    const { t } = to;
    const reported = await accountById(ctx.db, report.accountId);
    const name = reported ? handleIn(ctx, reported) : t.mails.reportNobody;
    return telling(to, {
      subject: t.mails.reportSubject,
      content: (
        <>
          <Paragraph>{t.mails.report(name, minuteIn(to, report.createdAt.toString()))}</Paragraph>
          <Paragraph>{t.mails.reportThanks}</Paragraph>
        </>
      ),
    });
  },
};
