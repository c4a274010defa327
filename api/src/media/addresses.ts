import type { Ctx } from "../base/ctx.ts";
import { isId } from "../base/ids.ts";
import { timingSafeEqual } from "../base/secrets.ts";
import type { Attachment } from "./attachment.ts";

/** Where media are: the one place that spells their addresses. They can't change once posts are out. */

type Addressing = Pick<Ctx, "config" | "secrets" | "isForMember">;

/** Where something of ours is. `name` is `original.EXT` or `small.webp`. */
export function ownAddress({ config }: Pick<Ctx, "config">, key: string, name: string): string {
  return `${config.mediaUrl}/media/${key}/${name}`;
}

/** Where the small picture of something of ours is; undefined where there is none. */
export function previewAddress(
  ctx: Pick<Ctx, "config">,
  { fileKey, hasPreview, previewKey }: Pick<Attachment, "fileKey" | "hasPreview" | "previewKey">,
): string | undefined {
  const key = previewKey ?? (hasPreview ? fileKey : null);
  return key === null ? undefined : ownAddress(ctx, key, "small.webp");
}

/** What of another server's can be had through us. */
export interface RemoteThing {
  what: "attachment" | "avatar" | "header" | "emoji" | "card";
  /** That of the attachment, the account, the emoji, the card. */
  id: string;
  /** Whether its small preview is meant, which never moves. */
  isSmall: boolean;
}

/**
 * Where something of another server's can be had through us; `url` is where it is there. The signature is over both,
 * so that nobody has us fetch what no post shows, and the address changes when the picture does. It also says whether
 * a member was told the address: strangers get what members have looked at, and make us fetch nothing.
 */
export function remoteAddress(ctx: Addressing, thing: RemoteThing, url: string): string {
  return `${ctx.config.baseUrl}/media/remote/${nameOf(thing)}/${signatureOf(ctx, thing, url)}`;
}

/** Whom `remoteAddress` told this signature for what is now at `url`; undefined where it was nobody. */
export function toldTo(
  ctx: Addressing,
  thing: RemoteThing,
  url: string,
  signature: string,
): "members" | "strangers" | undefined {
  const isFor = (isForMember: boolean) =>
    timingSafeEqual(signature, signatureOf({ ...ctx, isForMember }, thing, url));
  return isFor(true) ? "members" : isFor(false) ? "strangers" : undefined;
}

/** `avatar-123`, `attachment-123-small` */
function nameOf({ what, id, isSmall }: RemoteThing): string {
  return `${what}-${id}${isSmall ? "-small" : ""}`;
}

/** What such a name means; undefined where it means nothing. */
export function readRemoteName(name: string): RemoteThing | undefined {
  const [, what, id, small] = name.match(/^(attachment|avatar|header|emoji|card)-(\d{1,19})(-small)?$/) ?? [];
  if (!what || !id || !isId(id)) return undefined;
  return { what: what as RemoteThing["what"], id, isSmall: small !== undefined };
}

/** 128 bits. The original and its preview share one where they are made of the same. */
function signatureOf({ secrets, isForMember }: Addressing, { what, id }: RemoteThing, url: string): string {
  const purpose = isForMember ? "remote media, for members" : "remote media";
  return secrets.mac(`${what}-${id} ${url}`, purpose).slice(0, 22);
}
