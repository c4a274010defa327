import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import { updatePolicy } from "./policy_store.ts";
import type { Policy, Post } from "./post.ts";

/** Says anew who may do what with a post; what `change` does not name stays. What was done already stays, too. */
export async function changePolicy(
  ctx: Ctx,
  post: Pick<Post, "id" | "policy">,
  change: Policy,
): Promise<void> {
  const policy = { ...post.policy, ...change };
  if (JSON.stringify(policy) === JSON.stringify(post.policy)) return;
  await transaction(ctx, async (ctx) => {
    await updatePolicy(ctx.db, post.id, policy);
    await emit(ctx, "post.policyChanged", { postId: post.id });
  });
}
