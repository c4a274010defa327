import { ConfirmPage } from "@riff/web/auth/ConfirmPage.tsx";
import { LinkGonePage } from "@riff/web/auth/LinkGonePage.tsx";
import { MailboxPage } from "@riff/web/auth/MailboxPage.tsx";
import { PendingPage } from "@riff/web/auth/PendingPage.tsx";
import { actions, paths, thenTo } from "@riff/web/base/paths.ts";
import { z } from "zod";
import { complaintsOf } from "../base/complaints.ts";
import { Gone, Invalid } from "../base/errors.ts";
import { hashToken } from "../base/secrets.ts";
import { parse, text } from "../base/schema.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { type Call, type Route, visitor } from "./access.ts";
import { askAgain, confirmAddress } from "./confirm.ts";
import { workingLink } from "./link_store.ts";
import { localPath } from "./local_path.ts";
import type { SessionHolder } from "./session_store.ts";
import { mayEnter, readSession } from "./sessions.ts";

const emailForm = z.object({ email: text(10_000).default("") });

const link = "/auth/confirm/:token";

/** From the sign-up to the first page: showing that the address is one's own. */
export const pages: Route[] = [
  visitor("GET", paths.waiting, async (c) => {
    const holder = await readSession(c);
    if (!holder) return c.redirect(thenTo(paths.signIn, nextOf(c)), 303);
    if (mayEnter(holder)) return c.redirect(nextOf(c) ?? paths.home, 303);
    return holder.member.confirmedAt ? await pendingPage(c) : await mailboxPage(c, holder);
  }),

  visitor("POST", actions.sendConfirmation, async (c) => {
    const holder = await readSession(c);
    if (!holder || holder.member.confirmedAt) return c.redirect(thenTo(paths.waiting, nextOf(c)), 303);
    const { email } = parse(emailForm, c.var.input);
    try {
      await askAgain(c.var.ctx, holder.member, email.trim());
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await mailboxPage(c, holder, { email, errors: complaintsOf(error) });
    }
    return c.redirect(
      `${paths.waiting}?sent=true${nextOf(c) ? `&next=${encodeURIComponent(nextOf(c)!)}` : ""}`,
      303,
    );
  }),

  visitor("GET", link, async (c) => {
    const { ctx } = c.var;
    if (!await workingLink(ctx.db, hashToken(tokenIn(c)), "confirm", ctx.now())) return await gonePage(c);
    return await confirmPage(c);
  }),

  visitor("POST", link, async (c) => {
    try {
      const { id } = await confirmAddress(c.var.ctx, tokenIn(c));
      const holder = await readSession(c);
      const isHere = holder?.account.id === id;
      return c.redirect(isHere ? paths.home : `${paths.signIn}?done=confirmed`, 303);
    } catch (error) {
      if (error instanceof Gone) return await gonePage(c);
      if (error instanceof Invalid) return await confirmPage(c, Object.values(complaintsOf(error)).join(" "));
      throw error;
    }
  }),
];

function tokenIn(c: Call): string {
  return c.req.param("token") ?? "";
}

function nextOf(c: Call): string | undefined {
  return localPath(c.var.input.next);
}

async function mailboxPage(
  c: Call,
  { member }: SessionHolder,
  refused: { email?: string; errors?: Record<string, string> } = {},
): Promise<Response> {
  const { auth } = wordsFor(c);
  const isSent = c.req.method === "GET" && c.var.input.sent === "true";
  const content = <MailboxPage sentTo={member.email} next={nextOf(c)} {...refused} />;
  return await render(c, content, {
    title: auth.mailboxTitle,
    noindex: true,
    status: refused.errors ? 422 : 200,
    notice: isSent ? { kind: "success", text: auth.mailboxSent } : undefined,
  });
}

async function pendingPage(c: Call): Promise<Response> {
  return await render(c, <PendingPage />, { title: wordsFor(c).auth.pendingTitle, noindex: true });
}

async function confirmPage(c: Call, error?: string): Promise<Response> {
  return await render(c, <ConfirmPage token={tokenIn(c)} error={error} />, {
    title: wordsFor(c).auth.confirmTitle,
    noindex: true,
    status: error ? 422 : 200,
  });
}

async function gonePage(c: Call): Promise<Response> {
  return await render(c, <LinkGonePage purpose="confirm" />, {
    title: wordsFor(c).auth.linkGoneTitle,
    noindex: true,
    status: 410,
  });
}
