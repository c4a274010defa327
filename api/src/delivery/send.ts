import { activityType } from "../base/activitystreams.ts";
import { cavageHeaders, type SigningKey } from "../base/cavage.ts";
import type { Ctx } from "../base/ctx.ts";
import { FetchFailed } from "../base/fetched.ts";

/** What came of sending. */
export type Outcome =
  | { kind: "arrived" }
  /** Asking again would not change it: the inbox is gone, or does not want this. */
  | { kind: "refused"; reason: string }
  /** Try again; `blamesHost` where the whole server seems to be in trouble. */
  | { kind: "failed"; reason: string; blamesHost: boolean; retryAfter?: number };

/** Milliseconds that a server may take. */
const timeout = 15_000;

/** Bytes of its answer that we care to read. */
const mostAnswer = 100_000;

/** Posts an activity to an inbox, signed by its actor. Never throws. */
export async function send(
  ctx: Ctx,
  inboxUri: string,
  body: Uint8Array<ArrayBuffer>,
  key: SigningKey,
): Promise<Outcome> {
  try {
    const url = new URL(inboxUri);
    const headers = await cavageHeaders(
      { method: "POST", url, body, contentType: activityType },
      key,
      ctx.now(),
    );
    const { status, headers: said } = await ctx.http.fetch(url, {
      method: "POST",
      headers,
      body,
      timeout,
      maxBytes: mostAnswer,
    });
    return outcomeOf(status, said.get("retry-after"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hopeless = error instanceof FetchFailed && error.permanent && error.kind !== "too_large";
    if (hopeless) return { kind: "refused", reason };
    // Whoever sends us a long answer has taken what we sent.
    if (error instanceof FetchFailed && error.kind === "too_large") return { kind: "arrived" };
    return { kind: "failed", reason, blamesHost: true };
  }
}

function outcomeOf(status: number, retryAfter: string | null): Outcome {
  const reason = `answered ${status}`;
  if (status >= 200 && status < 300) return { kind: "arrived" };
  if (status >= 500 || status === 429) {
    return { kind: "failed", reason, blamesHost: true, retryAfter: seconds(retryAfter) };
  }
  // A key not yet known there, a clock that is off, a server on the move: that may pass.
  if (status < 400 || status === 401 || status === 403 || status === 408) {
    return { kind: "failed", reason, blamesHost: false };
  }
  return { kind: "refused", reason };
}

function seconds(retryAfter: string | null): number | undefined {
  return retryAfter && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
}
