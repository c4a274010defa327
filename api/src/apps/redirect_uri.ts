/** For apps without an address to return to: the code is shown, and people copy it. */
export const outOfBand = "urn:ietf:wg:oauth:2.0:oob";

/** Schemes by which a browser would run or show what the app made up, instead of going somewhere. */
const dangerous =
  /^(about|blob|chrome|data|file|filesystem|ftp|intent|javascript|mailto|vbscript|view-source|wss?):/i;

/**
 * Whether an app may be returned to here: any https address, http too (apps listen on localhost), and schemes
 * of their own such as `com.tapbots.Ivory.10217:/request_token`. No fragment (RFC 6749, 3.1.2), and nothing
 * outside of printable ASCII, which would not stay the same on its way.
 */
export function isRedirectUri(uri: string): boolean {
  if (uri === outOfBand) return true;
  if (!/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(uri) || uri.includes("#") || dangerous.test(uri)) {
    return false;
  }
  return URL.canParse(uri) && (!/^https?:/i.test(uri) || /^https?:\/\/[^/]/i.test(uri));
}

/** This address with parameters added, otherwise as it was, byte for byte. */
export function withParameters(uri: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter((one): one is [string, string] => one[1] !== undefined);
  return `${uri}${uri.includes("?") ? "&" : "?"}${new URLSearchParams(given)}`;
}
