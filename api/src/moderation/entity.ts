import type { Account } from "../accounts/account.ts";
import { type AccountEntity, timestamp, toEntity } from "../accounts/entity.ts";
import { accountsById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Report } from "./report.ts";
import { reportsById } from "./store.ts";

/** Mastodon's `Report`, every key always there. */
export interface ReportEntity {
  id: string;
  action_taken: boolean;
  action_taken_at: string | null;
  category: string;
  comment: string;
  forwarded: boolean;
  created_at: string;
  status_ids: string[] | null;
  rule_ids: string[] | null;
  collection_ids: string[] | null;
  target_account: AccountEntity;
}

/** A report as whoever made it sees it. */
export function showReport(ctx: Ctx, report: Report, whom: Account): ReportEntity {
  return {
    id: report.id,
    action_taken: report.resolvedAt !== null,
    action_taken_at: report.resolvedAt && timestamp(report.resolvedAt),
    category: report.category,
    comment: report.comment,
    forwarded: report.isForwarded,
    created_at: timestamp(report.createdAt),
    status_ids: report.postIds,
    rule_ids: report.ruleIds.map(String),
    collection_ids: [],
    target_account: toEntity(ctx, whom),
  };
}

/** These reports in the order given; what is gone, or whose account is gone, is left out. */
export async function showReports(ctx: Ctx, ids: readonly string[]): Promise<ReportEntity[]> {
  if (ids.length === 0) return [];
  const reports = await reportsById(ctx.db, ids);
  const accounts = await accountsById(ctx.db, [...reports.values().map(({ accountId }) => accountId)]);
  return ids.flatMap((id) => {
    const report = reports.get(id);
    const whom = report && accounts.get(report.accountId);
    return whom ? showReport(ctx, report, whom) : [];
  });
}
