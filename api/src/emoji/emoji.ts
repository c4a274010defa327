/** A little picture that is written as `:shortcode:`, of ours or of another server's. */
export interface Emoji {
  id: string;
  shortcode: string;
  /** Where our bytes lie; null for theirs. */
  fileKey: string | null;
  extension: string | null;
  /** Where theirs are. */
  remoteUrl: string | null;
  category: string | null;
  /** Whether it stands among those that are offered. */
  isListed: boolean;
  /** Since when it looks as it does, in ISO 8601. */
  updatedAt: string;
}

/** What another server says of one of its emojis. */
export interface RemoteEmoji {
  shortcode: string;
  /** Where the picture is. */
  url: string;
  /** How it calls it, if it does. */
  uri: string | null;
  updatedAt: Temporal.Instant | null;
}

/** Emojis as Unicode's sequences: https://www.unicode.org/reports/tr51/ */
const character = /^\p{RGI_Emoji}$/v;

/** The emoji of Unicode's that this is, in full: some leave out that it is to be in colours. Undefined: it is none. */
export function emojiCharacter(text: string): string | undefined {
  return [text, `${text}\uFE0F`, text.replace(/^./u, "$&\uFE0F")].find((one) => character.test(one));
}

/** What may stand between the colons. */
export const shortcode = /^[a-zA-Z0-9_]{2,200}$/;
