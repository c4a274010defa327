import type { Call } from "../auth/access.ts";
import { localPath } from "../auth/local_path.ts";

/** The path of the page that a form stood on, without its fragment; undefined where it names none of ours. */
export function wayBack(c: Call): string | undefined {
  return localPath(c.var.input.back)?.replace(/#.*/, "");
}

/**
 * Sends the browser back to the page that a form stood on, or to `otherwise`. `anchor` is what of that page to
 * show; unless given, what the form has asked for.
 */
export function goBack(c: Call, otherwise: string, anchor?: string): Response {
  const back = anchor === undefined ? localPath(c.var.input.back) : wayBack(c);
  return c.redirect(`${back ?? otherwise}${anchor === undefined ? "" : `#${anchor}`}`, 303);
}
