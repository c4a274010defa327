import { ForgotPage, type ForgotPageProps } from "@riff/web/auth/ForgotPage.tsx";
import { LinkGonePage } from "@riff/web/auth/LinkGonePage.tsx";
import { ResetPage } from "@riff/web/auth/ResetPage.tsx";
import { actions, paths } from "@riff/web/base/paths.ts";
import { z } from "zod";
import { complaintsOf } from "../base/complaints.ts";
import { Gone, Invalid } from "../base/errors.ts";
import { parse, text } from "../base/schema.ts";
import { localeOf, render, wordsFor } from "../pages/render.tsx";
import { type Call, type Route, visitor } from "./access.ts";
import { rememberDevice } from "./devices.ts";
import { askForReset, holderOfReset, resetByLink } from "./forgotten.ts";
import { passwordLength } from "./passwords.ts";

const typed = text(10_000).default("");
const emailForm = z.object({ email: typed });
const passwordForm = z.object({ password: typed });

const link = "/auth/reset/:token";

/** For those who have forgotten their password. */
export const pages: Route[] = [
  visitor("GET", paths.forgot, (c) => forgotPage(c)),

  visitor("POST", actions.forgot, async (c) => {
    const { ctx, address, input } = c.var;
    const email = parse(emailForm, input).email.trim();
    try {
      await askForReset(ctx, { email, address, locale: localeOf(c) });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await forgotPage(c, { email, errors: complaintsOf(error) });
    }
    return await forgotPage(c, { done: true });
  }),

  visitor("GET", link, (c) => unlessGone(c, () => resetPage(c))),

  visitor("POST", link, (c) =>
    unlessGone(c, async () => {
      try {
        const { id } = await resetByLink(c.var.ctx, tokenIn(c), parse(passwordForm, c.var.input).password);
        await rememberDevice(c, id);
        return c.redirect(`${paths.signIn}?done=reset`, 303);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return await resetPage(c, complaintsOf(error));
      }
    })),
];

function tokenIn(c: Call): string {
  return c.req.param("token") ?? "";
}

/** A link that does not work any more has a page of its own, which says what to do. */
async function unlessGone(c: Call, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
    return await render(c, <LinkGonePage purpose="reset" />, {
      title: wordsFor(c).auth.linkGoneTitle,
      noindex: true,
      status: 410,
    });
  }
}

async function forgotPage(c: Call, props: ForgotPageProps = {}): Promise<Response> {
  return await render(c, <ForgotPage {...props} />, {
    title: wordsFor(c).auth.forgotTitle,
    noindex: true,
    status: props.errors ? 422 : 200,
  });
}

async function resetPage(c: Call, errors?: Record<string, string>): Promise<Response> {
  const token = tokenIn(c);
  const { account } = await holderOfReset(c.var.ctx, token);
  const content = (
    <ResetPage
      token={token}
      username={account.username}
      minPasswordLength={passwordLength.least}
      errors={errors}
    />
  );
  return await render(c, content, {
    title: wordsFor(c).auth.resetTitle,
    noindex: true,
    status: errors ? 422 : 200,
  });
}
