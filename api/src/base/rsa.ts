import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { openSsl } from "./openssl.ts";

/**
 * RSA signatures (RSASSA-PKCS1-v1_5 with SHA-256), by OpenSSL where its library is on the machine: Deno's own
 * take four times as long, and every delivery needs one.
 */

/** A pair of keys: SPKI as PEM, as actors' documents show it, and PKCS#8 as DER. */
export interface RsaPair {
  publicPem: string;
  privateKey: Uint8Array<ArrayBuffer>;
}

/** Makes a pair of 2048 bits. Finding its primes takes a core for up to a second. */
export async function newRsaPair(): Promise<RsaPair> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  return { publicPem: publicKey, privateKey: new Uint8Array(privateKey) };
}

/** Signs bytes with one key. */
export type Signer = (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

/** A signer for this private key (PKCS#8, DER). Keep it: making one costs as much as a signature. */
export async function rsaSigner(privateKey: Uint8Array<ArrayBuffer>): Promise<Signer> {
  return openSsl()?.signer(privateKey) ?? await webCryptoSigner(privateKey);
}

/** Whether this public key (SPKI, DER) made that signature. Throws where it is no RSA key. */
export async function rsaVerify(
  publicKey: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return openSsl()?.verify(publicKey, data, signature) ?? await webCryptoVerify(publicKey, data, signature);
}

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** The same by Deno's own means. */
export async function webCryptoVerify(
  publicKey: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = await crypto.subtle.importKey("spki", publicKey, algorithm, false, ["verify"]);
  return await crypto.subtle.verify(algorithm.name, key, signature, data);
}

/** Signing by Deno's own means. */
export async function webCryptoSigner(privateKey: Uint8Array<ArrayBuffer>): Promise<Signer> {
  const key = await crypto.subtle.importKey("pkcs8", privateKey, algorithm, false, ["sign"]);
  return async (data) => new Uint8Array(await crypto.subtle.sign(algorithm.name, key, data));
}
