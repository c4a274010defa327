import type { Signer } from "./rsa.ts";

/** OpenSSL 3's libcrypto, called directly. */

const symbols = {
  d2i_PUBKEY: { parameters: ["pointer", "buffer", "i64"], result: "pointer" },
  d2i_AutoPrivateKey: { parameters: ["pointer", "buffer", "i64"], result: "pointer" },
  EVP_PKEY_free: { parameters: ["pointer"], result: "void" },
  EVP_PKEY_get_base_id: { parameters: ["pointer"], result: "i32" },
  EVP_PKEY_get_size: { parameters: ["pointer"], result: "i32" },
  EVP_MD_CTX_new: { parameters: [], result: "pointer" },
  EVP_MD_CTX_free: { parameters: ["pointer"], result: "void" },
  EVP_sha256: { parameters: [], result: "pointer" },
  EVP_DigestSignInit: { parameters: ["pointer", "pointer", "pointer", "pointer", "pointer"], result: "i32" },
  EVP_DigestSign: { parameters: ["pointer", "buffer", "buffer", "buffer", "usize"], result: "i32" },
  EVP_DigestVerifyInit: {
    parameters: ["pointer", "pointer", "pointer", "pointer", "pointer"],
    result: "i32",
  },
  EVP_DigestVerify: { parameters: ["pointer", "buffer", "usize", "buffer", "usize"], result: "i32" },
  ERR_clear_error: { parameters: [], result: "void" },
} as const;

type Library = Deno.DynamicLibrary<typeof symbols>["symbols"];

/** OpenSSL, where the machine has it (Debian's `libssl3`); undefined elsewhere. */
export const openSsl = once(() => {
  const library = load();
  return library && new OpenSsl(library);
});

function load(): Library | undefined {
  try {
    return Deno.dlopen("libcrypto.so.3", symbols).symbols;
  } catch {
    return undefined; // not on this machine, or not permitted: there is another way
  }
}

/** OpenSSL's number for plain RSA keys. */
const plainRsa = 6;

class OpenSsl {
  readonly #library: Library;
  readonly #keys: FinalizationRegistry<Deno.PointerValue>;

  constructor(library: Library) {
    this.#library = library;
    this.#keys = new FinalizationRegistry((key) => library.EVP_PKEY_free(key));
  }

  /** A signer for a private key in PKCS#8 (DER). The key is freed with it. */
  signer(privateKey: Uint8Array<ArrayBuffer>): Signer {
    const key = this.#read(privateKey);
    const size = this.#library.EVP_PKEY_get_size(key);
    const signer: Signer = (data) => Promise.resolve(this.#sign(key, size, data));
    this.#keys.register(signer, key);
    return signer;
  }

  /** Whether this public key (SPKI, DER) made that signature. Throws where it is no RSA key. */
  verify(
    publicKey: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
  ): boolean {
    const library = this.#library;
    const key = library.d2i_PUBKEY(null, cursorTo(publicKey), BigInt(publicKey.length));
    const context = library.EVP_MD_CTX_new();
    try {
      if (key === null || library.EVP_PKEY_get_base_id(key) !== plainRsa) {
        throw new Error("OpenSSL can't read this public key");
      }
      return library.EVP_DigestVerifyInit(context, null, library.EVP_sha256(), null, key) === 1 &&
        library.EVP_DigestVerify(context, signature, BigInt(signature.length), data, BigInt(data.length)) ===
          1;
    } finally {
      library.EVP_MD_CTX_free(context);
      library.EVP_PKEY_free(key);
      library.ERR_clear_error(); // every bad signature leaves one behind
    }
  }

  #read(privateKey: Uint8Array<ArrayBuffer>): Deno.PointerValue {
    const key = this.#library.d2i_AutoPrivateKey(null, cursorTo(privateKey), BigInt(privateKey.length));
    if (key === null) throw new Error("OpenSSL can't read this private key");
    return key;
  }

  #sign(key: Deno.PointerValue, size: number, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const library = this.#library;
    const context = library.EVP_MD_CTX_new();
    try {
      const signature = new Uint8Array(size);
      const length = new Uint8Array(new BigUint64Array([BigInt(size)]).buffer);
      const done = library.EVP_DigestSignInit(context, null, library.EVP_sha256(), null, key) === 1 &&
        library.EVP_DigestSign(context, signature, length, data, BigInt(data.length)) === 1;
      if (!done) throw new Error("OpenSSL could not sign");
      return signature;
    } finally {
      library.EVP_MD_CTX_free(context);
    }
  }
}

/** A pointer to these bytes for OpenSSL, which moves it along. */
function cursorTo(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
  return new Uint8Array(new BigUint64Array([BigInt(address)]).buffer);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
