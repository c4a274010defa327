import { AdminLinkPage } from "@riff/web/auth/AdminLinkPage.tsx";
import { PendingPage } from "@riff/web/auth/PendingPage.tsx";
import { SignInPage } from "@riff/web/auth/SignInPage.tsx";
import { SignUpPage, type SignUpPageProps } from "@riff/web/auth/SignUpPage.tsx";
import { actions, paths, thenTo } from "@riff/web/base/paths.ts";
import { z } from "zod";
import { complaintsOf } from "../base/complaints.ts";
import { Forbidden, Invalid } from "../base/errors.ts";
import { bool, parse, text } from "../base/schema.ts";
import { instance } from "../instance/store.ts";
import { localeOf, render, wordsFor } from "../pages/render.tsx";
import { browser, type Call, type Route, visitor } from "./access.ts";
import { adminLinkWorks, checkAdminLink, followAdminLink } from "./admin_link.ts";
import { greetDevice, rememberDevice } from "./devices.ts";
import { localPath } from "./local_path.ts";
import { passwordLength } from "./passwords.ts";
import { closeSession, openSession } from "./sessions.ts";
import { signIn } from "./sign_in.ts";
import { signUp } from "./sign_up.ts";

const typed = text(10_000).default("");

const signUpForm = z.object({
  username: typed,
  email: typed,
  password: typed,
  reason: typed,
  agreement: bool.default(false),
});

const signInForm = z.object({ identifier: typed, password: typed });

const adminLink = "/auth/admin/:token";

/** The way in and out, for people with a browser. */
export const pages: Route[] = [
  visitor("GET", paths.signUp, async (c) => c.var.session ? onwards(c) : await signUpPage(c)),

  visitor("POST", actions.signUp, async (c) => {
    const { ctx, address, input } = c.var;
    const { agreement, ...form } = parse(signUpForm, input);
    const locale = localeOf(c);
    try {
      const trusted = await comesByAdminLink(c) ? { confirmed: true, approved: true } : {};
      const { account, member } = await signUp(ctx, {
        ...form,
        ...trusted,
        agreed: agreement,
        locale,
        address,
      });
      await rememberDevice(c, account.id);
      if (member.confirmedAt && !member.approvedAt) return await pendingPage(c, form.reason);
      await openSession(c, account.id);
      return member.confirmedAt ? onwards(c) : toMailbox(c);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await signUpPage(c, { values: form, errors: complaintsOf(error) });
    }
  }),

  // With `again` even those who are signed in: an app may ask for it.
  visitor(
    "GET",
    paths.signIn,
    async (c) => c.var.session && !c.var.input.again ? onwards(c) : await signInPage(c),
  ),

  visitor("POST", actions.signIn, async (c) => {
    const { ctx, address, input } = c.var;
    const { identifier, password } = parse(signInForm, input);
    try {
      const { account, member } = await signIn(ctx, { identifier, password, address, locale: localeOf(c) });
      const sessionId = await openSession(c, account.id);
      if (!member.confirmedAt) return toMailbox(c);
      await greetDevice(c, account, sessionId);
      return onwards(c);
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof Forbidden)) throw error;
      return await signInPage(c, { identifier, error: error.message }, error.status);
    }
  }),

  visitor("POST", actions.signOut, async (c) => {
    await closeSession(c);
    return c.redirect(paths.landing, 303);
  }),

  visitor("GET", adminLink, async (c) => {
    const token = c.req.param("token") ?? "";
    await checkAdminLink(c.var.ctx, token);
    const here = actions.becomeAdmin(token);
    const [up, inn] = [thenTo(paths.signUp, here), thenTo(paths.signIn, here)];
    return await render(c, <AdminLinkPage token={token} signUp={up} signIn={inn} />, {
      title: wordsFor(c).auth.adminTitle,
      noindex: true,
    });
  }),

  browser("POST", adminLink, async (c) => {
    await followAdminLink(c.var.ctx, c.req.param("token") ?? "", c.var.me);
    return c.redirect(paths.home, 303);
  }),
];

/** To where they were going before they had to sign in. */
function onwards(c: Call): Response {
  return c.redirect(localPath(c.var.input.next) ?? paths.home, 303);
}

/** Nobody goes further than that before they have shown that their address is theirs. */
function toMailbox(c: Call): Response {
  return c.redirect(thenTo(paths.waiting, localPath(c.var.input.next)), 303);
}

/** Whoever holds the link for the first admin is let in: while mail does not work yet, above all. */
async function comesByAdminLink(c: Call): Promise<boolean> {
  const [, token] = localPath(c.var.input.next)?.match(/^\/auth\/admin\/([\w-]+)$/) ?? [];
  return token !== undefined && await adminLinkWorks(c.var.ctx, token);
}

async function signUpPage(
  c: Call,
  filled: Pick<SignUpPageProps, "values" | "errors"> = {},
): Promise<Response> {
  const { ctx, input } = c.var;
  const { signups } = await instance(ctx.db);
  const content = (
    <SignUpPage
      mode={signups === "closed" && await comesByAdminLink(c) ? "open" : signups}
      minPasswordLength={passwordLength.least}
      next={localPath(input.next)}
      {...filled}
    />
  );
  const status = filled.errors ? 422 : 200;
  return await render(c, content, { title: wordsFor(c).auth.signUpTitle, noindex: true, status });
}

async function pendingPage(c: Call, reason: string): Promise<Response> {
  return await render(c, <PendingPage reason={reason} />, {
    title: wordsFor(c).auth.pendingTitle,
    noindex: true,
  });
}

/** An app that sent people here may name the language (`lang`). */
async function signInPage(
  c: Call,
  filled: { identifier?: string; error?: string } = {},
  status: 200 | 403 | 422 = 200,
): Promise<Response> {
  const { next, lang, done } = c.var.input;
  const { auth } = wordsFor(c);
  const text = done === "reset" ? auth.resetDone : done === "confirmed" ? auth.confirmedSignIn : undefined;
  return await render(c, <SignInPage next={localPath(next)} {...filled} />, {
    notice: text && c.req.method === "GET" ? { kind: "success", text } : undefined,
    title: wordsFor(c).nav.signIn,
    noindex: true,
    status,
    locale: typeof lang === "string" ? lang : undefined,
  });
}
