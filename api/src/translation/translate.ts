import { LRUCache } from "lru-cache";
import type { Account } from "../accounts/account.ts";
import type { Config } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden, NotFound, Unavailable } from "../base/errors.ts";
import { escapeHtml, plainText, sanitizeHtml } from "../base/html.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { showPost, type StatusEntity } from "../posts/entity.ts";
import { seenOriginal } from "../posts/seen.ts";
import { type Translator, translatorOf } from "./translator.ts";

/** Mastodon's `Translation`. */
export interface TranslationEntity {
  content: string;
  spoiler_text: string;
  language: string;
  /** Where there is one. */
  poll?: { id: string; options: { title: string }[] };
  media_attachments: { id: string; description: string }[];
  detected_source_language: string;
  provider: string;
}

/** Each costs the admin's money, or their machine's time. */
const byOne: Limit = { name: "translations for", most: 200, seconds: 60 * 60 };

/** Of each server of this process: who translates, and what was translated lately. */
interface Desk {
  translator: Translator;
  done: LRUCache<string, TranslationEntity>;
  languages?: { known: Promise<Map<string, string[]>>; until: number };
}

const desks = new WeakMap<Config, Desk>();
const mostBytes = 4_000_000;
/** Milliseconds. */
const kept = { translations: 24 * 60 * 60_000, languages: 60 * 60_000 };

/** Undefined where the settings name nobody who translates. */
function deskOf({ config }: Ctx): Desk | undefined {
  if (!config.translation) return undefined;
  const known = desks.get(config) ?? {
    translator: translatorOf(config.translation),
    done: new LRUCache<string, TranslationEntity>({
      ...{ maxSize: mostBytes, ttl: kept.translations },
      sizeCalculation: (one) => JSON.stringify(one).length * 2 + 200,
    }),
  };
  desks.set(config, known);
  return known;
}

/** For each language those that it can be translated into; nothing where nobody translates. */
export async function languagePairs(ctx: Ctx): Promise<Map<string, string[]>> {
  const desk = deskOf(ctx);
  if (!desk) return new Map();
  const now = ctx.now().epochMilliseconds;
  if (!desk.languages || desk.languages.until < now) {
    desk.languages = { known: desk.translator.languages(), until: now + kept.languages };
    desk.languages.known.catch(() => desk.languages = undefined);
  }
  return await desk.languages.known;
}

/**
 * A post in another language. Only what everybody may read is given to a service (Forbidden); NotFound where nobody
 * translates it into that language; `Unavailable` where they don't just now.
 */
export async function translatePost(
  ctx: Ctx,
  viewer: Account,
  id: string,
  to: string,
): Promise<TranslationEntity> {
  const desk = deskOf(ctx);
  const { id: postId } = await seenOriginal(ctx, viewer, id);
  const post = await showPost(ctx, viewer, postId);
  if (!desk || !post) throw new NotFound();
  if (post.visibility !== "public" && post.visibility !== "unlisted") throw new Forbidden();
  const from = post.language?.split("-")[0] ?? null;
  const pairs = await languagePairs(ctx);
  const target = [to, to.split("-")[0]!].map((one) => one.toLowerCase())
    .find((one) => from === null || pairs.get(from)?.includes(one));
  if (!target) throw new NotFound();
  const key = `${postId} ${post.edited_at ?? ""} ${target}`;
  const done = desk.done.get(key);
  if (done) return done;
  await spendOrRefuse(ctx, byOne, viewer.id);
  const translation = await translated(desk.translator, post, from, target);
  desk.done.set(key, translation);
  return translation;
}

/** Everything that it says goes in one request, in this order, and comes back in the same. */
async function translated(
  translator: Translator,
  post: StatusEntity,
  from: string | null,
  to: string,
): Promise<TranslationEntity> {
  const described = post.media_attachments.filter(({ description }) => description);
  const words = [
    post.spoiler_text,
    ...post.poll?.options.map(({ title }) => title ?? "") ?? [],
    ...described.map(({ description }) => description!),
  ];
  const answer = await translator.translate([post.content, ...words.map(escapeHtml)], from, to);
  if (answer.pieces.length !== words.length + 1) {
    throw new Unavailable("The translation service answered something else");
  }
  const [content = "", spoiler = "", ...others] = answer.pieces;
  const plain = others.map(plainText);
  const titles = plain.splice(0, post.poll?.options.length ?? 0);
  return {
    content: sanitizeHtml(content),
    spoiler_text: plainText(spoiler),
    language: to,
    ...(post.poll && { poll: { id: post.poll.id, options: titles.map((title) => ({ title })) } }),
    media_attachments: described.map(({ id }, index) => ({ id, description: plain[index]! })),
    detected_source_language: answer.from ?? from ?? "und",
    provider: translator.name,
  };
}
