import { bucket, connect } from "../base/files/bucket.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** A few bytes that are put and taken away again. */
const content = new TextEncoder().encode("The doctor was here");

/** Whether what is put there can be had again, byte for byte, and whether strangers can list a bucket. */
export async function lookAtStorage({ config, patience }: Patient): Promise<Finding[]> {
  const { s3 } = config;
  if (!s3) return [good(`Media lie in ${config.dataDir}/media`)];
  const found = await tryOut(s3, patience);
  if (found.length > 0) return found;
  const listing = await openListing(s3, patience);
  return [listing ?? good(`The bucket ${s3.bucket} takes and gives, and nobody else can list it`)];
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
    if (back && new TextDecoder().decode(back) === new TextDecoder().decode(content)) return [];
    return [
      bad(`The bucket ${s3.bucket} does not give what it was given`, "Ask its provider, or take another one"),
    ];
  } catch (error) {
    const { cause = error } = error as Error;
    return [bad(
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
    `Everybody can list the bucket ${s3.bucket}, and so find pictures that were shown to few`,
    "Make the bucket private: riff hands out what people may see",
  );
}
