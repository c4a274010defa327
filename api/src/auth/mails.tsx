import type { Ctx } from "../base/ctx.ts";
import type { Messages } from "../base/messages.ts";
import { invocation } from "../base/terminal.ts";
import { Action, type Letter, Lines, Paragraph, Quote } from "../mail/letter.tsx";
import type { Letters } from "../mail/postman.ts";
import { browserNames } from "./browser_names.ts";
import { makeLink } from "./mail_links.ts";
import { handleIn, minuteIn, type Reader, reader, telling } from "./reader.ts";
import { roster } from "./roster_store.ts";
import { sessionById } from "./session_store.ts";
import { memberByEmail } from "./store.ts";

/** What mails about addresses, passwords and letting people in say. */
export const letters: Pick<
  Letters,
  | "confirm"
  | "passwordReset"
  | "confirmNewAddress"
  | "newAddressAsked"
  | "addressChanged"
  | "passwordChanged"
  | "newSignIn"
  | "approvalAsked"
  | "approved"
> = {
  confirm: async (ctx, mail) => {
    const to = await reader(ctx, mail.accountId);
    if (!to || to.member.confirmedAt || to.member.email !== mail.recipient) return;
    const { t, handle, server } = to;
    const link = await makeLink(ctx, "confirm", to.member, mail.recipient);
    return asking(to, link, {
      subject: t.mails.confirmSubject(server),
      text: t.mails.confirm(handle, server),
      button: t.mails.confirmButton,
      lasts: t.mails.confirmLasts,
      why: t.mails.whyAddress(server),
    });
  },

  passwordReset: async (ctx, { recipient }) => {
    const known = await memberByEmail(ctx.db, recipient);
    const to = await reader(ctx, known?.accountId ?? null);
    if (!to) return;
    const { t, handle, server, member } = to;
    const link = await makeLink(ctx, "reset", member, member.email);
    const letter = asking(to, link, {
      subject: t.mails.resetSubject(server),
      text: t.mails.reset(handle),
      button: t.mails.resetButton,
      lasts: t.mails.resetLasts,
      why: t.mails.whyMember(handle, server),
    });
    // What was typed may only look like it once it is lower-case (a Kelvin sign is a "k" then): another's mailbox.
    return { ...letter, to: member.email };
  },

  confirmNewAddress: async (ctx, mail) => {
    const to = await reader(ctx, mail.accountId);
    if (!to || to.member.newEmail !== mail.recipient) return;
    const { t, handle, server } = to;
    const link = await makeLink(ctx, "confirm", to.member, mail.recipient);
    return asking(to, link, {
      subject: t.mails.newAddressSubject(server),
      text: t.mails.newAddress(handle),
      button: t.mails.confirmButton,
      lasts: t.mails.confirmLasts,
      why: t.mails.whyAddress(server),
    });
  },

  newAddressAsked: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId);
    return to && warning(ctx, to, {
      subject: to.t.mails.addressAskedSubject,
      content: <Paragraph>{to.t.mails.addressAsked(to.handle, about.email)}</Paragraph>,
    });
  },

  addressChanged: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId);
    return to && telling(to, {
      subject: to.t.mails.addressChangedSubject,
      content: <Paragraph>{to.t.mails.addressChanged(to.handle, about.email)}</Paragraph>,
    });
  },

  passwordChanged: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId);
    return to && warning(ctx, to, {
      subject: to.t.mails.passwordChangedSubject,
      content: <Paragraph>{to.t.mails.passwordChanged(to.handle, minuteIn(to, about.at))}</Paragraph>,
    });
  },

  newSignIn: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId);
    const session = await sessionById(ctx.db, about.sessionId);
    if (!to || !session) return; // signed out meanwhile
    const { t } = to;
    return warning(ctx, to, {
      subject: t.mails.signInSubject,
      content: (
        <>
          <Paragraph>{t.mails.signIn(to.handle)}</Paragraph>
          <Lines>
            {[
              t.mails.signInBrowser(browserIn(t, session.userAgent)),
              t.mails.signInWhen(minuteIn(to, session.createdAt.toString())),
              ...(session.address ? [t.mails.signInAddress(session.address)] : []),
            ]}
          </Lines>
          <Paragraph>{t.mails.signInFine}</Paragraph>
        </>
      ),
    });
  },

  approvalAsked: async (ctx, { accountId, about }) => {
    const to = await reader(ctx, accountId);
    const [applicant] = await roster(ctx.db, { accountId: about.applicantId, most: 1 });
    if (!to || applicant?.state !== "pending") return; // somebody else was faster
    const { t, server } = to;
    const { username } = applicant.account;
    return telling(to, {
      subject: t.mails.approvalSubject(username),
      content: (
        <>
          <Paragraph>{t.mails.approval(handleIn(ctx, applicant.account), server)}</Paragraph>
          {applicant.reason && (
            <>
              <Paragraph>{t.mails.approvalReason}</Paragraph>
              <Quote>{applicant.reason}</Quote>
            </>
          )}
          <Paragraph>{t.mails.approvalHow(`${invocation} accounts approve ${username}`)}</Paragraph>
        </>
      ),
    });
  },

  approved: async (ctx, { accountId }) => {
    const to = await reader(ctx, accountId);
    if (!to) return;
    const link = `${ctx.config.baseUrl}/auth/sign_in`;
    return telling(to, {
      subject: to.t.mails.approvedSubject(to.server),
      link,
      content: (
        <>
          <Paragraph>{to.t.mails.approved(to.handle)}</Paragraph>
          <Action href={link}>{to.t.mails.approvedButton}</Action>
        </>
      ),
    });
  },
};

/** A letter that asks to follow a link. */
function asking(
  { t }: Reader,
  link: string,
  words: Record<"subject" | "text" | "button" | "lasts" | "why", string>,
): Letter {
  return {
    subject: words.subject,
    locale: t.locale,
    link,
    content: (
      <>
        <Paragraph>{words.text}</Paragraph>
        <Action href={link}>{words.button}</Action>
        <Paragraph>{words.lasts}</Paragraph>
      </>
    ),
    why: words.why,
  };
}

/** The same where it may have been somebody else: with the way to shut them out. */
function warning(
  { config }: Ctx,
  to: Reader,
  { subject, content }: Pick<Letter, "subject" | "content">,
): Letter {
  const { t } = to;
  return telling(to, {
    subject,
    content: (
      <>
        {content}
        <Paragraph>{t.mails.notYou}</Paragraph>
        <Action href={`${config.baseUrl}/auth/forgot`}>{t.mails.notYouButton}</Action>
      </>
    ),
  });
}

function browserIn(t: Messages, userAgent: string): string {
  const { browser, system } = browserNames(userAgent);
  if (browser && system) return t.settings.browserOn(browser, system);
  return browser ?? system ?? t.settings.unknownBrowser;
}
