import type { Ctx } from "./ctx.ts";

/** What is under way in this process and may be shared, by name. Built once, in `wiring/boot.ts`. */
export type UnderWay = Map<string, Promise<unknown>>;

/** Whoever asks for the same while it is under way gets the same answer, or the same failure. */
export function together<T>(ctx: Pick<Ctx, "underWay">, name: string, work: () => Promise<T>): Promise<T> {
  const known = ctx.underWay.get(name) as Promise<T> | undefined;
  if (known) return known;
  const begun = work().finally(() => ctx.underWay.delete(name));
  ctx.underWay.set(name, begun);
  return begun;
}

/**
 * The same for work that must not have begun before it was asked for: whoever comes while it is under way shares
 * the next one.
 */
export function togetherNext(
  { underWay }: Pick<Ctx, "underWay">,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  const next = `${name}, next`;
  const waiting = underWay.get(next) as Promise<void> | undefined;
  if (waiting) return waiting;
  const begun = Promise.allSettled([underWay.get(name)]).then(() => {
    underWay.delete(next);
    const current = work().finally(() => {
      if (underWay.get(name) === current) underWay.delete(name);
    });
    underWay.set(name, current);
    return current;
  });
  underWay.set(next, begun);
  return begun;
}
