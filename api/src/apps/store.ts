import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import type { App } from "./app.ts";

const columns = sql`
  a.id, a.client_id as "clientId", a.client_secret_hash as "clientSecretHash", a.name, a.website,
  a.redirect_uris as "redirectUris", a.scopes`;

export async function appByClientId(db: Db, clientId: string): Promise<App | undefined> {
  const { rows } = await sql<App>`
    select ${columns} from apps a where a.client_id = ${clientId}`.execute(db);
  return rows[0];
}

export async function appById(db: Db, id: string): Promise<App | undefined> {
  const { rows } = await sql<App>`select ${columns} from apps a where a.id = ${id}`.execute(db);
  return rows[0];
}

export async function insertApp(db: Db, app: Omit<App, "id">): Promise<App> {
  const { rows: [row] } = await sql<App>`
    insert into apps as a (client_id, client_secret_hash, name, website, redirect_uris, scopes)
    values (${app.clientId}, ${app.clientSecretHash}, ${app.name}, ${app.website},
      ${app.redirectUris}::text[], ${app.scopes}::text[])
    returning ${columns}`.execute(db);
  return row!;
}

/** An app that a member has let in. */
export interface AuthorisedApp extends Pick<App, "id" | "name" | "website" | "scopes"> {
  authorisedAt: Temporal.Instant;
}

/** The apps that hold a token of this member, the newest first. */
export async function appsOf(db: Db, accountId: string): Promise<AuthorisedApp[]> {
  const { rows } = await sql<AuthorisedApp>`
    select a.id, a.name, a.website, min(t.created_at) as "authorisedAt",
      array_agg(distinct granted.scope order by granted.scope) as scopes
    from tokens t join apps a on a.id = t.app_id, unnest(t.scopes) as granted (scope)
    where t.account_id = ${accountId}
    group by a.id order by min(t.created_at) desc`.execute(db);
  return rows;
}
