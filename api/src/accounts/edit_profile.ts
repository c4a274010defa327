import { complain, type Fault } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import { countCharacters } from "../base/text.ts";
import {
  maxAttributionDomains,
  maxBio,
  maxDisplayName,
  maxFieldName,
  maxFields,
  maxFieldValue,
  maxPictureDescription,
} from "../instance/limits.ts";
import type { Account, Field } from "./account.ts";
import { type Pictures, placePictures, setPictures } from "./pictures.ts";
import { type ProfileChange, updateProfile } from "./store.ts";
import { renderLine, renderText } from "./typed_text.ts";

/** One row of a profile, as typed. */
export interface FieldDraft {
  name: string;
  value: string;
}

/** What its owner wants to change about a profile; what is undefined stays. Texts are as typed. */
export interface ProfileDraft extends Pictures {
  displayName?: string;
  bio?: string;
  fields?: FieldDraft[];
  /** Of a new picture that nobody describes nothing is said. */
  avatarDescription?: string;
  headerDescription?: string;
  isBot?: boolean;
  isLocked?: boolean;
  isDiscoverable?: boolean;
  isIndexable?: boolean;
  hidesCollections?: boolean;
  showsMedia?: boolean;
  showsMediaReplies?: boolean;
  showsFeatured?: boolean;
  /** Host names, or addresses of which only the host counts. */
  attributionDomains?: string[];
}

/** Changes a profile. `locale` is the language of the complaint about what is too long. */
export async function editProfile(
  ctx: Ctx,
  account: Account,
  draft: ProfileDraft,
  locale?: string,
): Promise<void> {
  const displayName = draft.displayName?.trim();
  const bio = draft.bio?.replaceAll("\r\n", "\n").trim();
  const descriptions = {
    avatarDescription: described(draft.avatar, draft.avatarDescription),
    headerDescription: described(draft.header, draft.headerDescription),
  };
  const fields = draft.fields?.map(trimmed).filter(({ name, value }) => name !== "" || value !== "");
  const domains = draft.attributionDomains?.map(hostIn).filter((host) => host !== "");
  const faults = {
    display_name: tooLong(displayName, maxDisplayName),
    note: tooLong(bio, maxBio),
    avatar_description: tooLong(descriptions.avatarDescription, maxPictureDescription),
    header_description: tooLong(descriptions.headerDescription, maxPictureDescription),
    fields: faultOfFields(fields ?? []),
    attribution_domains: domains && faultOfDomains(domains),
  };
  if (Object.values(faults).some((fault) => fault)) throw complain(faults, locale);

  const { isBot, avatar, header, displayName: _, bio: __, fields: ___, ...switches } = draft;
  const pictures = await placePictures(ctx, { avatar, header });
  const change: ProfileChange = {
    ...switches,
    ...descriptions,
    displayName,
    bioSource: bio,
    bioHtml: bio === undefined ? undefined : (await renderText(ctx, bio)).html,
    fields: fields && await Promise.all(fields.map((field) => render(ctx, account, field))),
    attributionDomains: domains && [...new Set(domains)],
    kind: isBot === undefined ? undefined : isBot ? "service" : "person",
  };
  await transaction(ctx, async (ctx) => {
    await updateProfile(ctx.db, account.id, change);
    await setPictures(ctx, account, pictures);
    await emit(ctx, "account.changed", { accountId: account.id });
  });
}

/** What to say of a picture, where anything about it changes. */
function described(picture: Pictures["avatar"], description: string | undefined): string | undefined {
  if (picture === null) return "";
  return description?.trim() ?? (picture === undefined ? undefined : "");
}

/** `https://Blog.example/about` as `blog.example`; what is no host as it is, for the complaint. */
function hostIn(text: string): string {
  const typed = text.trim().replace(/^https?:\/\//i, "").replace(/\/.*$/, "");
  return URL.parse(`https://${typed}`)?.hostname ?? typed;
}

function faultOfDomains(domains: readonly string[]): Fault | undefined {
  if (domains.length > maxAttributionDomains) return "ERR_TOO_LONG";
  return domains.every((domain) => /^[\w-]+(\.[\w-]+)+$/.test(domain)) ? undefined : "ERR_INVALID";
}

function trimmed({ name, value }: FieldDraft): FieldDraft {
  return { name: name.trim(), value: value.trim() };
}

function tooLong(text: string | undefined, most: number): Fault | undefined {
  return text !== undefined && countCharacters(text) > most ? "ERR_TOO_LONG" : undefined;
}

function faultOfFields(fields: readonly FieldDraft[]): Fault | undefined {
  if (fields.length > maxFields) return "ERR_INVALID";
  if (fields.some(({ name }) => name === "")) return "ERR_BLANK";
  const isTooLong = ({ name, value }: FieldDraft) =>
    [...name].length > maxFieldName || [...value].length > maxFieldValue;
  return fields.some(isTooLong) ? "ERR_TOO_LONG" : undefined;
}

/** A row that stays as it was stays verified. */
async function render(ctx: Ctx, account: Account, { name, value }: FieldDraft): Promise<Field> {
  const before = account.fields.find((field) => field.source === value);
  return {
    name,
    html: await renderLine(ctx, value),
    source: value,
    ...(before?.verifiedAt && { verifiedAt: before.verifiedAt }),
  };
}
