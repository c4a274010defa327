import { type AccountEntity, timestamp, toEntity } from "../accounts/entity.ts";
import { accountsById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Warning } from "./warning.ts";
import { warningsById } from "./warning_store.ts";

/** Mastodon's `AccountWarning`. */
export interface WarningEntity {
  id: string;
  action: Warning["action"];
  text: string;
  status_ids: string[] | null;
  target_account: AccountEntity;
  /** Nobody appeals here but by writing to the moderators. */
  appeal: null;
  created_at: string;
}

/** These warnings in the order given; those of whoever is gone are left out. */
export async function showWarnings(ctx: Ctx, ids: readonly string[]): Promise<WarningEntity[]> {
  if (ids.length === 0) return [];
  const warnings = await warningsById(ctx.db, ids);
  const accounts = await accountsById(ctx.db, [...warnings.values().map(({ accountId }) => accountId)]);
  return ids.flatMap((id) => {
    const warning = warnings.get(id);
    const whom = warning && accounts.get(warning.accountId);
    return whom ? toWarning(warning, toEntity(ctx, whom)) : [];
  });
}

function toWarning(warning: Warning, whom: AccountEntity): WarningEntity {
  const { id, action, text, postIds, createdAt } = warning;
  return {
    ...{ id, action, text },
    status_ids: postIds.length > 0 ? postIds : null,
    target_account: whom,
    appeal: null,
    created_at: timestamp(createdAt),
  };
}
