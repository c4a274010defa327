import type { Visibility } from "@riff/web/base/entities.ts";
import { actions, paths } from "@riff/web/base/paths.ts";
import type { Draft } from "@riff/web/posts/Composer.tsx";
import { DeletedPage } from "@riff/web/posts/DeletedPage.tsx";
import { DeletePage } from "@riff/web/posts/DeletePage.tsx";
import { EditPage } from "@riff/web/posts/EditPage.tsx";
import { visibilities } from "@riff/web/posts/visibility.ts";
import { handleOf } from "../accounts/account.ts";
import { browser, type Call, type Known, type Route, takingFiles } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { parse } from "../base/schema.ts";
import { homePage } from "../feeds/pages.tsx";
import { postRoute } from "../pages/addresses.ts";
import { type Attaching, mostFormBytes, readAttaching, showAttaching, takeFiles } from "../media/form.ts";
import { goBack } from "../pages/back.ts";
import { orMend } from "../pages/mend.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { type PollFields, pollFields } from "../polls/draft.ts";
import { createPost } from "./create.ts";
import { deletePost } from "./delete.ts";
import { readDraft, readRewrite } from "./draft.ts";
import { editPost } from "./edit.ts";
import { showPost } from "./entity.ts";
import { ownPost } from "./own.ts";
import { postPage, type Shown, shownTo } from "./pages.tsx";
import { pin, unpin } from "./pin.ts";
import { seenPost } from "./seen.ts";

/** Where members write, change and take back what they post. */
export const pages: Route[] = [
  withFiles(browser("POST", actions.newPost, (c) => {
    const { ctx, me, input } = c.var;
    const attaching = readAttaching(input);
    return orMend(c, async () => {
      const post = await createPost(ctx, await readDraft(c, await takeFiles(ctx, me.id, input, attaching)));
      return goBack(c, paths.home, `post-${post.id}`);
    }, (error) => composeAgain(c, attaching, error));
  })),

  browser("GET", `${postRoute}/edit`, async (c) => {
    const own = await ownShown(c);
    return editPage(c, own, own.post.source ?? "", own.post.contentWarning);
  }),

  withFiles(browser("POST", actions.post(":id", "edit"), async (c) => {
    const { ctx, me, input } = c.var;
    const own = await ownShown(c);
    const attaching = readAttaching(input);
    return orMend(c, async () => {
      const asked = await takeFiles(ctx, me.id, input, attaching);
      await editPost(ctx, own.post, await readRewrite(c, own.post, asked));
      return c.redirect(paths.post(own.status), 303);
    }, async (error) => {
      const typed = {
        ...own.status,
        language: text(c, "language") || own.status.language,
        media_attachments: await showAttaching(ctx, me.id, attaching),
        sensitive: input.sensitive !== undefined,
      };
      return editPage(c, { ...own, status: typed }, text(c, "status"), text(c, "spoiler_text"), error);
    });
  })),

  browser("GET", `${postRoute}/delete`, async (c) => {
    const { status } = await ownShown(c);
    return render(c, <DeletePage status={status} />, {
      title: wordsFor(c).posts.deleteTitle,
      noindex: true,
    });
  }),

  browser("POST", actions.post(":id", "delete"), async (c) => {
    const post = await ownPost(c.var.ctx, c.var.me, idOf(c));
    await deletePost(c.var.ctx, post);
    return render(c, <DeletedPage text={post.source ?? ""} />, {
      title: wordsFor(c).posts.deletedTitle,
      noindex: true,
    });
  }),

  pinning("pin", pin),
  pinning("unpin", unpin),
];

/** The form may bring pictures along. */
function withFiles(route: Route): Route {
  return takingFiles(mostFormBytes, route);
}

function pinning(verb: "pin" | "unpin", does: typeof pin): Route {
  return browser("POST", actions.post(":id", verb), async (c) => {
    const { ctx, me } = c.var;
    await does(ctx, me, await seenPost(ctx, me, idOf(c)));
    return goBack(c, paths.profile({ acct: handleOf(me) }));
  });
}

/** The composer once more: below what was to be answered, or on the start page where that is gone. */
async function composeAgain(c: Call<Known>, attaching: Attaching, error: string): Promise<Response> {
  const { ctx, me, member, input } = c.var;
  const asked = text(c, "visibility");
  const draft: Draft = {
    status: text(c, "status"),
    spoiler_text: text(c, "spoiler_text"),
    visibility: isVisibility(asked) ? asked : member.defaultVisibility,
    language: text(c, "language") || (member.defaultLanguage ?? member.locale),
    poll: pollTyped(c),
    attached: await showAttaching(ctx, me.id, attaching),
    sensitive: input.sensitive !== undefined,
  };
  const answered = await shownTo(c, text(c, "in_reply_to_id")).catch(() => undefined);
  return answered ? postPage(c, answered, { draft, error }) : homePage(c, { draft, error });
}

async function editPage(
  c: Call<Known>,
  { status }: Shown,
  typed: string,
  warning: string,
  error?: string,
): Promise<Response> {
  const source = { id: status.id, text: typed, spoiler_text: warning };
  return await render(c, <EditPage status={status} source={source} poll={pollTyped(c)} error={error} />, {
    title: wordsFor(c).posts.editTitle,
    noindex: true,
    status: error === undefined ? 200 : 422,
  });
}

/** The post of one's own that the path names. */
async function ownShown(c: Call<Known>): Promise<Shown> {
  const { ctx, me } = c.var;
  const post = await ownPost(ctx, me, idOf(c));
  const status = await showPost(ctx, me, post.id);
  if (!status) throw new NotFound();
  return { post, status };
}

function idOf(c: Call<Known>): string {
  return c.req.param("id") ?? "";
}

/** What the form asked, whether it can be asked or not. */
function pollTyped(c: Call<Known>): PollFields | undefined {
  return parse(pollFields.optional(), c.var.input.poll);
}

/** What a field of the form said. */
function text(c: Call<Known>, field: string): string {
  const sent = c.var.input[field];
  return typeof sent === "string" ? sent : "";
}

function isVisibility(word: string): word is Visibility {
  return (visibilities as readonly string[]).includes(word);
}
