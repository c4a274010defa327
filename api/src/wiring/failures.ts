import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Call } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { BadRequest, Invalid, Refusal, TooMany } from "../base/errors.ts";
import { allowOrigins, everyAnswer, forNobodyElse, isShared, pageHeaders } from "./headers.ts";
import { errorPage } from "./error_page.tsx";

/** What a handler may have said of the answer that it then could not give. */
const ofGoodAnswers = ["accept-ranges", "cache-control", "etag", "last-modified"];

/** The one place where what went wrong becomes an answer: `{"error": ...}` for programs, a page for people. */
export async function answerError(ctx: Ctx, thrown: unknown, c: Call): Promise<Response> {
  const error = understood(thrown);
  if (!(error instanceof Refusal)) {
    ctx.log.error("A request failed", { method: c.req.method, path: c.req.path, error });
  }
  const status = error instanceof Refusal ? error.status : 500;
  const response = isShared(c.req.path) || !wantsPage(c)
    ? c.json(body(error), status as ContentfulStatusCode)
    : await errorPage(ctx, c, status, error instanceof Refusal ? error.message : undefined);
  for (const name of ofGoodAnswers) response.headers.delete(name);
  if (isShared(c.req.path)) {
    allowOrigins(response.headers);
    forNobodyElse(response.headers); // caches may keep a 404, and tomorrow, or with a token, it is none
  } else pageHeaders(ctx, response.headers);
  everyAnswer(ctx, response.headers);
  if (error instanceof TooMany && error.retryAt) {
    const seconds = Math.max(1, Math.ceil(error.retryAt.since(ctx.now()).total("seconds")));
    response.headers.set("retry-after", String(seconds));
  }
  return response;
}

function body(error: unknown): { error: string; details?: unknown } {
  if (!(error instanceof Refusal)) return { error: "Something went wrong on our side" };
  return error instanceof Invalid && error.details
    ? { error: error.message, details: error.details }
    : { error: error.message };
}

/** PostgreSQL refuses a few texts that are nothing but bad input: NUL bytes and halves of characters. */
function understood(thrown: unknown): unknown {
  const code = (thrown as { code?: string } | undefined)?.code;
  if (code === "22021" || code === "22P05") {
    return new BadRequest("The text holds characters that can't be stored");
  }
  return thrown;
}

function wantsPage(c: Call): boolean {
  if (c.req.method === "POST" && c.req.path.endsWith("/inbox")) return false; // no browser sends anything there
  return /text\/html|\*\/\*/.test(c.req.header("accept") ?? "*/*");
}
