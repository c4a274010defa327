import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { Account } from "./account.ts";
import { accountColumns, isLetIn } from "./store.ts";

/** One of our accounts with all that its document says; null what it has not got. */
export interface ActorRow {
  account: Account;
  rsaPublicPem: string | null;
  ed25519PublicMultibase: string | null;
  alsoKnownAs: string[];
  /** The URI of the account that it has moved to. */
  movedTo: string | null;
  deletedAt: Temporal.Instant | null;
}

type Row = Account & Omit<ActorRow, "account">;

/** By id; deleted ones, too. Who has not been let in is nobody yet. */
export async function actorById(db: Db, id: string): Promise<ActorRow | undefined> {
  const { rows: [row] } = await sql<Row>`
    select ${accountColumns}, k.rsa_public_pem as "rsaPublicPem",
      k.ed25519_public_multibase as "ed25519PublicMultibase", a.also_known_as as "alsoKnownAs",
      (select m.uri from accounts m where m.id = a.moved_to_id) as "movedTo", a.deleted_at as "deletedAt"
    from accounts a left join account_keys k on k.account_id = a.id
    where a.id = ${id} and a.domain is null and ${isLetIn}`.execute(db);
  if (!row) return undefined;
  const { rsaPublicPem, ed25519PublicMultibase, alsoKnownAs, movedTo, deletedAt, ...account } = row;
  return { account, rsaPublicPem, ed25519PublicMultibase, alsoKnownAs, movedTo, deletedAt };
}

/** The addresses of these accounts, in the order given. */
export async function urisOfAccounts(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ uri: string }>`
    select a.uri from unnest(${ids}::bigint[]) with ordinality as o (id, place)
      join accounts a on a.id = o.id order by o.place`.execute(db);
  return rows.map((row) => row.uri);
}
