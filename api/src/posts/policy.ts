import { type Account, isLocal } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden } from "../base/errors.ts";
import { type Ties, tiesOf } from "./policy_store.ts";
import { type Interaction, isPublic, type Post, type Rule } from "./post.ts";

/** Who may do what with a post: GoToSocial's interaction policies, and FEP-044f's for quotes. */

export type Verdict = "automatic" | "manual" | "denied";

const everybody: Rule = { automatic: ["public"], manual: [] };
export const nobody: Rule = { automatic: [], manual: [] };

/** The rule that holds. Nobody is quoted whose server has never heard of consent; who lives here, is if all see it. */
export function ruleOf(post: Pick<Post, "policy" | "isLocal" | "visibility">, what: Interaction): Rule {
  const said = post.policy[what];
  if (what !== "quote") return said ?? everybody;
  if (!isPublic(post)) return nobody;
  return said ?? (post.isLocal ? everybody : nobody);
}

/** Whether `who` may. What names them counts more than what names many; in doubt they need not ask. */
export function verdictOn(
  post: Pick<Post, "authorId" | "policy" | "isLocal" | "visibility">,
  who: { id: string; uri: string },
  ties: Ties,
  what: Interaction,
): Verdict {
  if (what === "quote" && post.visibility === "direct") return "denied";
  if (who.id === post.authorId || (what === "reply" && ties.isMentioned)) return "automatic";
  const rule = ruleOf(post, what);
  const circles = [ties.follows && "followers", ties.isFollowed && "following"].filter((one) =>
    one !== false
  );
  for (const names of [[who.uri], circles, ["public"]]) {
    if (rule.automatic.some((circle) => names.includes(circle))) return "automatic";
    if (rule.manual.some((circle) => names.includes(circle))) return "manual";
  }
  return "denied";
}

/** The same, with the ties looked up where they matter. */
export async function verdictFor(
  ctx: Ctx,
  who: Pick<Account, "id" | "uri">,
  post: Post,
  what: Interaction,
): Promise<Verdict> {
  if (post.policy[what] === undefined && ruleOf(post, what).automatic.includes("public")) return "automatic";
  return verdictOn(post, who, await tiesOf(ctx.db, who.id, post), what);
}

/**
 * Throws `Forbidden` where `who` may not. Held for our members' posts against everybody, and for everybody's against
 * our members; what others do with each other, their servers decide.
 */
export async function requireLeave(ctx: Ctx, who: Account, post: Post, what: Interaction): Promise<void> {
  if (!post.isLocal && !isLocal(who)) return;
  if (await verdictFor(ctx, who, post, what) === "denied") throw new Forbidden();
}
