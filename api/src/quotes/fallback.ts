import { escapeHtml } from "../base/html.ts";

/**
 * Who knows no quotes sees a link to what is quoted, marked so that everybody else can take it away
 * (FEP-e232 and Misskey's `quote-inline`).
 */

/** The HTML of a post with the link before it. */
export function withFallback(html: string, url: string): string {
  const link = escapeHtml(url);
  return `<p class="quote-inline">RE: <a href="${link}">${link}</a></p>${html}`;
}

/** The harmless HTML of a post without that link: as a paragraph, or at the end of one, as Misskey has it. */
export function withoutFallback(html: string): string {
  return html
    .replaceAll(/<p class="quote-inline">(?:(?!<\/p>).)*<\/p>/gs, "")
    .replaceAll(/(?:<br>)*<span class="quote-inline">(?:(?!<\/a>).)*<\/a>(?:<\/bdi>)?<\/span>/gs, "")
    .replaceAll(/<p>\s*<\/p>/g, "");
}
