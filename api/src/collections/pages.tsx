import { actions, paths } from "@riff/web/base/paths.ts";
import { CollectionPage } from "@riff/web/collections/CollectionPage.tsx";
import { showAccounts } from "../accounts/entity.ts";
import { browser, type Call, type Route, visitor } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { render } from "../pages/render.tsx";
import { showRelationships } from "../relationships/entity.ts";
import { leave } from "./collect.ts";
import type { Collection } from "./collection.ts";
import { showCollections } from "./entity.ts";
import { collectionById, itemsOf } from "./store.ts";

/** A collection as everybody sees it, and the way out for whoever is in it. */
export const pages: Route[] = [
  visitor("GET", paths.collection({ id: ":id" }), async (c) => {
    const { ctx, viewer } = c.var;
    const found = await seen(c);
    const [collection] = await showCollections(ctx, viewer, [found]);
    const ids = collection!.items.flatMap(({ account_id }) => account_id ?? []);
    const accounts = await showAccounts(ctx, [...new Set([found.accountId, ...ids])]);
    const owner = accounts.find(({ id }) => id === found.accountId);
    if (!owner) throw new NotFound();
    const content = (
      <CollectionPage
        collection={collection!}
        owner={owner}
        accounts={accounts.filter(({ id }) => ids.includes(id))}
        relationships={viewer ? await showRelationships(ctx, viewer, ids) : []}
      />
    );
    return render(c, content, {
      title: found.name,
      description: found.description,
      canonical: collection!.url ?? undefined,
      noindex: !found.isDiscoverable || found.isSensitive || (owner.noindex ?? true),
    });
  }),

  browser("POST", actions.leaveCollection(":id"), async (c) => {
    const { ctx, me } = c.var;
    const found = await seen(c);
    const mine = (await itemsOf(ctx.db, me, [found.id])).find(({ accountId }) => accountId === me.id);
    if (!mine) throw new NotFound();
    await leave(ctx, me, found, mine.id);
    return c.redirect(paths.collection(found), 303);
  }),
];

async function seen(c: Call): Promise<Collection> {
  const { ctx, viewer } = c.var;
  const asked = c.req.param("id") ?? "";
  const found = isId(asked) ? await collectionById(ctx.db, viewer, asked) : undefined;
  if (!found) throw new NotFound();
  return found;
}
