import { instanceActor } from "../accounts/instance_actor.ts";
import { accountById } from "../accounts/store.ts";
import type { Listeners } from "../base/events.ts";
import { deliver } from "../delivery/deliver.ts";
import { urisOfPosts } from "../posts/uri_store.ts";
import { toFlag } from "./activity.ts";
import { reportById } from "./store.ts";

/** What another server hears of reports about those who live there: only what its reporter wants it to. */
export const outbox: Listeners = {
  "report.made": async (ctx, { reportId }) => {
    const report = await reportById(ctx.db, reportId);
    if (!report?.isForwarded) return;
    const whom = await accountById(ctx.db, report.accountId);
    if (!whom) return; // gone meanwhile
    const actor = await instanceActor(ctx);
    const postUris = await urisOfPosts(ctx.db, report.postIds);
    await deliver(ctx, actor, toFlag(actor.uri, report, whom.uri, postUris), { accountIds: [whom.id] });
  },
};
