import type { Account } from "../accounts/account.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden } from "../base/errors.ts";
import { deleteMute, putMute } from "./block_store.ts";

/** How somebody is muted. */
export interface MuteOptions {
  /** Whether their notifications stay away, too. */
  hidesNotifications: boolean;
  /** In seconds; 0: until it is taken back. */
  duration: number;
}

/** `who` does not come across `whom` any more. Nobody else hears of it. Muting again replaces the old mute. */
export async function mute(ctx: Ctx, who: Account, whom: Account, options: MuteOptions): Promise<void> {
  if (who.id === whom.id) throw new Forbidden();
  const { hidesNotifications, duration } = options;
  const expiresAt = duration > 0 ? ctx.now().add({ seconds: duration }) : null;
  await putMute(ctx.db, who.id, whom.id, { hidesNotifications, expiresAt });
}

export async function unmute(ctx: Ctx, who: Account, whom: Account): Promise<void> {
  await deleteMute(ctx.db, who.id, whom.id);
}
