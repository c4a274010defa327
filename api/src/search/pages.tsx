import { paths } from "@riff/web/base/paths.ts";
import { SearchPage } from "@riff/web/search/SearchPage.tsx";
import { z } from "zod";
import { showAccounts } from "../accounts/entity.ts";
import { type Route, visitor } from "../auth/access.ts";
import { parse, text } from "../base/schema.ts";
import { showLinked } from "../collections/linked.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { showPosts } from "../posts/entity.ts";
import { bare } from "../posts/sift.ts";
import { showRelationships } from "../relationships/entity.ts";
import { search, sorts } from "./search.ts";

const asked = z.object({ q: text(4000).default("") });

/** Of each sort of thing. */
const mostShown = 20;

/** Search, for everybody: a query is a part of the address, so that it can be linked to. */
export const pages: Route[] = [
  visitor("GET", paths.search, async (c) => {
    const { ctx, viewer, input } = c.var;
    const query = parse(asked, input).q.trim();
    const slice = { limit: mostShown, offset: 0 };
    const found = await search(ctx, viewer, query, new Set(sorts), slice, { asks: true });
    const content = (
      <SearchPage
        query={query}
        accounts={await showAccounts(ctx, found.accountIds)}
        relationships={viewer ? await showRelationships(ctx, viewer, found.accountIds) : []}
        tags={found.tags.map(({ name }) => ({ name, url: paths.tag(name) }))}
        collections={[...(await showLinked(ctx, viewer, found.collectionIds)).values()]}
        posts={bare(await showPosts(ctx, viewer, found.postIds))}
      />
    );
    return render(c, content, { title: wordsFor(c).search.title, noindex: true });
  }),
];
