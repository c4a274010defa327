import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Attachment, AttachmentKind, Focus, RemoteAttachment, ShownBefore } from "./attachment.ts";

/** The columns of an attachment in our words: `select ${attachmentColumns} from ${attachmentTables}`. */
export const attachmentColumns = sql`
  t.id, t.account_id as "accountId", t.post_id as "postId", t.kind, t.state, t.failure, t.file_key as "fileKey",
  f.extension, f.small_bytes is not null as "hasPreview", t.preview_key as "previewKey", t.remote_url as "remoteUrl",
  t.remote_preview_url as "remotePreviewUrl", t.content_type as "contentType", t.description,
  t.focus_x as "focusX", t.focus_y as "focusY", t.blurhash, t.width, t.height, t.small_width as "smallWidth",
  t.small_height as "smallHeight", t.duration, t.frame_rate as "frameRate", t.bitrate`;
export const attachmentTables = sql`attachments t left join media_files f on f.key = t.file_key`;

/** What these posts show, in its order, by post. */
export async function attachmentsByPost(
  db: Db,
  postIds: readonly string[],
): Promise<Map<string, Attachment[]>> {
  if (postIds.length === 0) return new Map();
  const { rows } = await sql<Attachment & { postId: string }>`
    select ${attachmentColumns} from ${attachmentTables}
    where t.post_id = any(${postIds}::bigint[]) and t.position is not null
    order by t.post_id, t.position`.execute(db);
  return Map.groupBy(rows, (row) => row.postId);
}

/** What a post shows, in its order. */
export async function attachmentsOf(db: Db, postId: string): Promise<Attachment[]> {
  return (await attachmentsByPost(db, [postId])).get(postId) ?? [];
}

/** What a post shows or has ever shown, by id. */
export async function attachmentsEverOf(db: Db, postId: string): Promise<Map<string, Attachment>> {
  const { rows } = await sql<Attachment>`
    select ${attachmentColumns} from ${attachmentTables} where t.post_id = ${postId}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** How a post shows what it shows, for its history. */
export async function shownNow(db: Db, postId: string): Promise<ShownBefore[]> {
  return (await attachmentsOf(db, postId)).map(({ id, description }) => ({ id, description }));
}

/**
 * Those of these uploads that a post of this author may show: what no other post has, nor waits for. Locked until the transaction
 * ends, so that two posts that want the same take turns.
 */
export async function lockUploads(
  db: Db,
  post: { id: string; authorId: string },
  ids: readonly string[],
): Promise<Map<string, Attachment>> {
  const { rows } = await sql<Attachment>`
    select ${attachmentColumns} from ${attachmentTables}
    where t.id = any(${ids}::bigint[]) and t.account_id = ${post.authorId} and t.remote_url is null
      and (t.post_id is null or t.post_id = ${post.id}) and t.scheduled_id is null
    order by t.id for update of t`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** From now on a post shows these of its own and no others; what it showed before stays in its history. */
export async function placeInPost(db: Db, postId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update attachments set position = null where post_id = ${postId} and id <> all(${ids}::bigint[])`
    .execute(db);
  await sql`
    update attachments t set post_id = ${postId}, position = o.place, loose_since = null
    from unnest(${ids}::bigint[]) with ordinality as o (id, place) where t.id = o.id`.execute(db);
}

/** They wait for a post whose time has not come. */
export async function holdUploads(db: Db, scheduledId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update attachments set scheduled_id = ${scheduledId}, loose_since = null
    where id = any(${ids}::bigint[])`.execute(db);
}

/** They wait no more. */
export async function freeHeld(db: Db, scheduledId: string, at: Temporal.Instant): Promise<void> {
  await sql`
    update attachments set scheduled_id = null, loose_since = ${at}
    where scheduled_id = ${scheduledId}`.execute(db);
}

/** What may be said anew of an attachment; what is undefined stays. */
export interface AttachmentChange {
  description?: string | null;
  focus?: Focus;
  /** The picture that stands for film or sound. */
  previewKey?: string;
}

/** Says it anew, and answers whether it was different. */
export async function updateAttachment(db: Db, id: string, change: AttachmentChange): Promise<boolean> {
  const { description, focus, previewKey } = change;
  const { numAffectedRows } = await sql`
    update attachments t set description = n.description, focus_x = n.focus_x, focus_y = n.focus_y,
      preview_key = n.preview_key
    from (select id,
        case when ${description !== undefined}::boolean then ${description ?? null}::text
          else description end as description,
        coalesce(${focus?.x ?? null}::real, focus_x) as focus_x,
        coalesce(${focus?.y ?? null}::real, focus_y) as focus_y,
        coalesce(${previewKey ?? null}::text, preview_key) as preview_key
      from attachments where id = ${id}) n
    where t.id = n.id and (t.description, t.focus_x, t.focus_y, t.preview_key)
      is distinct from (n.description, n.focus_x, n.focus_y, n.preview_key)`.execute(db);
  return numAffectedRows === 1n;
}

/** A post from elsewhere shows these from now on. What it had shown under the same address keeps its id. */
export async function placeRemote(
  db: Db,
  post: { id: string; authorId: string },
  attachments: readonly RemoteAttachment[],
): Promise<void> {
  const rows = attachments.map((one, index) => ({ ...one, ...one.focus, place: index + 1 }));
  const told = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (
    place smallint, kind text, "remoteUrl" text, "remotePreviewUrl" text, "contentType" text, description text,
    x real, y real, blurhash text, width integer, height integer, duration real)`;
  await sql`update attachments set position = null where post_id = ${post.id}`.execute(db);
  await sql`
    update attachments t set position = n.place, kind = n.kind, remote_preview_url = n."remotePreviewUrl",
      content_type = n."contentType", description = n.description, focus_x = n.x, focus_y = n.y,
      blurhash = n.blurhash, width = n.width, height = n.height, duration = n.duration
    from ${told} where t.post_id = ${post.id} and t.remote_url = n."remoteUrl"`.execute(db);
  await sql`
    insert into attachments (account_id, post_id, position, kind, remote_url, remote_preview_url, content_type,
      description, focus_x, focus_y, blurhash, width, height, duration, loose_since)
    select ${post.authorId}::bigint, ${post.id}::bigint, n.place, n.kind, n."remoteUrl", n."remotePreviewUrl",
      n."contentType", n.description, n.x, n.y, n.blurhash, n.width, n.height, n.duration, null
    from ${told} where not exists (
      select 1 from attachments t where t.post_id = ${post.id} and t.remote_url = n."remoteUrl")`.execute(db);
}

/** What a post shows that is about to go may be shown in another: its author may want to write it anew. */
export async function letGo(db: Db, postId: string, at: Temporal.Instant): Promise<void> {
  await sql`
    update attachments set post_id = null, position = null, loose_since = ${at}
    where post_id = ${postId} and position is not null and remote_url is null`.execute(db);
}

export async function attachmentById(db: Db, id: string): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`
    select ${attachmentColumns} from ${attachmentTables} where t.id = ${id}`.execute(db);
  return rows[0];
}

/** An upload of this account that no post has taken. */
export async function looseUpload(db: Db, accountId: string, id: string): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`
    select ${attachmentColumns} from ${attachmentTables}
    where t.id = ${id} and t.account_id = ${accountId} and t.post_id is null and t.remote_url is null`
    .execute(
      db,
    );
  return rows[0];
}

/** Those of these that this account uploaded, whether a post has taken them or not. */
export async function attachmentsOwned(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, Attachment>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Attachment>`
    select ${attachmentColumns} from ${attachmentTables}
    where t.id = any(${ids}::bigint[]) and t.account_id = ${accountId} and t.remote_url is null`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A new upload that is not ready yet; answers its id. */
export async function insertUpload(
  db: Db,
  { accountId, kind, at }: { accountId: string; kind: AttachmentKind; at: Temporal.Instant },
): Promise<string> {
  const { rows: [row] } = await sql<{ id: string }>`
    insert into attachments (id, account_id, kind, state, created_at, loose_since)
    values (new_id(${at}), ${accountId}, ${kind}, 'processing', ${at}, ${at}) returning id`.execute(db);
  return row!.id;
}

/** What is known of an upload once it is ready. */
export interface Ready {
  key: string;
  contentType: string;
  kind: AttachmentKind;
  blurhash: string | null;
  width: number | null;
  height: number | null;
  smallWidth: number | null;
  smallHeight: number | null;
  duration?: number | null;
  frameRate?: string | null;
  bitrate?: number | null;
}

export async function readyAttachment(db: Db, id: string, ready: Ready): Promise<void> {
  await sql`
    update attachments set state = 'ready', kind = ${ready.kind}, file_key = ${ready.key},
      content_type = ${ready.contentType}, blurhash = ${ready.blurhash}, width = ${ready.width},
      height = ${ready.height}, small_width = ${ready.smallWidth}, small_height = ${ready.smallHeight},
      duration = ${ready.duration ?? null}, frame_rate = ${ready.frameRate ?? null},
      bitrate = ${ready.bitrate ?? null}
    where id = ${id}`.execute(db);
}

export async function failAttachment(db: Db, id: string, why: string): Promise<void> {
  await sql`update attachments set state = 'failed', failure = ${why} where id = ${id}`.execute(db);
}

/** False where a post has taken it meanwhile, or waits for it, or it is gone. */
export async function deleteUpload(db: Db, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from attachments where id = ${id} and post_id is null and scheduled_id is null`.execute(
      db,
    );
  return numAffectedRows === 1n;
}
