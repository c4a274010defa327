import { nameOf } from "@riff/web/accounts/names.ts";
import type { HeadProps } from "@riff/web/base/Head.tsx";
import { textOf } from "@riff/web/base/Html.tsx";
import { paths } from "@riff/web/base/paths.ts";
import type { Draft } from "@riff/web/posts/Composer.tsx";
import { HistoryPage } from "@riff/web/posts/HistoryPage.tsx";
import { PostPage } from "@riff/web/posts/PostPage.tsx";
import { type Call, type Route, visitor } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { postRoute } from "../pages/addresses.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { showPost, type StatusEntity } from "./entity.ts";
import { showHistory } from "./history.ts";
import type { Post } from "./post.ts";
import { seenOrGone } from "./seen.ts";
import { bare, sift } from "./sift.ts";
import { showThread } from "./thread.ts";

/** A post that a page is about: as it is stored, and as its viewer may see it. */
export interface Shown {
  post: Post;
  status: StatusEntity;
}

/** Pages about a single post, for everybody who may see it. */
export const pages: Route[] = [
  visitor("GET", postRoute, (c) => atItsAddress(c, (shown) => postPage(c, shown))),

  visitor("GET", `${postRoute}/history`, (c) =>
    atItsAddress(c, async ({ post, status }) => {
      const edits = await showHistory(c.var.ctx, post);
      const title = wordsFor(c).posts.historyTitle;
      return render(c, <HistoryPage status={status} edits={edits} />, { title, noindex: true });
    })),

  visitor("GET", "/ap/posts/:id", async (c) => {
    const { status } = await shownTo(c, c.req.param("id") ?? "");
    c.header("vary", "Accept");
    return c.redirect(paths.post(status));
  }),
];

/** The post with its conversation; `refused` is an answer to it that has to be mended. */
export async function postPage(
  c: Call,
  { post, status }: Shown,
  refused?: { draft: Draft; error: string },
): Promise<Response> {
  const { ctx, viewer } = c.var;
  const { ancestors, descendants } = await showThread(ctx, viewer, post);
  const thread = {
    ancestors: sift(ancestors, viewer, "thread"),
    descendants: sift(descendants, viewer, "thread"),
  };
  c.header("vary", "Accept");
  return render(c, <PostPage status={status} {...thread} {...refused} />, {
    ...headFor(c, status),
    status: refused ? 422 : 200,
  });
}

/** The post of that id, as whoever asks may see it. */
export async function shownTo(c: Call, id: string): Promise<Shown> {
  const { ctx, viewer } = c.var;
  const post = await seenOrGone(ctx, viewer, id);
  const status = await showPost(ctx, viewer, post.id);
  if (!status) throw new NotFound();
  return { post, status: bare([status])[0]! };
}

/** Shows the post that the path names; under another name of its author, or a boost's id, leads to its own. */
async function atItsAddress(c: Call, show: (shown: Shown) => Promise<Response>): Promise<Response> {
  const asked = `/${c.req.param("handle")}/${c.req.param("id")}`;
  const shown = await shownTo(c, c.req.param("id") ?? "");
  const address = paths.post(shown.status);
  return asked === address ? show(shown) : c.redirect(c.req.path.replace(asked, address));
}

/** What lies below a content warning stays out of link previews. */
function headFor(c: Call, status: StatusEntity): HeadProps {
  const { account } = status;
  const said = (most: number) => status.spoiler_text || textOf(status.content, most);
  return {
    title: wordsFor(c).posts.titleOf(nameOf(account), said(60)),
    description: said(300),
    canonical: status.url,
    type: "article",
    image: pictureOf(status) ?? account.avatar_static,
    published: status.created_at,
    activity: status.uri,
    embed: isPublic(status) ? embedOf(status) : undefined,
    noindex: account.noindex ?? true,
  };
}

/** Strangers may see it, and it is from here. */
function isPublic({ visibility, account }: StatusEntity): boolean {
  return (visibility === "public" || visibility === "unlisted") && account.acct === account.username;
}

function embedOf({ url }: StatusEntity): string | undefined {
  return url ? `${new URL(url).origin}/api/oembed?${new URLSearchParams({ url })}` : undefined;
}

/** The first of its own pictures, unless its author hides them. Others' may be had only by members. */
function pictureOf({ sensitive, spoiler_text, media_attachments }: StatusEntity): string | undefined {
  if (sensitive || spoiler_text) return undefined;
  return media_attachments.find((one) => !one.remote_url && one.preview_url)?.preview_url ?? undefined;
}
