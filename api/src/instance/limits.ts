/** The limits that we tell clients of, and hold. Each stands here once; who enforces it imports it. */

/** Characters of a post, its content warning included. */
export const maxCharacters = 5_000;

/** What every link counts for, however long it is. */
export const charactersPerLink = 23;

/** Posts that a profile shows on top. */
export const maxPins = 5;

/** Pictures that a post shows; or one film or sound. */
export const maxAttachments = 4;

/** Characters of what describes a picture to those who don't see it. */
export const maxDescription = 1_500;

/** Of a poll. It lasts for five minutes at least and a month at most, as on Mastodon. */
export const minPollOptions = 2;
export const maxPollOptions = 8;
export const maxOptionCharacters = 100;
export const minPollSeconds = 300;
export const maxPollSeconds = 2_629_746;

/** Of a profile. */
export const maxFeaturedTags = 10;
export const maxFollowedTags = 1_000;
export const maxAttributionDomains = 100;
export const maxDisplayName = 30;
export const maxBio = 500;
export const maxPictureDescription = 150;
export const maxFields = 4;
export const maxFieldName = 255;
export const maxFieldValue = 255;
/** How many collections of people one member may have: Mastodon's number. */
export const maxCollections = 10;
