import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { keyset, newestFirst, type Page } from "../base/page.ts";
import { boostIsWelcome, type Viewer, visibleTo } from "../posts/visibility.ts";
import { showsMedia } from "./filters.ts";

/** What of an account is asked for. */
export interface AccountChoice {
  excludesReplies?: boolean;
  excludesBoosts?: boolean;
  onlyMedia?: boolean;
  /** A hashtag's normalised name. */
  tag?: string;
}

/** What an account has posted and passed on. Muting it hides it elsewhere, not on its own page. */
export async function accountFeed(
  db: Db,
  viewer: Viewer,
  accountId: string,
  choice: AccountChoice,
  page: Page,
): Promise<string[]> {
  const { where, tail } = keyset(sql`p.id`, page);
  const { rows } = await sql<{ id: string }>`
    select p.id from posts p
    where p.author_id = ${accountId} and ${where}
      and (${!choice.excludesReplies}::boolean or (p.reply_to_id is null and p.reply_to_uri is null)
        or p.reply_to_account_id = p.author_id)
      and (${!choice.excludesBoosts}::boolean or p.boost_of_id is null)
      and (${!choice.onlyMedia}::boolean or ${showsMedia()})
      and (${choice.tag ?? null}::text is null or exists (
        select 1 from post_tags pt join tags t on t.id = pt.tag_id
        where pt.post_id = p.id and t.name = ${choice.tag ?? null}))
      and ${visibleTo(viewer)} and ${boostIsWelcome(viewer)}
    ${tail}`.execute(db);
  return newestFirst(rows, page).map((row) => row.id);
}

/** What an account has pinned to its profile, last pinned first. */
export async function pinnedFeed(db: Db, viewer: Viewer, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from pins x join posts p on p.id = x.post_id
    where x.account_id = ${accountId} and ${visibleTo(viewer)} order by x.id desc`.execute(db);
  return rows.map((row) => row.id);
}
