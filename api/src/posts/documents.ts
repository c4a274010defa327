import { type Call, type Route, server } from "../auth/access.ts";
import { answerDocument } from "../auth/answer_document.ts";
import { accountById } from "../accounts/store.ts";
import { type JsonObject, withContext } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { readPage } from "../base/page.ts";
import { postRoute } from "../pages/addresses.ts";
import { toAnnounce } from "../reactions/activity.ts";
import { toCreate, toNote, toTombstone } from "./activity.ts";
import { type ToldPost, toldPost } from "./note_store.ts";
import type { Post } from "./post.ts";
import { seenPost } from "./seen.ts";
import { postById, tombstoneUri } from "./store.ts";
import { publicAnswersTo } from "./uri_store.ts";

/** Posts of our members, as other servers read them: each sees what the account that signed may see. */
export const documents: Route[] = [
  server("GET", "/ap/posts/:id", (c) => answer(c, toNote)),
  server("GET", postRoute, (c) => answer(c, toNote)),
  server("GET", "/ap/posts/:id/activity", (c) => answer(c, toCreate)),

  server("GET", "/ap/posts/:id/replies", async (c) => {
    const { ctx, viewer, input } = c.var;
    const post = await seenPost(ctx, viewer, c.req.param("id") ?? "");
    if (!post.isLocal || post.boostOfId) throw new NotFound();
    const page = await repliesPage(ctx, post, input);
    const document = input.page === undefined
      ? { id: `${post.uri}/replies`, type: "Collection", first: page }
      : page;
    return answerDocument(c, withContext(document));
  }),
];

/** Answers that stand on one page. */
const limits = { usual: 50, most: 50 };

/** The post that the path names, as `toDocument` has it; of a boost, that it was passed on. */
async function answer(c: Call, toDocument: (ctx: Ctx, told: ToldPost) => JsonObject): Promise<Response> {
  const { ctx, viewer } = c.var;
  const id = c.req.param("id") ?? "";
  const gone = isId(id) ? await tombstoneUri(ctx.db, id) : undefined;
  if (gone?.startsWith(`${ctx.config.baseUrl}/`)) {
    return answerDocument(c, withContext(toTombstone(gone)), 410);
  }
  const post = await seenPost(ctx, viewer, id);
  const told = post.isLocal ? await toldPost(ctx.db, post.id) : undefined;
  if (!told) throw new NotFound();
  return answerDocument(
    c,
    withContext(post.boostOfId ? await announcementOf(ctx, told) : toDocument(ctx, told)),
  );
}

async function announcementOf(ctx: Ctx, { post: boost, author }: ToldPost): Promise<JsonObject> {
  const post = await postById(ctx.db, boost.boostOfId!);
  const whose = post && await accountById(ctx.db, post.authorId);
  if (!whose) throw new NotFound();
  return toAnnounce(author, boost, post, whose);
}

/** The oldest answers, or those after `min_id`: only what everybody may see, wherever it was written. */
async function repliesPage(ctx: Ctx, post: Post, input: Record<string, unknown>): Promise<JsonObject> {
  const { min, limit } = readPage(input, limits);
  const uri = `${post.uri}/replies`;
  const answers = await publicAnswersTo(ctx.db, post.id, { after: min, limit });
  const last = answers.length < limit ? undefined : answers.at(-1);
  return {
    id: min ? `${uri}?page=true&min_id=${min}` : `${uri}?page=true`,
    type: "CollectionPage",
    partOf: uri,
    ...(last && { next: `${uri}?page=true&min_id=${last.id}` }),
    items: answers.map((answer) => answer.uri),
  };
}
