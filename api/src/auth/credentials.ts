import type { Account } from "../accounts/account.ts";
import { type AccountEntity, accountRoles, type FieldEntity, toEntity } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import { maxCollections } from "../instance/limits.ts";
import type { Member, QuotePolicy, Role, Visibility } from "./member.ts";
import { countFollowRequests } from "./store.ts";

/** Mastodon's `Role`. */
export interface RoleEntity {
  id: string;
  name: string;
  color: string;
  permissions: string;
  highlighted: boolean;
  collection_limit: number;
}

/** Mastodon's `CredentialAccount`: what only its owner is told. */
export interface CredentialEntity extends AccountEntity {
  source: {
    attribution_domains: string[];
    privacy: Visibility;
    sensitive: boolean;
    language: string | null;
    quote_policy: QuotePolicy;
    note: string;
    fields: FieldEntity[];
    follow_requests_count: number;
    hide_collections: boolean;
    discoverable: boolean;
    indexable: boolean;
  };
  role: RoleEntity;
}

/** A member's own account, with what forms need to edit it. */
export async function showCredentials(
  ctx: Ctx,
  account: Account,
  member: Member,
): Promise<CredentialEntity> {
  return toCredentials(ctx, account, member, await countFollowRequests(ctx.db, account.id));
}

/** The same where it is known how many wait to follow. */
export function toCredentials(
  ctx: Ctx,
  account: Account,
  member: Member,
  followRequests: number,
): CredentialEntity {
  const entity = toEntity(ctx, account);
  return {
    ...entity,
    source: {
      attribution_domains: account.attributionDomains,
      privacy: member.defaultVisibility,
      sensitive: member.defaultSensitive,
      language: member.defaultLanguage,
      quote_policy: member.defaultQuotePolicy,
      note: account.bioSource ?? "",
      fields: account.fields.map((field, index) => ({
        name: field.name,
        value: field.source ?? "",
        verified_at: entity.fields[index]?.verified_at ?? null,
      })),
      follow_requests_count: followRequests,
      hide_collections: account.hidesCollections,
      discoverable: account.isDiscoverable,
      indexable: account.isIndexable,
    },
    role: roles[member.role],
  };
}

/** The permissions are those of Mastodon's admin API, of which we have none. */
const rights = { permissions: "0", collection_limit: maxCollections };
const roles: Record<Role, RoleEntity> = {
  member: { id: "-99", name: "", color: "", highlighted: false, ...rights },
  moderator: { ...accountRoles.moderator, highlighted: true, ...rights },
  admin: { ...accountRoles.admin, highlighted: true, ...rights },
};
