import type { Ctx } from "../base/ctx.ts";
import { ownAddress, remoteAddress } from "./addresses.ts";

/** Somebody's avatar or header, as their account has it. */
export interface Picture {
  /** The key of ours. */
  key: string | null;
  /** Where another server has theirs. */
  url: string | null;
}

/** The addresses under which a picture is shown; undefined where there is none. */
export interface ShownPicture {
  /** It may move. */
  url: string;
  /** It never does. */
  still: string;
}

/** Where an account's avatar or header can be had. */
export function showPicture(
  ctx: Pick<Ctx, "config" | "secrets" | "isForMember">,
  what: "avatar" | "header",
  accountId: string,
  { key, url }: Picture,
): ShownPicture | undefined {
  if (key) return { url: ownAddress(ctx, key, "original.webp"), still: ownAddress(ctx, key, "small.webp") };
  if (!url) return undefined;
  const thing = { what, id: accountId };
  return {
    url: remoteAddress(ctx, { ...thing, isSmall: false }, url),
    still: remoteAddress(ctx, { ...thing, isSmall: true }, url),
  };
}
