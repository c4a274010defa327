/**
 * What must never reach a log. Secrets are known by the name of the field that holds them (`isSecretName`), and
 * in free text - messages of errors, above all - by their shape (`redacted`).
 *
 * Not `@logtape/redaction`: it leaves errors and maps as they are, and empties instants and URLs.
 */

/** Stands where a secret was. */
export const hidden = "…";

const secretNames = new RegExp(
  "pass(word|phrase)|secret|token|cookie|csrf|authorization|credential|private_?key|totp|e_?mail|" +
    "(^|[.-])(otp|signature|code)$",
  "i",
);

/** Whether what a field of this name holds is nobody's business: `accessToken`, `set-cookie`, `form.password`. */
export function isSecretName(name: string): boolean {
  return secretNames.test(name);
}

/** An equals sign or a colon, with the quotes that JSON, or JSON within JSON, has around it. */
const means = String.raw`(?:\\{0,3}["'])?\s{0,3}[=:]\s{0,3}(?:\\{0,3}["'])?`;

/** Every repetition here is bounded or begins in one place only: a log must not be slow on a hostile line. */
const patterns: readonly [RegExp, string][] = [
  // Keys in PEM, whole or cut off.
  [/-----BEGIN [A-Z0-9 ]{1,40}-----.*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/gs, hidden],
  // Query strings, of whole URLs and of paths.
  [/(https?:\/\/[^\s"'\\<>?]{1,2000})\?[^\s"'\\<>)]+/gi, "$1?…"],
  [/\?[\w.~%+[\]-]{1,100}=[^\s"'\\<>)]*/g, "?…"],
  // postgres://user:PASSWORD@host
  [/(:\/\/[^\s:/@"'\\]{0,200}):[^\s/"'\\]{1,500}@/g, `$1:${hidden}@`],
  // Headers, whose values have spaces in them.
  [new RegExp(String.raw`((?:authorization|cookie)${means})[^"'\\\n]+`, "gi"), `$1${hidden}`],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,}/g, `$1 ${hidden}`],
  // token=..., "password":"..."
  [
    new RegExp(String.raw`((?:token|password|passphrase|secret|csrf|totp)${means})[^\s"'\\,;&)}\]]+`, "gi"),
    `$1${hidden}`,
  ],
  [new RegExp(String.raw`(\bcode${means})[\w-]{16,}`, "gi"), `$1${hidden}`],
  // E-mail addresses, but not handles: those we write with their @, or as acct:.
  [/(?<![@\w.+%-]|acct[:=])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi, hidden],
];

/** Most values are words and numbers: for them one look is enough. */
const mayHoldSecret = /[=:@? ]|[\w+/-]{28}/;

/** The same text without passwords, tokens, keys, query strings and e-mail addresses. */
export function redacted(text: string): string {
  if (!mayHoldSecret.test(text)) return text;
  return patterns
    .reduce((line, [pattern, replacement]) => line.replaceAll(pattern, replacement), text)
    .replaceAll(/[\w+/-]{28,}={0,2}/g, (run) => looksRandom(run) ? hidden : run);
}

/** Base64 of twenty bytes or more mixes cases and digits: paths, identifiers, UUIDs and hexadecimal do not. */
function looksRandom(text: string): boolean {
  return text.split("/").some((part) =>
    part.length >= 20 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part)
  );
}
