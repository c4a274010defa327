import type { Account } from "../accounts/account.ts";
import { timestamp } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Relationship } from "./relationship.ts";
import { relationshipsTo } from "./store.ts";

/** Mastodon's `Relationship`, every key always there. */
export interface RelationshipEntity {
  id: string;
  following: boolean;
  showing_reblogs: boolean;
  notifying: boolean;
  languages: string[] | null;
  followed_by: boolean;
  blocking: boolean;
  blocked_by: boolean;
  muting: boolean;
  muting_notifications: boolean;
  muting_expires_at: string | null;
  requested: boolean;
  requested_by: boolean;
  domain_blocking: boolean;
  endorsed: boolean;
  note: string;
}

/** How `viewer` stands to each of these, in the order given. */
export async function showRelationships(
  ctx: Ctx,
  viewer: Account,
  ids: readonly string[],
): Promise<RelationshipEntity[]> {
  if (ids.length === 0) return [];
  const found = await relationshipsTo(ctx.db, viewer.id, ids);
  return ids.flatMap((id) => {
    const relationship = found.get(id);
    return relationship ? [toEntity(relationship)] : [];
  });
}

export async function showRelationship(ctx: Ctx, viewer: Account, id: string): Promise<RelationshipEntity> {
  const [relationship] = await showRelationships(ctx, viewer, [id]);
  return relationship!;
}

function toEntity(relationship: Relationship): RelationshipEntity {
  const { follow, request, mute } = relationship;
  const wish = follow ?? request;
  return {
    id: relationship.id,
    following: follow !== undefined,
    showing_reblogs: wish?.showsBoosts ?? false,
    notifying: wish?.notifies ?? false,
    languages: wish?.languages ?? null,
    followed_by: relationship.followedBy,
    blocking: relationship.blocking,
    blocked_by: relationship.blockedBy,
    muting: mute !== undefined,
    muting_notifications: mute?.hidesNotifications ?? false,
    muting_expires_at: mute?.expiresAt ? timestamp(mute.expiresAt) : null,
    requested: request !== undefined,
    requested_by: relationship.requestedBy,
    domain_blocking: relationship.domainBlocking,
    endorsed: relationship.endorsed,
    note: relationship.note,
  };
}
