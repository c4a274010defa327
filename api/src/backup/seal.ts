import { Invalid } from "../base/errors.ts";

/**
 * Encrypts by age with a passphrase: a small, well-known format with a program for every system, that notices any
 * change, and any end that is not the true one. Its library is loaded when it is first needed.
 */

/** The memory that guessing at a passphrase costs, as a power of two: 2^16 is 64 MB, which a small server can spare. */
const workFactor = 16;

export async function sealStream(
  plain: ReadableStream<Uint8Array>,
  passphrase: string,
): Promise<ReadableStream<Uint8Array>> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return await encrypter.encrypt(plain);
}

/** Throws `Invalid` where the passphrase is another one; the stream fails where the file was changed or cut off. */
export async function openStream(
  sealed: ReadableStream<Uint8Array>,
  passphrase: string,
): Promise<ReadableStream<Uint8Array>> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(sealed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Invalid(
      /no identity matched/.test(reason)
        ? "This passphrase does not open the backup: it is the BACKUP_PASSPHRASE of the day it was made"
        : `The backup is damaged or was cut off (${reason}): take another one`,
    );
  }
}
