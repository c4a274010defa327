import type { Ctx } from "../base/ctx.ts";
import { FetchFailed } from "../base/fetched.ts";
import { webUri } from "../base/loosely.ts";
import { readPage } from "./read_page.ts";
import { type DueCard, postponeCard, updateCard } from "./store.ts";

/** The head of a page is in its beginning: of a longer one only that is read. */
const mostBytes = 512_000;
const timeout = 8_000;

/** A page that can't be had is asked twice more, an hour later each. */
const mostAttempts = 3;
const pause = { hours: 1 };

/** Asks a page what it has to say of itself, and notes it. What goes wrong is noted, too; nothing is thrown for it. */
export async function fetchCard(ctx: Ctx, card: DueCard): Promise<void> {
  try {
    const page = await beginningOf(ctx, card.url);
    if (page === undefined) return await postponeCard(ctx.db, card.id, null, ctx.now());
    await updateCard(ctx.db, card.id, readPage(page.html, page.url, ctx.config.handleDomain), ctx.now());
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
    const isOver = error.permanent || card.attempts >= mostAttempts;
    await postponeCard(ctx.db, card.id, isOver ? null : ctx.now().add(pause), ctx.now());
  }
}

/** The beginning of a page, as text; undefined where it is no page. Throws `FetchFailed`. */
async function beginningOf(ctx: Ctx, url: string): Promise<{ html: string; url: string } | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const { status, headers, url: from } = await ctx.http.fetch(url, {
    headers: { accept: "text/html, application/xhtml+xml" },
    maxBytes: Infinity,
    timeout,
    receive: (piece, answer) => {
      if (!isPage(answer.headers)) return false;
      pieces.push(new Uint8Array(piece));
      return (size += piece.length) < mostBytes;
    },
  });
  if (status >= 500 || status === 429) throw new FetchFailed("refused", `answered ${status}`, { status });
  if (status !== 200 || !isPage(headers) || !webUri(from)) return undefined;
  return {
    html: textOf(new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer()), headers),
    url: from,
  };
}

function isPage(headers: Headers): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(headers.get("content-type") ?? "");
}

/** In the alphabet that the answer or the page itself names; UTF-8 where it is none that we know. */
function textOf(bytes: Uint8Array, headers: Headers): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048));
  const [, named] = headers.get("content-type")?.match(/charset="?([\w-]+)/i) ??
    start.match(/<meta[^>]+charset=["']?([\w-]+)/i) ?? [];
  try {
    return new TextDecoder(named ?? "utf-8").decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
