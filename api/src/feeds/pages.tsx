import { paths } from "@riff/web/base/paths.ts";
import { BookmarksPage } from "@riff/web/feeds/BookmarksPage.tsx";
import { FavouritesPage } from "@riff/web/feeds/FavouritesPage.tsx";
import { HomePage } from "@riff/web/feeds/HomePage.tsx";
import { PublicTimelinePage } from "@riff/web/feeds/PublicTimelinePage.tsx";
import { TagPage } from "@riff/web/feeds/TagPage.tsx";
import { LandingPage } from "@riff/web/instance/LandingPage.tsx";
import type { Draft } from "@riff/web/posts/Composer.tsx";
import { browser, type Call, type Known, type Route, visitor } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { type Page, postLimits, readPage } from "../base/page.ts";
import { normaliseTag } from "../base/text.ts";
import { neighbours } from "../pages/neighbours.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { showPosts } from "../posts/entity.ts";
import { bare, sift } from "../posts/sift.ts";
import { type Pile, pileOf } from "../reactions/store.ts";
import { followsTag } from "../tags/store.ts";
import { home } from "./home.ts";
import { type Origin, publicFeed } from "./public.ts";
import { tagFeed } from "./tag.ts";

/** Posts that a visitor sees of us first. */
const onLanding = 5;

/** Pages that list posts. */
export const pages: Route[] = [
  visitor("GET", paths.landing, async (c) => {
    const { ctx, viewer } = c.var;
    if (viewer) return c.redirect(paths.home);
    const ids = await publicFeed(ctx.db, undefined, { origin: "here" }, { limit: onLanding });
    const { baseUrl } = ctx.config;
    return render(c, <LandingPage posts={await showPosts(ctx, undefined, ids)} />, {
      canonical: `${baseUrl}/`,
      image: `${baseUrl}${paths.thumbnail}`,
    });
  }),

  browser("GET", paths.home, (c) => homePage(c)),

  timeline(paths.local, "local", "here"),
  timeline(paths.federated, "federated", "everywhere"),

  visitor("GET", "/tags/:name", async (c) => {
    const { ctx, viewer } = c.var;
    const asked = c.req.param("name") ?? "";
    const tag = normaliseTag(asked);
    if (tag === "") throw new NotFound();
    if (tag !== asked) return c.redirect(paths.tag(tag));
    const page = readPage(c.var.input, postLimits);
    const list = await listed(
      c,
      page,
      await tagFeed(ctx.db, viewer, tagged(tag), { origin: "everywhere" }, page),
    );
    return render(c, <TagPage tag={tag} isFollowed={await isFollowed(c, tag)} {...list} />, {
      title: wordsFor(c).feeds.tagTitle(tag),
      canonical: `${ctx.config.baseUrl}${paths.tag(tag)}`,
    });
  }),

  browser("GET", paths.bookmarks, async (c) => {
    const title = wordsFor(c).feeds.bookmarksTitle;
    return render(c, <BookmarksPage {...await pile(c, "bookmarks")} />, { title, noindex: true });
  }),

  browser("GET", paths.favourites, async (c) => {
    const title = wordsFor(c).feeds.favouritesTitle;
    return render(c, <FavouritesPage {...await pile(c, "favourites")} />, { title, noindex: true });
  }),
];

/** Where a member begins; `refused` is a post that has to be mended. */
export async function homePage(
  c: Call<Known>,
  refused?: { draft: Draft; error: string },
): Promise<Response> {
  const { ctx, me, input } = c.var;
  const page = readPage(refused ? {} : input, postLimits);
  const ids = await home(ctx.db, me, page);
  const posts = sift(await showPosts(ctx, me, ids), me, "home");
  const beside = neighbours(c, page, ids, refused && paths.home);
  return render(c, <HomePage posts={posts} {...beside} {...refused} />, {
    title: wordsFor(c).feeds.homeTitle,
    path: refused && paths.home,
    noindex: true,
    status: refused ? 422 : 200,
  });
}

function timeline(path: string, which: "local" | "federated", origin: Origin): Route {
  return visitor("GET", path, async (c) => {
    const { ctx, viewer } = c.var;
    const page = readPage(c.var.input, postLimits);
    const list = await listed(c, page, await publicFeed(ctx.db, viewer, { origin }, page));
    const { localTitle, federatedTitle } = wordsFor(c).feeds;
    return render(c, <PublicTimelinePage which={which} {...list} />, {
      title: which === "local" ? localTitle : federatedTitle,
      canonical: `${ctx.config.baseUrl}${path}`,
    });
  });
}

async function pile(c: Call<Known>, which: Pile) {
  const { ctx, me } = c.var;
  const page = readPage(c.var.input, postLimits);
  const rows = await pileOf(ctx.db, me, which, page);
  // What somebody has kept for themselves is not filtered.
  const posts = bare(await showPosts(ctx, me, rows.map((row) => row.id)));
  return { posts, ...neighbours(c, page, rows.map((row) => row.cursor)) };
}

/** These posts with their faces, as far as the viewer's filters let them pass, and where the list goes on. */
async function listed(c: Call, page: Page, ids: string[]) {
  const { ctx, viewer } = c.var;
  const posts = sift(await showPosts(ctx, viewer, ids), viewer, "public");
  return { posts, ...neighbours(c, page, ids) };
}

/** Whether the viewer follows this tag; undefined for strangers. */
async function isFollowed(c: Call, name: string): Promise<boolean | undefined> {
  const { ctx, viewer } = c.var;
  return viewer && await followsTag(ctx.db, viewer.id, name);
}

function tagged(name: string) {
  return { any: [name], all: [], none: [] };
}
