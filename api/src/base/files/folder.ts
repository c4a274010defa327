import { type Folder, type Kept, nothingOf, resolveRange, type Shelf } from "./shelf.ts";

/** Up to so many bytes are read at once: opening a stream costs more than reading them. */
const small = 256 * 1024;

/** A folder as a shelf. A name's first two characters are a folder of their own, so that none grows too large. */
export function folder(root: string): Folder {
  const pathOf = (name: string) => `${root}/${name.slice(0, 2)}/${name}`;
  return {
    pathOf,
    async put(name, path) {
      const to = pathOf(name);
      await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
      const half = `${to}.${crypto.randomUUID()}`;
      await Deno.copyFile(path, half);
      {
        using file = await Deno.open(half, { read: true, write: true });
        await file.sync(); // what is answered must survive a power cut
      }
      await Deno.rename(half, to);
    },
    async get(name, range) {
      const file = await Deno.open(pathOf(name)).catch(missing);
      if (!file) return undefined;
      try {
        return await open(file, range);
      } catch (error) {
        file.close();
        throw error;
      }
    },
    async size(name) {
      return (await Deno.stat(pathOf(name)).catch(missing))?.size;
    },
    async remove(name) {
      await Deno.remove(pathOf(name)).catch(missing);
      const folder = pathOf(name).replace(/\/[^/]*$/, "");
      await Deno.remove(folder).catch(() => {}); // as soon as it is empty
    },
    async *list() {
      for await (const first of entries(root)) {
        for await (const key of entries(`${root}/${first}`)) {
          for await (const file of entries(`${root}/${first}/${key}`)) {
            const stat = await Deno.stat(`${root}/${first}/${key}/${file}`).catch(missing);
            if (!stat) continue;
            const at = Temporal.Instant.fromEpochMilliseconds(stat.mtime?.getTime() ?? 0);
            yield { name: `${key}/${file}`, bytes: stat.size, at };
          }
        }
      }
    },
  };
}

async function open(file: Deno.FsFile, range: Parameters<Shelf["get"]>[1]): Promise<Kept> {
  const { size: bytes } = await file.stat();
  const part = range && resolveRange(range, bytes);
  if (range && !part) {
    file.close();
    return nothingOf(bytes);
  }
  const length = part ? part.last - part.first + 1 : bytes;
  if (part) await file.seek(part.first, Deno.SeekMode.Start);
  if (length > small) return { body: limited(file.readable, length), bytes, part };
  const piece = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const more = await file.read(piece.subarray(read));
    if (more === null) break;
    read += more;
  }
  file.close();
  return { body: new Blob([piece.subarray(0, read)]).stream(), bytes, part };
}

/** The first so many bytes; then the source is closed. */
function limited(source: ReadableStream<Uint8Array>, length: number): ReadableStream<Uint8Array> {
  let left = length;
  return source.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const piece = chunk.subarray(0, left);
        left -= piece.length;
        if (piece.length > 0) controller.enqueue(piece);
        if (left === 0) controller.terminate();
      },
    }),
  );
}

async function* entries(path: string): AsyncIterable<string> {
  try {
    for await (const { name } of Deno.readDir(path)) yield name;
  } catch (error) {
    missing(error);
  }
}

function missing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound) && !(error instanceof Deno.errors.NotADirectory)) throw error;
}
