import { timestamp } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import { severancesById } from "./severance_store.ts";

/** Mastodon's `RelationshipSeveranceEvent`. */
export interface SeveranceEntity {
  id: string;
  type: "user_domain_block";
  /** Whether its details are gone. */
  purged: boolean;
  target_name: string;
  followers_count: number;
  following_count: number;
  created_at: string;
}

export async function showSeverances(ctx: Ctx, ids: readonly string[]): Promise<SeveranceEntity[]> {
  if (ids.length === 0) return [];
  return (await severancesById(ctx.db, ids)).map((one) => ({
    id: one.id,
    type: "user_domain_block",
    purged: false,
    target_name: one.domain,
    followers_count: one.followersCount,
    following_count: one.followingCount,
    created_at: timestamp(one.createdAt),
  }));
}
