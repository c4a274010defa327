import { Readable } from "node:stream";
import type { S3Config } from "../base/config.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { connect, missing, type Opened } from "../base/files/bucket.ts";
import { inParts } from "./archive.ts";
import type { Lying, Place } from "./place.ts";

/** Of these a bucket takes ten thousand: 160 GB, with 16 MB of them in memory. */
const partBytes = 16 * 1024 * 1024;
/** A part takes two minutes at 1 Mbit/s; a bucket that does not answer for so long is asked again. */
const reaching = { patience: 150_000, attempts: 4 };

/** A folder of a bucket as a place for backups. What was not written to its end never appears in it. */
export function bucketPlace(config: S3Config, prefix: string): Place {
  const { bucket: Bucket } = config;
  const start = prefix === "" ? "" : `${prefix}/`;
  let opened: Promise<Opened> | undefined;
  const open = () => opened ??= connect(config, reaching);
  const at = (name: string) => ({ Bucket, Key: start + name });
  return {
    name: `s3://${Bucket}${prefix && `/${prefix}`}`,
    list: () =>
      asked(Bucket, async () => {
        const { client, s3 } = await open();
        const found: Lying[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await client.send(
            new s3.ListObjectsV2Command({ Bucket, Prefix: start, ContinuationToken }),
          );
          for (const { Key = "", Size = 0 } of page.Contents ?? []) {
            found.push({ name: Key.slice(start.length), bytes: Size });
          }
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken);
        return found;
      }),
    write: (name, content) => asked(Bucket, async () => await writeInParts(await open(), at(name), content)),
    read: (name) =>
      asked(Bucket, async () => {
        const { client, s3 } = await open();
        const answer = await client.send(new s3.GetObjectCommand(at(name))).catch(missing);
        if (!answer) throw new NotFound(`There is no s3://${Bucket}/${start}${name}`);
        return Readable.toWeb(answer.Body as Readable) as ReadableStream<Uint8Array>;
      }),
    remove: (name) =>
      asked(Bucket, async () => {
        const { client, s3 } = await open();
        await client.send(new s3.DeleteObjectCommand(at(name)));
      }),
  };
}

/** Answers how many bytes it were. The file is there once the bucket has heard which parts it has, and not before. */
async function writeInParts(
  { client, s3 }: Opened,
  at: { Bucket: string; Key: string },
  content: ReadableStream<Uint8Array>,
): Promise<number> {
  const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand(at));
  try {
    const Parts: { PartNumber: number; ETag?: string }[] = [];
    let bytes = 0;
    for await (const Body of inParts(content, partBytes)) {
      const PartNumber = Parts.length + 1;
      const ContentLength = Body.length;
      const { ETag } = await client.send(
        new s3.UploadPartCommand({ ...at, UploadId, PartNumber, Body, ContentLength }),
      );
      Parts.push({ PartNumber, ETag });
      bytes += Body.length;
    }
    await client.send(
      new s3.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }),
    );
    return bytes;
  } catch (error) {
    await client.send(new s3.AbortMultipartUploadCommand({ ...at, UploadId })).catch(() => {});
    throw error;
  }
}

/** What the bucket said, in words for whoever keeps backups in it. What broke on our side stays what it is. */
async function asked<T>(bucket: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { name, message, $metadata } = cause as Error & { $metadata?: { httpStatusCode?: number } };
    const isOfBucket = $metadata !== undefined || name === "TimeoutError" ||
      /^E[A-Z]+$/.test((cause as { code?: string }).code ?? "");
    if (!isOfBucket) throw cause;
    throw Object.assign(new Invalid(`The bucket ${bucket} does not do it (${name}: ${message})`), { cause });
  }
}
