import { z } from "zod";
import { anyone, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { escapeHtml } from "../base/html.ts";
import { isId } from "../base/ids.ts";
import { integer, parse, text } from "../base/schema.ts";
import { instance } from "../instance/store.ts";
import { showPost, type StatusEntity } from "./entity.ts";

const asked = z.object({ url: text(2_000), maxwidth: integer.optional(), maxheight: integer.optional() });

/** Pixels. */
const usualWidth = 400;
/** Seconds. */
const mayBeKept = 24 * 60 * 60;

/** https://oembed.com: a post for pages that would like to show it. It brings no script and no frame along. */
export const oembed: Route[] = [
  anyone("GET", "/api/oembed", [], async (c) => {
    const { ctx, input } = c.var;
    const { url, maxwidth } = parse(asked, input);
    const { baseUrl } = ctx.config;
    const id = URL.canParse(url) && url.startsWith(`${baseUrl}/@`)
      ? new URL(url).pathname.split("/")[2]
      : undefined;
    const post = id && isId(id) ? await showPost(ctx, undefined, id) : undefined;
    if (!post || post.reblog) throw new NotFound();
    const { title } = await instance(ctx.db);
    return c.json({
      type: "rich",
      version: "1.0",
      author_name: post.account.display_name || post.account.username,
      author_url: post.account.url,
      provider_name: title,
      provider_url: `${baseUrl}/`,
      cache_age: mayBeKept,
      html: quotation(post),
      width: Math.min(usualWidth, Math.max(1, maxwidth ?? usualWidth)),
      height: null,
    });
  }),
];

/** As HTML that stands for itself. What lies below a content warning stays there. */
function quotation({ account, content, spoiler_text, language, url, created_at }: StatusEntity): string {
  const [name, address] = [account.display_name || account.username, url ?? account.url].map(escapeHtml);
  const words = spoiler_text ? `<p>${escapeHtml(spoiler_text)}</p>` : content;
  const lang = language ? ` lang="${escapeHtml(language)}"` : "";
  return `<blockquote cite="${address}"${lang}>${words}<footer>` +
    `<a href="${escapeHtml(account.url)}">${name}</a>, ` +
    `<a href="${address}"><time datetime="${created_at}">${
      created_at.slice(0, 10)
    }</time></a></footer></blockquote>`;
}
