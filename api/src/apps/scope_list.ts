import { covers, isScope, type Scope } from "../auth/scopes.ts";

/** What whoever names no scope asks for. */
const usual: Scope = "read";

/** The scopes of a list such as `read write:statuses`; undefined where one of them is none. */
export function readScopes(text: string | undefined): Scope[] | undefined {
  const words = [...new Set((text ?? "").split(/[\s,]+/).filter((word) => word !== ""))];
  if (words.length === 0) return [usual];
  return words.every(isScope) ? words : undefined;
}

/** Whether an app that was registered for `registered` may ask for all of these. */
export function mayAsk(registered: readonly Scope[], asked: readonly Scope[]): boolean {
  return asked.every((scope) => covers(registered, scope));
}
