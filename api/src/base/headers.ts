import type { Config } from "./config.ts";

/**
 * What a page may load and do: our own styles, pictures, film and sound, forms to ourselves. No scripts, and nothing
 * from anywhere else: what other servers show comes through us, so that none of them learns who looks at it.
 * `formTargets` names further places that a form may lead to: Chromium holds `form-action` against redirects, too,
 * and a consent form ends at an app's address.
 */
export function contentSecurityPolicy(
  { baseUrl, mediaUrl }: Pick<Config, "baseUrl" | "mediaUrl">,
  formTargets: readonly string[] = [],
): string {
  const media = mediaUrl === baseUrl ? "" : ` ${new URL(mediaUrl).origin}`;
  return [
    "default-src 'none'",
    "style-src 'self'",
    `img-src 'self' data:${media}`,
    `media-src 'self'${media}`,
    "font-src 'self'",
    "manifest-src 'self'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
