import type { Call } from "./access.ts";

/**
 * Where a form may lead back to: a path on this server, or undefined for whatever else was put there. Browsers
 * take `//host`, `/\host` and `/<tab>/host` for other hosts.
 */
export function localPath(path: unknown): string | undefined {
  if (typeof path !== "string" || path.length > 4000) return undefined;
  // deno-lint-ignore no-control-regex -- these are what it is about
  return /^\/(?![/\\])[^\\\x00-\x1f\x7f]*$/.test(path) ? path : undefined;
}

/** After a form: back to where it stood. */
export function goBack(c: Call, otherwise: string): Response {
  return c.redirect(localPath(c.var.input.back) ?? otherwise, 303);
}
