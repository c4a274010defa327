/**
 * What a page may load and do: our own styles, pictures, film and sound, also from elsewhere over https, forms to
 * ourselves. No scripts. `formTargets` names further places that a form may lead to: Chromium holds
 * `form-action` against redirects, too, and a consent form ends at an app's address.
 */
export function contentSecurityPolicy(formTargets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' https: data:",
    "media-src 'self' https:",
    "font-src 'self'",
    "manifest-src 'self'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
