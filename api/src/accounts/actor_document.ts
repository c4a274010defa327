import type { JsonObject } from "../base/activitystreams.ts";
import { withContext } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { isId } from "../base/ids.ts";
import { nothing } from "./account.ts";
import { toActor } from "./activity.ts";
import { actorById, type ActorRow } from "./actor_store.ts";
import { keysOf } from "./keys.ts";

/** An actor's document, or what stands where one was. */
export interface ActorDocument {
  document: JsonObject;
  isGone: boolean;
}

/** What other servers read about one of our accounts; undefined where there never was one. */
export async function actorDocument(ctx: Ctx, id: string): Promise<ActorDocument | undefined> {
  const row = isId(id) ? await actorById(ctx.db, id) : undefined;
  if (!row) return undefined;
  return row.deletedAt
    ? { document: tombstoneOf(row), isGone: true }
    : { document: await documentOf(ctx, row), isGone: false };
}

/** As it goes into an `Update`, too. A suspended account says nothing of itself, and that it is suspended. */
export async function documentOf(ctx: Ctx, row: ActorRow): Promise<JsonObject> {
  const { rsaPublicPem, ed25519PublicMultibase, alsoKnownAs, movedTo } = row;
  const keys = rsaPublicPem && ed25519PublicMultibase
    ? { rsaPublicPem, ed25519PublicMultibase }
    : await keysOf(ctx, row.account);
  const account = row.account.suspendedAt ? { ...row.account, ...nothing } : row.account;
  return toActor(ctx, account, keys, { alsoKnownAs, movedTo: movedTo ?? undefined });
}

function tombstoneOf({ account, deletedAt }: ActorRow): JsonObject {
  return withContext({
    id: account.uri,
    type: "Tombstone",
    deleted: deletedAt!.toString({ fractionalSecondDigits: 0 }),
  });
}
