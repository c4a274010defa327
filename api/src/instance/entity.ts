import type { Ctx } from "../base/ctx.ts";
import { version } from "../base/version.ts";
import {
  charactersPerLink,
  maxAttachments,
  maxBio,
  maxCharacters,
  maxDescription,
  maxDisplayName,
  maxFeaturedTags,
  maxFieldName,
  maxFields,
  maxFieldValue,
  maxOptionCharacters,
  maxPictureDescription,
  maxPins,
  maxPollOptions,
  maxPollSeconds,
  minPollSeconds,
} from "./limits.ts";
import {
  filmTypes,
  imageTypes,
  maxFilmBytes,
  maxFilmPixels,
  maxFrameRate,
  maxImageBytes,
  maxImagePixels,
  soundTypes,
} from "./media_limits.ts";
import type { Instance } from "./store.ts";

/**
 * Clients take the beginning for Mastodon's version and switch on what that one has; the brackets are the
 * field's convention for saying who we are. Our own version stands alone in NodeInfo.
 */
export const compatibleVersion = `4.6.0 (compatible; riff ${version})`;

/**
 * How far we follow Mastodon's API, as it counts: 9 has profiles with described pictures. Apps offer by it what is
 * newer than they, so it is raised only as far as a level works whole; 10 brought collections, into which we put
 * nobody yet who lives elsewhere.
 */
const apiLevel = 9;

/** Languages that people write here: we have words for these. */
const languages = ["en"];

const mediaLimits = (takesFilm: boolean) => ({
  supported_mime_types: takesFilm ? [...imageTypes, ...filmTypes, ...soundTypes] : imageTypes,
  description_limit: maxDescription,
  image_size_limit: maxImageBytes,
  image_matrix_limit: maxImagePixels,
  video_size_limit: maxFilmBytes,
  video_frame_rate_limit: maxFrameRate,
  video_matrix_limit: maxFilmPixels,
});

const pollLimits = {
  max_options: maxPollOptions,
  max_characters_per_option: maxOptionCharacters,
  min_expiration: minPollSeconds,
  max_expiration: maxPollSeconds,
};

const accountLimits = {
  max_display_name_length: maxDisplayName,
  max_note_length: maxBio,
  max_avatar_description_length: maxPictureDescription,
  max_header_description_length: maxPictureDescription,
  max_featured_tags: maxFeaturedTags,
  max_pinned_statuses: maxPins,
  max_profile_fields: maxFields,
  profile_field_name_limit: maxFieldName,
  profile_field_value_limit: maxFieldValue,
};

const statusLimits = {
  max_characters: maxCharacters,
  max_media_attachments: maxAttachments,
  characters_reserved_per_url: charactersPerLink,
};

const everyone = { local: "public", remote: "public" };

/** Mastodon's `Instance`. `Account` is how the contact is shown: accounts lie above this room. */
export function toInstance<Account>(ctx: Ctx, about: Instance, contact: Account | null, takesFilm = false) {
  const { baseUrl, handleDomain } = ctx.config;
  const thumbnail = `${baseUrl}/assets/icon-512.png`;
  return {
    domain: handleDomain,
    title: about.title,
    version: compatibleVersion,
    source_url: `${baseUrl}/about#software`,
    description: about.description,
    wrapstodon: null,
    usage: { users: { active_month: about.activeMonthCount } },
    thumbnail: {
      url: thumbnail,
      description: "",
      blurhash: null,
      versions: { "@1x": thumbnail, "@2x": thumbnail },
    },
    icon: [{ src: `${baseUrl}/assets/icon-512.png`, size: "512x512" }],
    languages,
    configuration: {
      urls: {
        streaming: streamingUrl(baseUrl),
        status: null,
        about: `${baseUrl}/about`,
        privacy_policy: `${baseUrl}/privacy`,
        terms_of_service: null,
      },
      vapid: { public_key: "" },
      accounts: accountLimits,
      statuses: statusLimits,
      media_attachments: mediaLimits(takesFilm),
      polls: pollLimits,
      translation: { enabled: ctx.config.translation !== undefined },
      timelines_access: {
        live_feeds: everyone,
        hashtag_feeds: everyone,
        trending_link_feeds: everyone,
      },
      limited_federation: false,
    },
    registrations: {
      enabled: about.signups !== "closed",
      approval_required: about.signups === "approval",
      reason_required: about.signups === "approval",
      message: null,
      min_age: null,
      url: null,
    },
    api_versions: { mastodon: apiLevel },
    contact: { email: about.contactEmail, account: contact },
    rules: toRules(about),
  };
}

/** Mastodon's `V1::Instance`, which every client still asks for. */
export function toInstanceV1<Account>(
  ctx: Ctx,
  about: Instance,
  contact: Account | null,
  takesFilm: boolean,
) {
  const { baseUrl, handleDomain } = ctx.config;
  return {
    uri: handleDomain,
    title: about.title,
    short_description: about.description,
    description: about.description,
    email: about.contactEmail,
    version: compatibleVersion,
    urls: { streaming_api: streamingUrl(baseUrl) },
    stats: {
      user_count: about.membersCount,
      status_count: about.postsCount,
      domain_count: about.domainsCount,
    },
    thumbnail: `${baseUrl}/assets/icon-512.png`,
    languages,
    registrations: about.signups !== "closed",
    approval_required: about.signups === "approval",
    invites_enabled: false,
    configuration: {
      accounts: { max_featured_tags: maxFeaturedTags, max_pinned_statuses: maxPins },
      statuses: statusLimits,
      media_attachments: mediaLimits(takesFilm),
      polls: pollLimits,
    },
    contact_account: contact,
    rules: toRules(about),
    max_toot_chars: maxCharacters,
    fedibird_capabilities: ["emoji_reaction"],
  };
}

/** Mastodon's `Rule`. */
export function toRules(about: Pick<Instance, "rules">) {
  return about.rules.map((text, index) => ({ id: String(index + 1), text, hint: "", translations: {} }));
}

function streamingUrl(baseUrl: string): string {
  return baseUrl.replace(/^http/, "ws");
}
