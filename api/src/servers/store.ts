import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** These servers were heard. It is written down once a minute at most. */
export async function noteHeard(db: Db, hosts: readonly string[], at: Temporal.Instant): Promise<void> {
  await sql`
    insert into servers as s (host, first_seen_at, last_heard_at)
    select host, ${at}, ${at} from unnest(${hosts}::text[]) as host order by host
    on conflict (host) do update set last_heard_at = excluded.last_heard_at
      where s.last_heard_at is null or s.last_heard_at < excluded.last_heard_at - interval '1 minute'`
    .execute(db);
}
