import { type Account, isLocal } from "../accounts/account.ts";
import { notifyMember } from "../auth/notices.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { emit } from "../base/events.ts";
import { postsOf } from "./store.ts";
import { longestText, type Warning, type WarningDraft } from "./warning.ts";
import { insertWarning } from "./warning_store.ts";

/**
 * Warns a member, who is told so in their notifications and by mail. Posts that are not theirs are refused (422), as are
 * too many words, and whoever lives elsewhere: nobody there would hear of it.
 */
export async function warn(ctx: Ctx, whom: Account, draft: WarningDraft): Promise<Warning> {
  const text = draft.text.trim();
  if (!isLocal(whom)) throw new Invalid("Only members are warned: others live on servers of their own");
  if (text.length > longestText) throw new Invalid(`At most ${longestText} characters, please`);
  return await transaction(ctx, async (ctx) => {
    const postIds = await postsOf(ctx.db, whom.id, draft.postIds);
    const strange = draft.postIds.find((id) => !postIds.includes(id));
    if (strange !== undefined) throw new Invalid(`${strange} is no post of @${whom.username}'s`);
    const warning = await insertWarning(ctx.db, {
      ...{ accountId: whom.id, action: draft.action, text, postIds, createdAt: ctx.now() },
    });
    const { id: warningId } = warning;
    await emit(ctx, "member.warned", { warningId });
    await notifyMember(ctx, whom.id, "warned", { warningId }, warningId);
    return warning;
  });
}
