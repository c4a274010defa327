import { sql } from "kysely";
import type { Db } from "../base/db.ts";

/** An actor's keys as they lie in the database: the private ones sealed. */
export interface SealedKeys {
  rsaPublicPem: string;
  rsaPrivateSealed: Uint8Array;
  ed25519PublicMultibase: string;
  ed25519PrivateSealed: Uint8Array;
}

export async function sealedKeysOf(db: Db, accountId: string): Promise<SealedKeys | undefined> {
  const { rows } = await sql<SealedKeys>`
    select rsa_public_pem as "rsaPublicPem", rsa_private_sealed as "rsaPrivateSealed",
      ed25519_public_multibase as "ed25519PublicMultibase",
      ed25519_private_sealed as "ed25519PrivateSealed"
    from account_keys where account_id = ${accountId}`.execute(db);
  return rows[0];
}

/** Does nothing where the account has keys already: the first ones count. */
export async function insertKeys(db: Db, accountId: string, keys: SealedKeys): Promise<void> {
  await sql`
    insert into account_keys (account_id, rsa_public_pem, rsa_private_sealed, ed25519_public_multibase,
      ed25519_private_sealed)
    values (${accountId}, ${keys.rsaPublicPem}, ${keys.rsaPrivateSealed}, ${keys.ed25519PublicMultibase},
      ${keys.ed25519PrivateSealed})
    on conflict (account_id) do nothing`.execute(db);
}
