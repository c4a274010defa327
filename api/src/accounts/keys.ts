import type { Ctx } from "../base/ctx.ts";
import { gate } from "../base/gate.ts";
import { insertKeys, type SealedKeys, sealedKeysOf } from "./key_store.ts";

/** With what an actor signs. Private keys are PKCS#8 (DER), open only in here. */
export interface Keys {
  /** SPKI, as `publicKeyPem` in an actor's document. */
  rsaPublicPem: string;
  rsaPrivate: Uint8Array<ArrayBuffer>;
  /** As `publicKeyMultibase` of FEP-521a. */
  ed25519PublicMultibase: string;
  ed25519Private: Uint8Array<ArrayBuffer>;
}

/** A pair takes a core for up to a second. */
const oneAtATime = gate(1, 10_000);

/**
 * The keys of one of our accounts, made when they are first needed. Who asks at the same moment gets the same
 * ones: the database keeps the first.
 */
export async function keysOf(
  ctx: Pick<Ctx, "db" | "secrets" | "newRsaPair">,
  account: { id: string },
): Promise<Keys> {
  const known = await sealedKeysOf(ctx.db, account.id);
  if (known) return await opened(ctx, account.id, known);
  await insertKeys(ctx.db, account.id, await sealed(ctx, account.id, await oneAtATime(() => makeKeys(ctx))));
  return await opened(ctx, account.id, (await sealedKeysOf(ctx.db, account.id))!);
}

async function makeKeys(ctx: Pick<Ctx, "newRsaPair">): Promise<Keys> {
  const { exportMultibaseKey } = await import("@fedify/vocab-runtime");
  const rsa = await ctx.newRsaPair();
  const ed25519 = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]) as CryptoKeyPair;
  return {
    rsaPublicPem: rsa.publicPem,
    rsaPrivate: rsa.privateKey,
    ed25519PublicMultibase: await exportMultibaseKey(ed25519.publicKey),
    ed25519Private: new Uint8Array(await crypto.subtle.exportKey("pkcs8", ed25519.privateKey)),
  };
}

/** What a sealed key is tied to: in another account's row, or another column, it does not open. */
const rsaOf = (accountId: string) => `accounts.rsa:${accountId}`;
const ed25519Of = (accountId: string) => `accounts.ed25519:${accountId}`;

async function sealed({ secrets }: Pick<Ctx, "secrets">, accountId: string, keys: Keys): Promise<SealedKeys> {
  return {
    rsaPublicPem: keys.rsaPublicPem,
    rsaPrivateSealed: await secrets.seal(keys.rsaPrivate, rsaOf(accountId)),
    ed25519PublicMultibase: keys.ed25519PublicMultibase,
    ed25519PrivateSealed: await secrets.seal(keys.ed25519Private, ed25519Of(accountId)),
  };
}

async function opened(
  { secrets }: Pick<Ctx, "secrets">,
  accountId: string,
  keys: SealedKeys,
): Promise<Keys> {
  return {
    rsaPublicPem: keys.rsaPublicPem,
    rsaPrivate: await secrets.open(keys.rsaPrivateSealed, rsaOf(accountId)),
    ed25519PublicMultibase: keys.ed25519PublicMultibase,
    ed25519Private: await secrets.open(keys.ed25519PrivateSealed, ed25519Of(accountId)),
  };
}
