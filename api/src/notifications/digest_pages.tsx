import { EndDigestPage } from "@riff/web/notifications/EndDigestPage.tsx";
import { type Call, open, type Route, visitor } from "../auth/access.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { chooseDigest, holderOfDigest } from "./digest.ts";

const link = "/digest/:token";

/** How to have no more weekly mails, without signing in. */
export const pages: Route[] = [
  visitor("GET", link, (c) => {
    holderOfDigest(c.var.ctx, tokenIn(c));
    return endPage(c, false);
  }),

  visitor("POST", `${link}/end`, async (c) => {
    await end(c);
    return await endPage(c, true);
  }),

  // RFC 8058: a mail program posts without any cookie or token of a form, and looks at the status alone.
  open("POST", link, async (c) => {
    await end(c);
    return c.text("");
  }),
];

function tokenIn(c: Call): string {
  return c.req.param("token") ?? "";
}

async function end(c: Call): Promise<void> {
  const { ctx } = c.var;
  await chooseDigest(ctx, holderOfDigest(ctx, tokenIn(c)), false);
}

async function endPage(c: Call, ended: boolean): Promise<Response> {
  const { digest } = wordsFor(c);
  const title = ended ? digest.endedTitle : digest.endTitle;
  return await render(c, <EndDigestPage token={tokenIn(c)} ended={ended} />, { title, noindex: true });
}
