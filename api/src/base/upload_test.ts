import assert from "node:assert/strict";
import { BadRequest, TooLarge } from "./errors.ts";
import { readInput } from "./input.ts";
import { discard, Upload } from "./upload.ts";

const address = "http://riff.test/api/v2/media";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function request(body: BodyInit, type?: string): Request {
  return new Request(address, { method: "POST", body, headers: type ? { "content-type": type } : {} });
}

const here = async (folder: string) => (await Array.fromAsync(Deno.readDir(folder))).length;

Deno.test("files of a form go to disk as they come, and its other fields nest as ever", () =>
  inFolder(async (folder) => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const form = new FormData();
    form.append("description", "é");
    form.append("file", new File([bytes], "é.png", { type: "image/png" }));
    form.append("nothing", new File([], ""));
    form.append("media[][file]", new File(["b"], "b.txt"));
    form.append("__proto__", new File(["c"], "c.txt"));
    const taken: Upload[] = [];
    const input = await readInput(request(form), { files: { maxBytes: 100_000, folder, taken } });
    const { file, description, media } = input;
    assert.ok(file instanceof Upload);
    assert.deepEqual([file.name, file.type, file.bytes, description], ["é.png", "image/png", 60_000, "é"]);
    assert.deepEqual(await Deno.readFile(file.path), bytes);
    assert.equal(input.nothing, undefined);
    assert.ok((media as { file: Upload }[])[0]!.file instanceof Upload);
    await discard(taken);
    assert.equal(await here(folder), 0, "also what has a name that nobody reads");
  }));

Deno.test("a form of more bytes than are allowed is refused while it is still being sent", () =>
  inFolder(async (folder) => {
    let sent = 0;
    const start = '--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n';
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const taken: Upload[] = [];
    const files = { maxBytes: 1_000_000, folder, taken };
    await assert.rejects(readInput(request(body, "multipart/form-data; boundary=x"), { files }), TooLarge);
    assert.ok(sent < 4_000_000);
    await discard(taken);
    assert.equal(await here(folder), 0);
  }));

const part = (name: string, file = "") =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\nvalue\r\n`;

const malformed: [what: string, body: string, type: string][] = [
  ["without a boundary", part("a") + "--x--\r\n", "multipart/form-data"],
  ["with another boundary", part("a") + "--x--\r\n", "multipart/form-data; boundary=y"],
  ["cut off in a field", part("a") + part("b").slice(0, -10), "multipart/form-data; boundary=x"],
  ["cut off in a file", part("a", "a").slice(0, -4), "multipart/form-data; boundary=x"],
  ["without an end", part("a", "a"), "multipart/form-data; boundary=x"],
  ["with too many files", part("a[]", "a").repeat(20) + "--x--\r\n", "multipart/form-data; boundary=x"],
  ["with too many fields", part("a[]").repeat(5_000) + "--x--\r\n", "multipart/form-data; boundary=x"],
  ["with nothing in it", "nothing at all--", "multipart/form-data; boundary=x"],
];

for (const [what, body, type] of malformed) {
  Deno.test(`a form is refused that comes ${what}, and leaves nothing behind`, () =>
    inFolder(async (folder) => {
      const taken: Upload[] = [];
      const files = { maxBytes: 1_000_000, folder, taken };
      await assert.rejects(readInput(request(body, type), { files }), BadRequest);
      await discard(taken);
      assert.equal(await here(folder), 0);
    }));
}

Deno.test("a form that breaks off in a file before its first byte is written stops nobody else", () =>
  inFolder(async (folder) => {
    const body = part("a", "a").slice(0, -4);
    const taken: Upload[] = [];
    // As slow as a busy disk: all of them break off before any file is open.
    const all = Array.from(
      { length: 200 },
      () =>
        readInput(request(body, "multipart/form-data; boundary=x"), {
          files: { maxBytes: 1_000_000, folder, taken },
        }),
    );
    for (const one of await Promise.allSettled(all)) {
      assert.ok(one.status === "rejected" && one.reason instanceof BadRequest);
    }
    await discard(taken);
    assert.equal(await here(folder), 0);
  }));
