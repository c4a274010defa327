import { AccountList } from "../accounts/AccountList.tsx";
import type { Account, Collection, Relationship, Status, Tag } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { paths } from "../base/paths.ts";
import { PostList } from "../posts/PostList.tsx";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { TextField } from "../ui/Field.tsx";

export interface SearchPageProps {
  /** What was asked for; "" when nothing was yet. */
  query: string;
  accounts: Account[];
  relationships: Relationship[];
  tags: Tag[];
  collections: Collection[];
  posts: Status[];
}

/** Finds people, tags and posts. Asks by `GET` with `q`, so that a search can be linked to. */
export function SearchPage(props: SearchPageProps) {
  const { query, accounts, relationships, tags, collections, posts } = props;
  const { t } = usePage();
  const nothing = [accounts, tags, collections, posts].every(({ length }) => length === 0);
  return (
    <>
      <PageHeader title={t.search.title} lead={query === "" ? t.search.lead : undefined} />
      <form class="search-form" action={paths.search} role="search" aria-label={t.search.title}>
        <TextField name="q" type="search" label={t.search.label} value={query} maxlength={500} />
        <Button tone="primary" icon="search">{t.search.button}</Button>
      </form>
      {query !== "" && nothing && <Empty text={t.search.nothing(query)} />}
      {tags.length > 0 && (
        <section aria-labelledby="tags">
          <h2 class="section-title" id="tags">{t.search.tags}</h2>
          <ul class="tags">
            {tags.map((tag) => (
              <li key={tag.name}>
                <a href={paths.tag(tag.name)}>#{tag.name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {accounts.length > 0 && (
        <section aria-labelledby="people">
          <h2 class="section-title" id="people">{t.search.people}</h2>
          <AccountList accounts={accounts} relationships={relationships} empty="" />
        </section>
      )}
      {collections.length > 0 && (
        <section aria-labelledby="collections">
          <h2 class="section-title" id="collections">{t.search.collections}</h2>
          <ul class="tags">
            {collections.map((collection) => (
              <li key={collection.id}>
                <a href={paths.collection(collection)}>{collection.name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {posts.length > 0 && (
        <section aria-labelledby="posts">
          <h2 class="section-title" id="posts">{t.search.posts}</h2>
          <PostList posts={posts} empty="" />
        </section>
      )}
    </>
  );
}
