import assert from "node:assert/strict";
import net from "node:net";
import { newWorld, type World } from "./world.ts";

Deno.test("unknown addresses are answered in the words of whoever asks there", async () => {
  await using world = await newWorld();
  const unknown = ["nothing", "statuses/1/2/3", "", "%00", "accounts/%E0%A4%A", "x".repeat(4_000)];
  for (const path of unknown.flatMap((end) => [`/api/v1/${end}`, `/api/v9/${end}`, `/.well-known/${end}`])) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const { status, json } = await world.visit(path, { method });
      assert.deepEqual([status, typeof json.error], [404, "string"], `${method} ${path}`);
    }
  }
  for (
    const path of ["/nothing", "/@nobody", "/@nobody/1", "/%00", "/home/x", "/%2F%2F", "/x".repeat(1_000)]
  ) {
    const { status, headers, text } = await world.visit(path, { headers: { accept: "text/html" } });
    assert.equal(status, 404, path);
    assert.match(headers.get("content-type")!, /^text\/html/);
    assert.match(text, /<h1/);
  }
});

Deno.test("odd methods, heads and lines are refused, and the next request is answered", async () => {
  await using world = await newWorld();
  const lines = (first: string, ...more: string[]) =>
    [first, "Host: riff", "Connection: close", ...more, "", ""].join("\r\n");
  const odd = [
    ...["TRACE", "PROPFIND", "FOO", "get", "CONNECT"].map((method) =>
      lines(`${method} /api/v1/statuses HTTP/1.1`)
    ),
    ...["PUT", "DELETE", "PATCH", "POST"].map((method) => lines(`${method} /api/v2/instance HTTP/1.1`)),
    lines(`GET /${"x".repeat(100_000)} HTTP/1.1`),
    lines("GET / HTTP/1.1", `Cookie: ${"x".repeat(1_000_000)}`),
    lines("GET / HTTP/1.1", ...Array.from({ length: 5_000 }, (_, n) => `X-${n}: x`)),
    lines("GET / HTTP/1.1", "Authorization: Bearer \x01\x02"),
    lines("GET /api/v1/timelines/home HTTP/1.1", `Authorization: Bearer ${"x".repeat(10_000)}`),
    lines("POST /api/v1/statuses HTTP/1.1", "Content-Length: -1"),
    lines("POST /api/v1/statuses HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked"),
    lines("POST /api/v1/apps HTTP/1.1", "Transfer-Encoding: chunked") + "zz\r\n",
    lines("GET / HTTP/9.9"),
    lines("GET"),
    "\x16\x03\x01 this is TLS\r\n\r\n",
  ];
  for (const request of odd) {
    const { status } = await exchange(world, [request]);
    assert.ok(
      status === undefined || (status >= 400 && status < 500),
      `${status} for ${request.slice(0, 60)}`,
    );
    assert.equal((await world.visit("/health/live")).status, 200);
  }
  const head = await fetch(`${world.url}/api/v2/instance`, { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
});

Deno.test("a body without end is refused long before its end", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  for (const path of ["/api/v1/statuses", "/api/v1/apps", "/oauth/token", "/auth/sign_in"]) {
    const head = [
      `POST ${path} HTTP/1.1`,
      "Host: riff",
      `Authorization: Bearer ${alice.token}`,
      "Content-Type: application/json",
      "Transfer-Encoding: chunked",
    ].join("\r\n");
    const { status, sent } = await exchange(world, [`${head}\r\n\r\n`, ...Array<string>(800).fill(chunk)]);
    assert.equal(status, 413, path);
    assert.ok(sent < 20_000_000, `${path} took ${sent} bytes`);
  }
});

/** Sends these pieces, one after another, until there is an answer; undefined where the line was cut instead. */
async function exchange(world: World, pieces: string[]): Promise<{ status?: number; sent: number }> {
  const socket = net.connect(Number(new URL(world.url).port), "127.0.0.1");
  const answered = new Promise<number | undefined>((resolve) => {
    socket.once(
      "data",
      (bytes) => resolve(Number(bytes.toString("latin1").match(/^HTTP\/1\.[01] (\d{3})/)?.[1])),
    );
    socket.once("close", () => resolve(undefined));
    socket.once("error", () => resolve(undefined));
  });
  let done = false;
  answered.then(() => done = true);
  let sent = 0;
  for (const piece of pieces) {
    if (done) break;
    sent += piece.length;
    await new Promise((resolve) => socket.write(piece, "latin1", resolve));
  }
  const status = await answered;
  socket.destroy();
  return { status, sent };
}
