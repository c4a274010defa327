import { accountById } from "../accounts/store.ts";
import { handleIn, minuteIn, reader, telling } from "../auth/reader.ts";
import { instance } from "../instance/store.ts";
import { Lines, Link, Paragraph, Quote } from "../mail/letter.tsx";
import type { Letters } from "../mail/postman.ts";
import { urisOfPosts } from "../posts/uri_store.ts";
import { reportById } from "./store.ts";
import { warningsById } from "./warning_store.ts";

/** What mails of the moderators say. */
export const letters: Pick<Letters, "reportResolved" | "warned"> = {
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

  warned: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId, { evenSuspended: true });
    const warning = (await warningsById(ctx.db, [about.warningId])).get(about.warningId);
    if (!to || !warning) return;
    const { t, handle, server } = to;
    const { contactEmail } = await instance(ctx.db);
    const posts = await urisOfPosts(ctx.db, warning.postIds);
    const rules = new URL("/about", ctx.config.baseUrl).href;
    const isShutOut = warning.action === "suspend";
    return telling(to, {
      subject: isShutOut ? t.mails.suspendedSubject(server) : t.mails.warnedSubject(server),
      content: (
        <>
          <Paragraph>{isShutOut ? t.mails.suspended(handle) : t.mails.warned(handle)}</Paragraph>
          {warning.text && <Quote>{warning.text}</Quote>}
          {posts.length > 0 && (
            <>
              <Paragraph>{t.mails.warnedAbout}</Paragraph>
              <Lines>{posts.map((uri) => <Link key={uri} href={uri}>{uri}</Link>)}</Lines>
            </>
          )}
          <Paragraph>
            {t.mails.warnedRules} <Link href={rules}>{rules}</Link>
          </Paragraph>
          {contactEmail && <Paragraph>{t.mails.warnedContact(contactEmail)}</Paragraph>}
        </>
      ),
    });
  },
};
