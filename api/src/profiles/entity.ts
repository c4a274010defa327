import type { Account } from "../accounts/account.ts";
import { type FieldEntity, toEntity } from "../accounts/entity.ts";
import type { Ctx } from "../base/ctx.ts";
import type { FeaturedTag } from "./featured_tag.ts";

/** Mastodon's `FeaturedTag`. */
export interface FeaturedTagEntity {
  id: string;
  name: string;
  url: string;
  /** A text there. */
  statuses_count: string;
  last_status_at: string | null;
}

/** Mastodon's `Profile`: what its owner edits. Texts are as typed. */
export interface ProfileEntity {
  id: string;
  display_name: string;
  note: string;
  fields: FieldEntity[];
  /** Null where there is no picture: then everybody else sees one that stands for none. */
  avatar: string | null;
  avatar_static: string | null;
  avatar_description: string;
  header: string | null;
  header_static: string | null;
  header_description: string;
  locked: boolean;
  bot: boolean;
  hide_collections: boolean | null;
  discoverable: boolean | null;
  indexable: boolean;
  show_media: boolean;
  show_media_replies: boolean;
  show_featured: boolean;
  attribution_domains: string[];
  featured_tags: FeaturedTagEntity[];
}

/** A hashtag on the profile of `account`. */
export function toFeaturedTag(ctx: Ctx, tag: FeaturedTag): FeaturedTagEntity {
  return {
    id: tag.id,
    name: tag.name,
    url: `${ctx.config.baseUrl}/tags/${encodeURIComponent(tag.tag)}`,
    statuses_count: String(tag.postsCount),
    last_status_at: tag.lastPostAt?.toString().slice(0, 10) ?? null,
  };
}

/** A member's own profile, with the hashtags that it shows. */
export function toProfile(ctx: Ctx, account: Account, featured: readonly FeaturedTag[]): ProfileEntity {
  const shown = toEntity(ctx, account);
  return {
    id: shown.id,
    display_name: shown.display_name,
    note: account.bioSource ?? "",
    fields: account.fields.map((field, index) => ({
      name: field.name,
      value: field.source ?? "",
      verified_at: shown.fields[index]?.verified_at ?? null,
    })),
    avatar: account.avatarKey && shown.avatar,
    avatar_static: account.avatarKey && shown.avatar_static,
    avatar_description: shown.avatar_description,
    header: account.headerKey && shown.header,
    header_static: account.headerKey && shown.header_static,
    header_description: shown.header_description,
    locked: shown.locked,
    bot: shown.bot,
    hide_collections: shown.hide_collections,
    discoverable: shown.discoverable,
    indexable: shown.indexable,
    show_media: shown.show_media,
    show_media_replies: shown.show_media_replies,
    show_featured: shown.show_featured,
    attribution_domains: account.attributionDomains,
    featured_tags: featured.map((tag) => toFeaturedTag(ctx, tag)),
  };
}
