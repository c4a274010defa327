import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import sharp from "sharp";
import { remoteAddress } from "../../api/src/media/addresses.ts";
import { sealer } from "../../api/src/base/secrets.ts";
import { type Child, freePort, startChild, untilItAnswers } from "./child.ts";
import { hostOf } from "./neighbours.ts";
import { cpuOf, memoryOf } from "./proc.ts";
import { secretKey, type Servers } from "./servers.ts";

/** Pictures that come in, and pictures of other servers that go through. */

/** A photograph as a phone takes it: 12 megapixels, some MB, with a little of everything in it. */
export async function photograph(width = 4000, height = 3000): Promise<Uint8Array<ArrayBuffer>> {
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const sixteenth = { width: Math.ceil(width / 4), height: Math.ceil(height / 4), channels: 3 } as const;
  const coarse = await sharp({ create: { ...sixteenth, background: "#888", noise } }).blur(0.7).png()
    .toBuffer();
  const image = sharp(coarse).resize({ width, height, fit: "fill" }).sharpen({ sigma: 2 });
  return new Uint8Array(await image.jpeg({ quality: 92 }).toBuffer());
}

/** What some work cost a process. */
export interface Cost {
  seconds: number;
  /** Milliseconds of CPU. */
  cpu?: number;
  /** Bytes of memory at the most, beyond what it had before. */
  extra?: number;
}

/** Has a process do some work, and looks at it all the while. */
export async function costOf(pid: number, work: () => Promise<unknown>): Promise<Cost> {
  const [cpu, memory] = [cpuOf(pid), memoryOf(pid)];
  let [most, isDone] = [memory, false];
  const looking = (async () => {
    while (!isDone) {
      const now = memoryOf(pid);
      if (now !== undefined) most = Math.max(most ?? 0, now);
      await delay(5);
    }
  })();
  const since = performance.now();
  await work().finally(() => isDone = true);
  const seconds = (performance.now() - since) / 1000;
  await looking;
  const used = cpuOf(pid);
  return {
    seconds,
    cpu: used === undefined || cpu === undefined ? undefined : used - cpu,
    extra: most === undefined || memory === undefined ? undefined : most - memory,
  };
}

/** Uploads a picture so many times at once, from a process of its own. Resolves when the first one begins. */
export async function upload(
  { url, seeded: { token } }: Servers,
  path: string,
  times = 1,
): Promise<{ done: Promise<void> }> {
  const script = new URL("uploader.ts", import.meta.url).pathname;
  const args = ["run", "-A", script, JSON.stringify({ url, token, path, times })];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "inherit" }).spawn();
  const said = child.stdout.getReader();
  await said.read();
  const done = child.status.then(async ({ success }) => {
    await said.cancel();
    if (!success) throw new Error("An upload failed");
  });
  return { done };
}

/** Milliseconds that each home page took, one asked for every so often while something else goes on. */
export async function whileIn(
  { url, seeded }: Servers,
  work: Promise<unknown>,
  everyMilliseconds = 25,
): Promise<number[]> {
  let isDone = false;
  work.finally(() => isDone = true).catch(() => {});
  const asked: Promise<number>[] = [];
  while (!isDone) {
    const since = performance.now();
    const headers = { authorization: `Bearer ${seeded.token}` };
    asked.push(
      fetch(`${url}/api/v1/timelines/home`, { headers }).then(async (answer) => {
        await answer.bytes();
        return performance.now() - since;
      }),
    );
    await delay(everyMilliseconds);
  }
  await work;
  return await Promise.all(asked);
}

/** The value that 99 of 100 stay under. */
export function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]!;
}

/** Another server with many pictures, which posts of its people show. */
export interface Remote extends AsyncDisposable {
  host: Child;
  /** Where ours shows a small preview, and each of the large ones, to members. */
  small: string;
  large: string[];
}

/** Starts that server, and has one of its people show `count` pictures, of a megabyte each, and a small one. */
export async function startRemote(servers: Servers, folder: string, count: number): Promise<Remote> {
  const files = { small: `${folder}/small.jpg`, large: `${folder}/large.jpg` };
  await Deno.writeFile(files.small, await photograph(400, 300));
  const large = await photograph(1600, 1200);
  await Deno.writeFile(files.large, padded(large, 1_000_000));
  const port = freePort();
  const [hostname = ""] = hostOf(0, port).split(":");
  const script = new URL("pictures_host.ts", import.meta.url).pathname;
  const said = JSON.stringify({ hostname, port: String(port), ...files });
  const host = startChild([Deno.execPath(), "run", "-A", script, said]);
  const at = `http://${hostname}:${port}`;
  await untilItAnswers(host, `${at}/small`);
  const ids = await show(servers, at, count);
  const ctx = { config: { baseUrl: servers.url }, secrets: sealer(secretKey), isForMember: true };
  const address = (id: string, isSmall: boolean, url: string) =>
    remoteAddress(ctx as Parameters<typeof remoteAddress>[0], { what: "attachment", id, isSmall }, url);
  return {
    host,
    small: address(ids[0]!, true, `${at}/small`),
    large: ids.slice(1).map((id, n) => address(id, false, `${at}/${n + 1}`)),
    [Symbol.asyncDispose]: () => host.stop(),
  };
}

/** Bytes after a picture's end are passed on like the rest. */
function padded(bytes: Uint8Array, size: number): Uint8Array {
  const all = new Uint8Array(Math.max(size, bytes.length));
  all.set(bytes);
  return all;
}

/** Has a post of somebody elsewhere show these. */
async function show(servers: Servers, at: string, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: servers.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `insert into attachments (account_id, post_id, position, kind, remote_url, loose_since)
      select post.author_id, post.id, n + 1, 'image', $1 || '/' || case when n = 0 then 'small' else n::text end, null
      from generate_series(0, $2::int) n, (
        select p.id, p.author_id from posts p join accounts a on a.id = p.author_id
        where a.domain is not null and p.boost_of_id is null limit 1) post
      order by n returning id`,
      [at, count],
    );
    return rows.map(({ id }) => String(id));
  } finally {
    await client.end();
  }
}

/** Bytes that lie in a folder, with all below it. */
export async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name, isDirectory } of entries) {
    const path = `${folder}/${name}`;
    if (isDirectory) bytes += await bytesIn(path);
    else bytes += (await Deno.stat(path).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
