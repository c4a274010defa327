import { bucket, connect } from "../base/files/bucket.ts";
import { FetchFailed } from "../base/fetched.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** A few bytes that are put and taken away again. */
const content = new TextEncoder().encode("The doctor was here");

/**
 * Whether what is put there can be had again, byte for byte, and by others as what it is; and whether strangers can
 * list a bucket.
 */
export async function lookAtStorage(patient: Patient): Promise<Finding[]> {
  const { config: { s3, dataDir, mediaUrl }, patience } = patient;
  if (s3) {
    const found = await tryOut(s3, patience);
    if (found.length > 0) return found;
  }
  const listing = s3 && await openListing(s3, patience);
  const found = [...listing ? [listing] : [], ...await fetchAsOthersDo(patient)];
  if (found.length > 0) return found;
  return [
    good(
      s3
        ? `The bucket ${s3.bucket} takes and gives, and nobody else can list it`
        : `Media lie in ${dataDir}/media, and others get them at ${mediaUrl}/media`,
    ),
  ];
}

/** Puts a file where media lie, and asks for it as a browser or another server would. */
async function fetchAsOthersDo({ config, ctx, http }: Patient): Promise<Finding[]> {
  if (!ctx) return [];
  const shelf = ctx.files.bucket ?? ctx.files.folder;
  const name = `${crypto.randomUUID().replaceAll("-", "")}/original.jpg`;
  const path = await Deno.makeTempFile();
  const address = `${config.mediaUrl}/media`;
  try {
    await Deno.writeFile(path, content);
    await shelf.put(name, path);
    const { status, body, headers } = await http.fetch(`${address}/${name}`, {});
    if (status !== 200 || !isContent(body)) {
      return [bad(
        "others-answer",
        `${address} answers ${status} to whoever asks for a picture, and not with the picture`,
        "Let the name in MEDIA_URL (or BASE_URL) lead to riff, and see that nothing before it answers by itself",
      )];
    }
    const type = headers.get("content-type");
    const isNamed = type === "image/jpeg" && headers.get("x-content-type-options") === "nosniff";
    return isNamed ? [] : [bad(
      "types",
      `${address} gives a picture as ${type}, or lets browsers guess what it is`,
      "Let whatever stands before riff leave Content-Type and X-Content-Type-Options as they are",
    )];
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
    if (config.mediaUrl === config.baseUrl) return []; // nobody gets anything there, as is said elsewhere
    return [bad(
      "unreachable",
      `Others don't get media from ${new URL(address).host}: ${error.message}`,
      "See whether the name in MEDIA_URL leads to this machine, and its certificate is good for it",
    )];
  } finally {
    await Deno.remove(path);
    await shelf.remove(name);
  }
}

function isContent(bytes: Uint8Array<ArrayBuffer>): boolean {
  return new TextDecoder().decode(bytes) === new TextDecoder().decode(content);
}

async function tryOut(s3: Parameters<typeof bucket>[0], patience: number): Promise<Finding[]> {
  const shelf = bucket(s3, { patience });
  const name = `doctor-${crypto.randomUUID()}/original.jpg`;
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, content);
    await shelf.put(name, path);
    const kept = await shelf.get(name);
    const back = kept && await new Response(kept.body).bytes();
    await shelf.remove(name);
    if (back && isContent(back)) return [];
    return [
      bad(
        "changed",
        `The bucket ${s3.bucket} does not give what it was given`,
        "Ask its provider, or take another one",
      ),
    ];
  } catch (error) {
    const { cause = error } = error as Error;
    return [bad(
      "bucket",
      `The bucket ${s3.bucket} does not work: ${(cause as Error).name}: ${(cause as Error).message}`,
      "Check S3_ENDPOINT, S3_REGION, S3_BUCKET and the key, which has to be allowed to read, write, list and delete",
    )];
  } finally {
    await Deno.remove(path);
  }
}

/** Asks as a stranger for the bucket's list: whoever has it can fetch what was only ever shown to few. */
async function openListing(s3: Parameters<typeof bucket>[0], patience: number): Promise<Finding | undefined> {
  const { client, s3: commands } = await connect(s3, { patience, isStranger: true });
  try {
    await client.send(new commands.ListObjectsV2Command({ Bucket: s3.bucket, MaxKeys: 1 }));
  } catch {
    return;
  }
  return doubtful(
    "listed",
    `Everybody can list the bucket ${s3.bucket}, and so find pictures that were shown to few`,
    "Make the bucket private: riff hands out what people may see",
  );
}
