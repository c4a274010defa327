import type { Fault } from "../base/complaints.ts";

/** RFC 5321, 4.5.3.1.3: no path is longer, so no longer address gets any mail. */
const longest = 254;

/** RFC 5321's unquoted names with RFC 6531's letters, and a domain with a dot. Only mail that arrives proves more. */
const shape =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

/** What is wrong with an e-mail address; undefined when nothing is. */
export function faultOfEmail(email: string): Fault | undefined {
  if (email === "") return "ERR_BLANK";
  if (email.length > longest) return "ERR_TOO_LONG";
  return shape.test(email) && !/^\.|\.\.|\.@/.test(email) ? undefined : "ERR_INVALID";
}
