import type { TranslationConfig } from "../base/config.ts";
import { Unavailable } from "../base/errors.ts";

/** Somebody else's service that translates. Its failures are `Unavailable`. */
export interface Translator {
  /** What it calls itself. */
  name: string;
  /** For each language that it understands those that it can say it in: codes of ISO 639. */
  languages(): Promise<Map<string, string[]>>;
  /** These pieces of HTML in another language, and in which they were, as far as it can tell. */
  translate(
    pieces: string[],
    from: string | null,
    to: string,
  ): Promise<{ pieces: string[]; from: string | null }>;
}

/** Milliseconds that a service may take. */
const patience = 15_000;

/** The one that the settings name. */
export function translatorOf({ by, url, key }: TranslationConfig): Translator {
  return by === "deepl" ? deepl(url ?? deeplUrl(key ?? ""), key ?? "") : libreTranslate(url!, key);
}

/** https://docs.libretranslate.com */
function libreTranslate(url: string, key: string | undefined): Translator {
  return {
    name: "LibreTranslate",
    languages: async () => {
      const answer = await ask<{ code: string; targets: string[] }[]>(`${url}/languages`);
      return new Map(answer.map(({ code, targets }) => [code, targets.filter((one) => one !== code)]));
    },
    translate: async (q, from, target) => {
      const body = { q, source: from ?? "auto", target, format: "html", api_key: key };
      const answer = await ask<{ translatedText: string[]; detectedLanguage?: { language: string }[] }>(
        `${url}/translate`,
        { body },
      );
      return { pieces: answer.translatedText, from: from ?? answer.detectedLanguage?.[0]?.language ?? null };
    },
  };
}

/** Keys of the free plan end so. */
function deeplUrl(key: string): string {
  return key.endsWith(":fx") ? "https://api-free.deepl.com" : "https://api.deepl.com";
}

/** https://developers.deepl.com/docs */
function deepl(url: string, key: string): Translator {
  const headers = { authorization: `DeepL-Auth-Key ${key}` };
  const codes = async (type: "source" | "target") => {
    const answer = await ask<{ language: string }[]>(`${url}/v2/languages?type=${type}`, { headers });
    return answer.map(({ language }) => language.toLowerCase());
  };
  return {
    name: "DeepL.com",
    languages: async () => {
      const [sources, targets] = [await codes("source"), await codes("target")];
      // It wants to know which English; whoever asks for one takes either.
      const plain = targets.flatMap((one) => one.includes("-") ? [one, one.split("-")[0]!] : [one]);
      const all = [...new Set(plain)];
      return new Map(sources.map((source) => [source, all.filter((one) => one.split("-")[0] !== source)]));
    },
    translate: async (text, from, to) => {
      const target = to === "en" ? "EN-US" : to === "pt" ? "PT-PT" : to.toUpperCase();
      const body = { text, source_lang: from?.toUpperCase(), target_lang: target, tag_handling: "html" };
      const answer = await ask<{ translations: { text: string; detected_source_language: string }[] }>(
        `${url}/v2/translate`,
        { headers, body },
      );
      const detected = answer.translations[0]?.detected_source_language.toLowerCase();
      return { pieces: answer.translations.map((one) => one.text), from: detected ?? from };
    },
  };
}

/** The address is the admin's own choice: it may be a neighbour in the same house. */
async function ask<Answer>(
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    if (answer.ok) return await answer.json() as Answer;
    await answer.body?.cancel();
  } catch (cause) {
    throw new Unavailable("The translation service does not answer", { cause });
  }
  throw new Unavailable(
    answer.status === 429 || answer.status === 456
      ? "The translation service has had enough of us for now"
      : `The translation service answered ${answer.status}`,
  );
}
