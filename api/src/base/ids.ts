/**
 * API ids are decimal strings of 64-bit, time-ordered numbers: 48 bits of milliseconds, 16 of one PostgreSQL
 * sequence. The database makes them (`new_id(timestamptz)`), so that many processes never collide.
 */

const largest = 9223372036854775807n;

/** Whether this is an id at all: what is not can't be found, and must not reach a `bigint` column. */
export function isId(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= largest;
}

/** Whether `a` was made before `b`. */
export function isOlder(a: string, b: string): boolean {
  return BigInt(a) < BigInt(b);
}
