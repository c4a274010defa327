import { createHash, createHmac, hkdfSync, timingSafeEqual as equalBytes } from "node:crypto";
import type { Ctx } from "./ctx.ts";

/** What lies sealed in the database: private keys above all. Built once, from the server's `SECRET_KEY`. */
export interface Sealer {
  /**
   * Encrypts `plain` for a column. `context` says where it will lie, such as `accounts.private_key:123`: what
   * is moved to another row does not open there.
   */
  seal(plain: Uint8Array<ArrayBuffer> | string, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Decrypts what `seal` made under the same context and the same key; throws for anything else. */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** A signature that only this server can make, base64url; of the same text for two purposes it differs. */
  mac(text: string, purpose: string): string;
}

/** A secret to hand out: 32 random bytes, base64url. We keep only its `hashToken`. */
export function randomToken(random: Ctx["random"]): string {
  return random(32).toBase64({ alphabet: "base64url", omitPadding: true });
}

/**
 * SHA-256 of a token or code, base64url: what is stored, so that who reads the database can't use it. It
 * needs neither salt nor time, for what goes in is already 32 random bytes.
 */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function timingSafeEqual(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && equalBytes(left, right);
}

/** The first byte of everything sealed: which key and cipher opens it, so that both can change some day. */
const version = 1;
const nonceBytes = 12;

/**
 * Seals with AES-256-GCM and signs with HMAC-SHA256, each under a key of its own, derived from `secretKey` by
 * HKDF-SHA256. A sealed value is: version (1 byte), nonce (12), ciphertext, tag (16).
 */
export function sealer(secretKey: string): Sealer {
  const derive = (use: string) => new Uint8Array(hkdfSync("sha256", secretKey, "", `riff ${use}`, 32));
  const sealing = crypto.subtle.importKey("raw", derive("seal 1"), "AES-GCM", false, ["encrypt", "decrypt"]);
  const signing = derive("mac 1");
  return {
    async seal(plain, context) {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const bytes = typeof plain === "string" ? new TextEncoder().encode(plain) : plain;
      const ciphertext = await crypto.subtle.encrypt(cipher(nonce, context), await sealing, bytes);
      const sealed = new Uint8Array(1 + nonceBytes + ciphertext.byteLength);
      sealed[0] = version;
      sealed.set(nonce, 1);
      sealed.set(new Uint8Array(ciphertext), 1 + nonceBytes);
      return sealed;
    },
    async open(sealed, context) {
      try {
        if (sealed[0] !== version) throw new Error(`It begins with ${sealed[0]}, not with ${version}`);
        const nonce = sealed.slice(1, 1 + nonceBytes);
        const ciphertext = sealed.slice(1 + nonceBytes);
        return new Uint8Array(await crypto.subtle.decrypt(cipher(nonce, context), await sealing, ciphertext));
      } catch (cause) {
        throw new Error(`Can't open ${context}: was it sealed with another SECRET_KEY?`, { cause });
      }
    },
    mac(text, purpose) {
      return createHmac("sha256", signing).update(`${purpose}\0${text}`).digest("base64url");
    },
  };
}

function cipher(nonce: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(`${version}\0${context}`) };
}
