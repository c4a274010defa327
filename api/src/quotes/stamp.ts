import type { Ctx } from "../base/ctx.ts";
import { FetchFailed } from "../base/fetched.ts";
import { sameHost } from "../base/loosely.ts";
import { fetchObject } from "../delivery/read.ts";
import { isStampFor } from "./activity.ts";

/** Which post quotes which, and who has to agree. */
export interface Named {
  authorUri: string;
  quotedUri: string;
  postUri: string;
}

/**
 * Whether the quoted author's own server says that they agree: anybody else could say so of them. Throws `FetchFailed`
 * where it may say so another time.
 */
export async function isStamped(ctx: Ctx, stampUri: string, named: Named): Promise<boolean> {
  if (!sameHost(stampUri, named.authorUri)) return false;
  try {
    return await isStampFor(await fetchObject(ctx, stampUri), named);
  } catch (error) {
    if (error instanceof FetchFailed && error.permanent) return false;
    throw error;
  }
}
