import type { S3Client } from "@aws-sdk/client-s3";
import { createReadStream } from "node:fs";
import type { Agent } from "node:http";
import { Readable } from "node:stream";
import type { S3Config } from "../config.ts";
import { Unavailable } from "../errors.ts";
import { type ByteRange, contentTypeOf, nothingOf, resolveRange, type Shelf } from "./shelf.ts";

/** Where it lies in the bucket: as its address says, so that the bucket may have a host name of its own. */
const prefix = "media/";

/** How it is reached, where that is not as usual. */
export interface Reaching {
  /** Another way there, for names that no DNS knows. */
  agent?: Agent;
  /** Milliseconds until a connection is given up that says nothing. */
  patience?: number;
  /** How often a request is made until it succeeds. */
  attempts?: number;
  /** As somebody who has no key. */
  isStranger?: boolean;
}

const usualPatience = 15_000;

/** Bytes that a way is expected to carry in a millisecond: a large film may be long on its way, and still arrive. */
const slowest = 64;

/** A bucket of any S3 as a shelf. The library is large, and is loaded when it is first needed. */
export function bucket(config: S3Config, reaching: Reaching = {}): Shelf {
  let opened: Promise<Opened> | undefined;
  const open = () => opened ??= connect(config, reaching);
  const Bucket = config.bucket;
  const sizeOf = async (name: string) => {
    const { client, s3 } = await open();
    return (await client.send(new s3.HeadObjectCommand(at(name))).catch(missing))?.ContentLength;
  };
  // Not all know how to count from the end, or say what is beyond it: so it is said to them from the beginning.
  const partOf = async (name: string, range: ByteRange) => {
    const bytes = await sizeOf(name) ?? 0;
    return { bytes, ...resolveRange(range, bytes) ?? { first: 0, last: -1 } };
  };
  const at = (name: string) => ({ Bucket, Key: prefix + name });
  return {
    put: (name, path) =>
      asked(async () => {
        const { client, s3 } = await open();
        const { size } = await Deno.stat(path);
        const { patience = usualPatience } = reaching;
        // With its length: without, it would be sent in chunks, which real ones refuse.
        const body = createReadStream(path);
        try {
          await client.send(
            new s3.PutObjectCommand({
              ...at(name),
              Body: body,
              ContentLength: size,
              ContentType: contentTypeOf(name),
              CacheControl: "public, max-age=31536000, immutable",
            }),
            { requestTimeout: patience + size / slowest },
          );
        } finally {
          body.destroy();
        }
      }),
    get: (name, range) =>
      asked(async () => {
        const { client, s3 } = await open();
        const part = range && await partOf(name, range);
        if (part && part.last < part.first) return nothingOf(part.bytes);
        const Range = part && `bytes=${part.first}-${part.last}`;
        const answer = await client.send(new s3.GetObjectCommand({ ...at(name), Range })).catch(missing);
        if (!answer) return undefined;
        const body = Readable.toWeb(answer.Body as Readable) as ReadableStream<Uint8Array>;
        const [, first, last, all] = answer.ContentRange?.match(/^bytes (\d+)-(\d+)\/(\d+)$/) ?? [];
        if (first === undefined) return { body, bytes: answer.ContentLength ?? 0 };
        return { body, bytes: Number(all), part: { first: Number(first), last: Number(last) } };
      }),
    size: (name) => asked(() => sizeOf(name)),
    remove: (name) =>
      asked(async () => {
        const { client, s3 } = await open();
        await client.send(new s3.DeleteObjectCommand(at(name))).catch(missing);
      }),
    async *list() {
      const { client, s3 } = await open();
      let ContinuationToken: string | undefined;
      do {
        const page = await asked(() =>
          client.send(new s3.ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }))
        );
        for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
          const at = Temporal.Instant.fromEpochMilliseconds(LastModified?.getTime() ?? 0);
          yield { name: Key.slice(prefix.length), bytes: Size, at };
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },
  };
}

/** A bucket's client, with the library that it is of. */
export interface Opened {
  client: S3Client;
  s3: typeof import("@aws-sdk/client-s3");
}

/** The way to a bucket. The library is loaded here. */
export async function connect(
  config: S3Config,
  { agent, patience = usualPatience, attempts = 1, isStranger }: Reaching,
): Promise<Opened> {
  const s3 = await import("@aws-sdk/client-s3");
  const client = new s3.S3Client({
    region: config.region,
    endpoint: config.endpoint,
    forcePathStyle: config.isPathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // The library's own checksums make some servers store them as if they were part of the file.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(isStranger && { signer: { sign: (request) => Promise.resolve(request) } }),
    requestHandler: {
      connectionTimeout: Math.min(patience, 5_000),
      requestTimeout: patience, // until it answers
      socketTimeout: 4 * patience, // what was written may still be on its way from the system's own buffer
      throwOnRequestTimeout: true,
      ...(agent && { httpAgent: agent }),
    },
    maxAttempts: attempts,
    logger: { debug() {}, info() {}, warn() {}, error() {} }, // who asked says what matters
  });
  return { client, s3 };
}

/** Whatever went wrong with the bucket is no fault of ours, and passes. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw Object.assign(new Unavailable("The storage for media does not answer. Try again later"), { cause });
  }
}

/** Passes over what is not there, and throws everything else. */
export function missing(error: { name?: string; $metadata?: { httpStatusCode?: number } }): undefined {
  const status = error.$metadata?.httpStatusCode;
  if (error.name !== "NoSuchKey" && error.name !== "NotFound" && status !== 404) throw error;
}
