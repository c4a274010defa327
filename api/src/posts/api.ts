import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import { anyone, member, type Route } from "../auth/access.ts";
import type { Scope } from "../auth/scopes.ts";
import type { Ctx } from "../base/ctx.ts";
import { bool, ids, parse } from "../base/schema.ts";
import { showScheduled } from "../scheduled/entity.ts";
import { schedule } from "../scheduled/schedule.ts";
import { respond } from "./answer.ts";
import { changePolicy } from "./change_policy.ts";
import { createPost } from "./create.ts";
import { deletePost } from "./delete.ts";
import { readDraft, readPolicyChange, readPublication, readRewrite, readTime } from "./draft.ts";
import { editPost } from "./edit.ts";
import { showPosts } from "./entity.ts";
import { showHistory } from "./history.ts";
import { muteThread, unmuteThread } from "./mute_thread.ts";
import { ownPost } from "./own.ts";
import { pin, unpin } from "./pin.ts";
import { showThread } from "./thread.ts";
import type { Post } from "./post.ts";
import { seenOriginal, seenPost } from "./seen.ts";

/** Mastodon's endpoints about single posts. */
export const api: Route[] = [
  member("POST", "/api/v1/statuses", "write:statuses", async (c) => {
    const { ctx, me } = c.var;
    const dueAt = readTime(c);
    if (dueAt) {
      const scheduled = await schedule(ctx, me, readPublication(c), dueAt);
      return c.json((await showScheduled(ctx, me.id, [scheduled]))[0]);
    }
    const post = await createPost(ctx, await readDraft(c));
    return respond(c, me, post.id);
  }),

  anyone("GET", "/api/v1/statuses", "read:statuses", async (c) => {
    const { ctx, viewer, input } = c.var;
    const asked = parse(z.object({ id: ids }), { id: input.id ?? input.ids });
    return c.json(await showPosts(ctx, viewer, asked.id.slice(0, 40)));
  }),

  anyone("GET", "/api/v1/statuses/:id", "read:statuses", async (c) => {
    const { ctx, viewer } = c.var;
    const post = await seenPost(ctx, viewer, param(c));
    return respond(c, viewer, post.id);
  }),

  member("PUT", "/api/v1/statuses/:id", "write:statuses", async (c) => {
    const { ctx, me } = c.var;
    const post = await ownPost(ctx, me, param(c));
    const policy = readPolicyChange(c);
    await editPost(ctx, post, await readRewrite(c, post));
    await changePolicy(ctx, post, policy);
    return respond(c, me, post.id);
  }),

  ...(["PUT", "PATCH"] as const).map((method) =>
    member(method, "/api/v1/statuses/:id/interaction_policy", "write:statuses", async (c) => {
      const { ctx, me } = c.var;
      const post = await ownPost(ctx, me, param(c));
      await changePolicy(ctx, post, readPolicyChange(c));
      return respond(c, me, post.id);
    })
  ),

  member("DELETE", "/api/v1/statuses/:id", "write:statuses", async (c) => {
    const { ctx, me, input } = c.var;
    const { delete_media: deletesMedia } = parse(z.object({ delete_media: bool.default(false) }), input);
    const post = await ownPost(ctx, me, param(c));
    const [shown] = await showPosts(ctx, me, [post.id]);
    await deletePost(ctx, post, { keepsUploads: !deletesMedia });
    return c.json({ ...shown, text: post.source ?? "" });
  }),

  anyone("GET", "/api/v1/statuses/:id/context", "read:statuses", async (c) => {
    const { ctx, viewer } = c.var;
    const post = await seenPost(ctx, viewer, param(c));
    return c.json(await showThread(ctx, viewer, post));
  }),

  anyone("GET", "/api/v1/statuses/:id/history", "read:statuses", async (c) => {
    const { ctx, viewer } = c.var;
    const post = await seenPost(ctx, viewer, param(c));
    return c.json(await showHistory(ctx, post));
  }),

  member("GET", "/api/v1/statuses/:id/source", "read:statuses", async (c) => {
    const { ctx, me } = c.var;
    const post = await ownPost(ctx, me, param(c));
    return c.json({ id: post.id, text: post.source ?? "", spoiler_text: post.contentWarning });
  }),

  toggle("pin", "write:accounts", seenPost, pin),
  toggle("unpin", "write:accounts", seenPost, unpin),
  toggle("mute", "write:mutes", seenOriginal, muteThread),
  toggle("unmute", "write:mutes", seenOriginal, unmuteThread),
];

/** Something that the member does with a post, and that does not change it for others. */
function toggle(
  verb: string,
  scope: Scope,
  find: typeof seenPost,
  act: (ctx: Ctx, me: Account, post: Post) => Promise<void>,
): Route {
  return member("POST", `/api/v1/statuses/:id/${verb}`, scope, async (c) => {
    const { ctx, me } = c.var;
    const post = await find(ctx, me, param(c));
    await act(ctx, me, post);
    return respond(c, me, post.id);
  });
}

function param(c: { req: { param(name: string): string | undefined } }): string {
  return c.req.param("id") ?? "";
}
