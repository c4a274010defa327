import { AccountList } from "../accounts/AccountList.tsx";
import { nameOf } from "../accounts/names.ts";
import type { Account, Collection, Relationship } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { textOf } from "../base/Html.tsx";
import { usePage } from "../base/page.tsx";
import { PageHeader } from "../base/PageHeader.tsx";
import { actions, paths } from "../base/paths.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";

export interface CollectionPageProps {
  collection: Collection;
  owner: Account;
  /** Who is in it. */
  accounts: Account[];
  relationships: Relationship[];
}

/** People whom somebody would show to others. Whoever is among them may leave. */
export function CollectionPage({ collection, owner, ...list }: CollectionPageProps) {
  const { t, viewer } = usePage();
  const { tag } = collection;
  const isIn = list.accounts.some(({ id }) => id === viewer?.account.id && id !== owner.id);
  return (
    <>
      <PageHeader title={collection.name} lead={textOf(collection.description, 200)}>
        {isIn && (
          <Form action={actions.leaveCollection(collection.id)}>
            <Button icon="close">{t.collections.leave}</Button>
          </Form>
        )}
      </PageHeader>
      <p class="section-lead">
        {t.collections.by(<a key="owner" href={paths.profile(owner)}>{nameOf(owner)}</a>)}
        {tag && (
          <>
            {" "}
            <a href={paths.tag(tag.name)}>#{tag.name}</a>
          </>
        )}
      </p>
      {collection.sensitive && <Notice kind="info">{t.collections.sensitive}</Notice>}
      <AccountList {...list} empty={t.collections.empty} />
    </>
  );
}
