import type { Ctx } from "../base/ctx.ts";
import { insertInstance } from "./store.ts";

/**
 * Remembers where this server lives, the first time; later it must be the same, because every id that other
 * servers know begins with it. Throws with what to do where it is not.
 */
export async function rememberIdentity(ctx: Ctx): Promise<void> {
  const { baseUrl, handleDomain } = ctx.config;
  const known = await insertInstance(ctx.db, { baseUrl, handleDomain });
  if (known.baseUrl === baseUrl && known.handleDomain === handleDomain) return;
  throw new Error(
    `This database belongs to ${known.baseUrl} (handles end in @${known.handleDomain}), but the settings say ` +
      `${baseUrl} (@${handleDomain}). Other servers know everybody here by the old address, so it can't change: ` +
      `set BASE_URL=${known.baseUrl} and HANDLE_DOMAIN=${known.handleDomain}, or use another database`,
  );
}
