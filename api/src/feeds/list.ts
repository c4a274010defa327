import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Page } from "../base/page.ts";
import type { List } from "../lists/list.ts";
import type { Viewer } from "../posts/visibility.ts";
import { walkThrough } from "./walk.ts";

/** What those on the viewer's list have posted: as in home, but for answers, which are as the list says. */
export function listFeed(db: Db, viewer: NonNullable<Viewer>, list: List, page: Page): Promise<string[]> {
  const isOn = (account: RawBuilder<unknown>) =>
    sql<boolean>`exists (
    select 1 from list_members m where m.list_id = ${list.id}::bigint and m.account_id = ${account})`;
  const answered = sql.ref("p.reply_to_account_id");
  const mayAnswer = { followed: sql`true`, list: isOn(answered), none: sql`false` }[list.replies];
  return walkThrough(db, viewer, page, {
    isAmong: isOn,
    welcome: sql`((p.reply_to_id is null and p.reply_to_uri is null)
      or p.reply_to_account_id in (p.author_id, ${viewer.id}::bigint) or ${mayAnswer})`,
  });
}
