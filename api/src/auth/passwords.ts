import type { Fault } from "../base/complaints.ts";
import { gate } from "../base/gate.ts";

/** What makes a password good enough, and how it is kept. */

/** Characters at the least, bytes of UTF-8 at the most: hashing takes time for each of them. */
export const passwordLength = { least: 8, mostBytes: 512 };

/** Each hash fills 19 MB and one core for 30 ms: a crowd that signs in must not take the box. */
const atOnce = gate(2, 200);

/** What is wrong with a new password for somebody of this name and address; undefined when nothing is. */
export async function faultOfPassword(
  password: string,
  owner: { username: string; email: string },
): Promise<Fault | undefined> {
  if (password === "") return "ERR_BLANK";
  if ([...password].length < passwordLength.least) return "ERR_TOO_SHORT";
  if (byteLength(password) > passwordLength.mostBytes) return "ERR_TOO_LONG";
  const folded = password.toLowerCase();
  const own = [owner.username, owner.email, owner.email.split("@")[0]];
  if (own.some((name) => name?.toLowerCase() === folded)) return "ERR_BLOCKED";
  return await isCommon(folded) ? "ERR_BLOCKED" : undefined;
}

/** The 49,000 passwords that are tried first. Loaded here, because few requests need them. */
async function isCommon(password: string): Promise<boolean> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return dictionary["passwords-common"].includes(password);
}

/** The argon2id hash to store, with its salt and costs in it (PHC string). */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import("@node-rs/argon2");
  return await atOnce(() => hash(password));
}

/** A hash of the same costs that no password is known to have: what is checked where there is no member. */
const nobodys = `$argon2id$v=19$m=19456,t=2,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Whether this is the password of that hash. Without a hash it takes just as long and answers no, so that
 * the time does not tell which accounts exist.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  if (byteLength(password) > passwordLength.mostBytes) return false;
  const { verify } = await import("@node-rs/argon2");
  const matches = await atOnce(() => verify(hash ?? nobodys, password));
  return matches && hash !== undefined;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
