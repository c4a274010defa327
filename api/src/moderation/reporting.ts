import { type Account, isLocal } from "../accounts/account.ts";
import { notifyMember } from "../auth/notices.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { NotFound } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import type { Report, ReportDraft } from "./report.ts";
import { insertReport, postsOf, reportById, updateResolution } from "./store.ts";

/**
 * Reports `whom` to the moderators. Of the posts those count that are theirs; a member learns nothing of such as
 * they may not see, and from elsewhere a whole server reports, which sees none. The same report from there once
 * more is the same report.
 */
export async function report(ctx: Ctx, who: Account, whom: Account, draft: ReportDraft): Promise<Report> {
  const { uri = null, postIds, comment, ruleIds = [], category = "other", forward = false } = draft;
  return await transaction(ctx, async (ctx) => {
    const id = await insertReport(ctx.db, {
      uri,
      reporterId: who.id,
      accountId: whom.id,
      postIds: await postsOf(ctx.db, whom.id, postIds, isLocal(who) ? who : undefined),
      comment,
      category: ruleIds.length > 0 ? "violation" : category,
      ruleIds: [...ruleIds],
      isForwarded: forward && !isLocal(whom),
    });
    await emit(ctx, "report.made", { reportId: id });
    return (await reportById(ctx.db, id))!;
  });
}

/** A moderator has dealt with it: whoever made the report here is told so by mail, once. */
export async function resolveReport(ctx: Ctx, reportId: string): Promise<Report> {
  return await transaction(ctx, async (ctx) => {
    const isNew = await updateResolution(ctx.db, reportId, ctx.now());
    const resolved = await reportById(ctx.db, reportId);
    if (!resolved) throw new NotFound(`There is no report ${reportId}`);
    const { reporterId } = resolved;
    if (isNew && reporterId) await notifyMember(ctx, reporterId, "reportResolved", { reportId }, reportId);
    return resolved;
  });
}
