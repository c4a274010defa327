import { en } from "./messages/en.ts";

/**
 * Everything that people read, by language. A message is a text, or a function of what stands in it; one that
 * may hold links gives its parts in order, so that a language can turn them round.
 *
 * A new language is a file beside `en.ts` of the type `Messages`, and a line in `languages`.
 */

/** The catalogue: every language file has exactly these keys. */
export type Messages = typeof en;

/** Every language that we speak, by its BCP 47 tag. */
export const languages: Readonly<Record<string, Messages>> = { en };

/** The messages of a language; English where we do not speak it. `de-AT` is answered by `de`. */
export function messages(locale: string): Messages {
  return languages[spoken(locale) ?? "en"] ?? en;
}

/** The language that suits an `Accept-Language` header best (RFC 9110, 12.5.4); English when none does. */
export function pickLocale(acceptLanguage: string | null | undefined): string {
  const wanted = (acceptLanguage ?? "").slice(0, 500).split(",").map(readRange)
    .filter((range) => range.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const found = spoken(tag);
    if (found) return found;
  }
  return "en";
}

/** One range of the header, such as `de-AT;q=0.8`. A weight that is not a number counts as none. */
function readRange(text: string): { tag: string; weight: number } {
  const [tag = "", ...parameters] = text.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? "1";
  return { tag, weight: Number(weight) || 0 };
}

/** Our tag for a language: the tag itself, or its shorter forms (`zh-Hant-TW`, `zh-Hant`, `zh`). */
function spoken(tag: string): string | undefined {
  const parts = tag.toLowerCase().split("-");
  for (let length = parts.length; length > 0; length--) {
    const shorter = parts.slice(0, length).join("-");
    const found = Object.keys(languages).find((language) => language.toLowerCase() === shorter);
    if (found) return found;
  }
}
