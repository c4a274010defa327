import type { Ctx } from "../base/ctx.ts";
import { findMentions } from "../base/text.ts";
import { resolveHandle } from "./remote.ts";

/** Milliseconds that somebody who posts waits for other servers at the most. */
const patience = 4_000;
const mostStrangers = 10;

/**
 * Has those looked up whom a text names and nobody here has met. Whoever is not found in a moment isn't: nothing
 * fails because of them.
 */
export async function meetNamed(ctx: Ctx, text: string): Promise<void> {
  const handles = findMentions(text)
    .filter(({ domain }) => domain !== undefined && domain !== ctx.config.handleDomain)
    .map(({ username, domain }) => `${username}@${domain}`);
  if (handles.length === 0) return;
  const meetings = handles.slice(0, mostStrangers).map((handle) => resolveHandle(ctx, handle));
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    Promise.allSettled(meetings),
    new Promise((resolve) => timer = setTimeout(resolve, patience)),
  ]);
  clearTimeout(timer);
}
