import { ConsentPage } from "@riff/web/auth/ConsentPage.tsx";
import { OutOfBandCodePage } from "@riff/web/auth/OutOfBandCodePage.tsx";
import { actions, paths, thenTo } from "@riff/web/base/paths.ts";
import { ErrorPage } from "@riff/web/instance/ErrorPage.tsx";
import { z } from "zod";
import { browser, type Call, type Known, type Route, visitor } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { contentSecurityPolicy } from "../base/headers.ts";
import { bool, parse, text } from "../base/schema.ts";
import { hashToken } from "../base/secrets.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { type Authorization, type AuthorizationRequest, authorize, readAuthorization } from "./authorize.ts";
import { codeByHash } from "./code_store.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";
import { outOfBand, withParameters } from "./redirect_uri.ts";
import { appById } from "./store.ts";

const given = text(4_000).optional();

/** What an app asks with, and what comes back with the answer to it. */
const request = z.object({
  response_type: given,
  client_id: given,
  redirect_uri: given,
  scope: given,
  state: given,
  code_challenge: given,
  code_challenge_method: given,
});

const manner = z.object({ force_login: bool.default(false), lang: text(100).optional() });

/** OAuth's front channel: where apps send people, and people decide. */
export const pages: Route[] = [
  visitor("GET", paths.authorize, (c) =>
    inWords(c, async (asked, authorization) => {
      const { force_login, lang } = parse(manner, c.var.input);
      if (!c.var.session || force_login) return c.redirect(signInFor(asked, lang, force_login), 303);
      return await consentPage(c, asked, authorization, lang);
    })),

  browser("POST", actions.authorize, (c) =>
    inWords(c, async (asked, authorization) => {
      if (c.var.input.decision !== "allow") return denied(c, asked, authorization);
      const code = await authorize(c.var.ctx, c.var.me, authorization);
      const { redirectUri } = authorization;
      return redirectUri === outOfBand
        ? c.redirect(`${paths.showCode}?${new URLSearchParams({ code })}`, 303)
        : c.redirect(withParameters(redirectUri, { code, state: asked.state }), 302);
    })),

  browser("GET", paths.showCode, async (c) => {
    const { code } = parse(z.object({ code: text(1_000).default("") }), c.var.input);
    const app = await appOf(c, code);
    return await render(c, <OutOfBandCodePage app={app.name} code={code} />, {
      title: wordsFor(c).auth.codeTitle,
      noindex: true,
    });
  }),
];

/** Reads the request and hands it on; what is wrong with it is told on a page, and the app hears nothing. */
async function inWords<C extends Call>(
  c: C,
  answer: (asked: AuthorizationRequest, authorization: Authorization) => Promise<Response> | Response,
): Promise<Response> {
  const asked = parse(request, c.var.input);
  try {
    return await answer(asked, await readAuthorization(c.var.ctx, asked));
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error;
    const { auth, errors } = wordsFor(c);
    return await render(c, <ErrorPage status={400} message={auth.consentFaults[error.fault]} />, {
      title: errors[400].title,
      noindex: true,
      status: 400,
    });
  }
}

/** Through the sign-in and back here, where nobody is to be asked to sign in a second time. */
function signInFor(asked: AuthorizationRequest, lang: string | undefined, again: boolean): string {
  const here = withParameters(paths.authorize, { ...asked, lang });
  const page = thenTo(paths.signIn, here);
  return `${page}${again ? "&again=true" : ""}${lang ? `&lang=${encodeURIComponent(lang)}` : ""}`;
}

async function consentPage(
  c: Call,
  asked: AuthorizationRequest,
  { app, scopes, redirectUri }: Authorization,
  locale: string | undefined,
): Promise<Response> {
  const isShown = redirectUri === outOfBand;
  // Browsers hold `form-action` against every redirect that follows, and apps send on to addresses of theirs.
  const targets = isShown ? [] : ["https:", new URL(redirectUri).protocol];
  c.header("content-security-policy", contentSecurityPolicy(c.var.ctx.config, [...new Set(targets)]));
  const content = (
    <ConsentPage
      app={app}
      scopes={scopes}
      request={Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))}
      returnsTo={isShown ? undefined : placeOf(redirectUri)}
    />
  );
  return await render(c, content, {
    title: wordsFor(c).auth.consentTitle(app.name),
    noindex: true,
    locale,
  });
}

/** The host, or for an app's own scheme the scheme: what people can judge. */
function placeOf(uri: string): string {
  const { host, protocol } = new URL(uri);
  return /^https?:$/.test(protocol) ? host : protocol.slice(0, -1);
}

/** RFC 6749, 4.1.2.1. */
function denied(c: Call<Known>, asked: AuthorizationRequest, { redirectUri }: Authorization): Response {
  if (redirectUri === outOfBand) return c.redirect(paths.home, 303);
  return c.redirect(
    withParameters(redirectUri, {
      error: "access_denied",
      error_description: "The resource owner or authorization server denied the request.",
      state: asked.state,
    }),
    302,
  );
}

/** Whose code this is, and only for the member who was given it. */
async function appOf(c: Call<Known>, code: string) {
  const { ctx, me } = c.var;
  const known = await codeByHash(ctx.db, hashToken(code));
  const app = known?.accountId === me.id ? await appById(ctx.db, known.appId) : undefined;
  if (!app) throw new NotFound();
  return app;
}
