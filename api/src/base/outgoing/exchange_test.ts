import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type http from "node:http";
import type net from "node:net";
import tls from "node:tls";
import type { FetchOptions } from "../http.ts";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import {
  clientFor,
  failureOf,
  hasClosed,
  listen,
  type LoopbackServer,
  serve,
  speak,
  textOf,
} from "./loopback_servers.ts";

/** Fetches from this server as `one.test`, with 1,000 bytes and half a second to spend. */
async function ask(server: LoopbackServer, options = {}) {
  using client = clientFor({ "one.test": server });
  return await client.fetch("http://one.test/", { maxBytes: 1_000, timeout: 500, ...options });
}

/** A server whose every answer has this body in this encoding. */
const encoded = (coding: string, body: Uint8Array) =>
  serve((_request, response) => response.writeHead(200, { "content-encoding": coding }).end(body));

/** Says something again and again, until nobody listens. */
function repeat(socket: net.Socket, text: string, pause = 1): void {
  const timer = setInterval(() => socket.write(text), pause);
  socket.on("close", () => clearInterval(timer));
}

const ok = "HTTP/1.1 200 OK\r\n";

Deno.test("compressed answers are inflated", async () => {
  const hello = Buffer.from("hello".repeat(100));
  const cases: [string, Uint8Array][] = [
    ["gzip", gzipSync(hello)],
    ["x-gzip", gzipSync(hello)],
    ["GZIP", gzipSync(hello)],
    ["deflate", deflateSync(hello)],
    ["br", brotliCompressSync(hello)],
    ["identity", hello],
  ];
  for (const [coding, body] of cases) {
    await using server = await encoded(coding, body);
    const answer = await ask(server);
    assert.equal(textOf(answer), hello.toString(), coding);
    if (coding !== "identity") assert.equal(answer.headers.get("content-encoding"), null);
  }
});

Deno.test("compression that is broken or unknown is unreadable, and no body needs none", async () => {
  const cases: [string, Uint8Array][] = [
    ["gzip", Buffer.from("not gzip at all")],
    ["gzip", gzipSync("cut off").subarray(0, 15)],
    ["br", Buffer.from("not brotli at all")],
    ["zstd", Buffer.from("never asked for")],
    ["gzip, gzip", gzipSync(gzipSync("twice"))],
    ["__proto__", Buffer.from("clever")],
  ];
  for (const [coding, body] of cases) {
    await using server = await encoded(coding, body);
    const { kind, permanent } = await failureOf(ask(server));
    assert.equal(kind, "unreadable", coding);
    assert(permanent);
  }
  await using server = await encoded("gzip", new Uint8Array(0));
  assert.equal((await ask(server)).body.length, 0);
});

Deno.test("an answer may be exactly as large as allowed, and no larger, before and after inflation", async () => {
  for (const [length, fits] of [[1_000, true], [1_001, false]] as const) {
    const body = Buffer.alloc(length, "a");
    const servers = [
      serve((_request, response) => response.writeHead(200, { "content-length": length }).end(body)),
      serve((_request, response) => {
        response.write(body.subarray(0, 600));
        response.end(body.subarray(600));
      }),
      encoded("gzip", gzipSync(body)),
      encoded("deflate", deflateSync(body)),
      encoded("br", brotliCompressSync(body)),
    ];
    for (const starting of servers) {
      await using server = await starting;
      if (fits) assert.deepEqual((await ask(server)).body, new Uint8Array(body));
      else assert.equal((await failureOf(ask(server))).kind, "too_large");
    }
  }
});

Deno.test("an endless body, an announced one and an endless bomb are cut off, connection and all", async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000));
  const endings = [
    (socket: net.Socket) => {
      socket.write(`${ok}\r\n`);
      repeat(socket, "a".repeat(1_000));
    },
    (socket: net.Socket) => {
      socket.write(`${ok}Transfer-Encoding: chunked\r\n\r\n`);
      repeat(socket, "1\r\na\r\n".repeat(100));
    },
    (socket: net.Socket) => void socket.write(`${ok}Content-Length: 100000000\r\n\r\na`),
    (socket: net.Socket) => {
      socket.write(`${ok}Content-Encoding: gzip\r\n\r\n`);
      socket.write(bomb);
    },
  ];
  for (const handler of endings) {
    await using server = await speak(handler);
    using client = clientFor({ "one.test": server });
    const { kind, permanent } = await failureOf(client.fetch("http://one.test/", { maxBytes: 1_000 }));
    assert.equal(kind, "too_large");
    assert(permanent);
    await Promise.all(server.sockets.map(hasClosed));
  }
});

Deno.test("a small bomb is stopped while it inflates", async () => {
  const nothing = Buffer.alloc(50_000_000);
  const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  const bombs = [["gzip", gzipSync(nothing)], ["br", brotliCompressSync(nothing, quickly)]] as const;
  for (const [coding, bomb] of bombs) {
    await using server = await encoded(coding, bomb);
    const before = Deno.memoryUsage().rss;
    assert.equal((await failureOf(ask(server, { maxBytes: 1_000_000 }))).kind, "too_large");
    assert(Deno.memoryUsage().rss - before < 25_000_000);
  }
});

Deno.test("headers without end are cut off", async () => {
  await using server = await speak((socket) => {
    socket.write(ok);
    repeat(socket, `X-Long: ${"a".repeat(10_000)}\r\n`);
  });
  assert.equal((await failureOf(ask(server))).kind, "too_large");
});

Deno.test("slow servers run out of time, wherever they are slow", async () => {
  const slow: Record<string, (socket: net.Socket) => void> = {
    "says nothing": () => {},
    "trickles headers": (socket) => {
      socket.write(ok);
      repeat(socket, "A: b\r\n", 20);
    },
    "has always more to come": (socket) => repeat(socket, "HTTP/1.1 103 Early Hints\r\n\r\n", 20),
    "trickles its body": (socket) => {
      socket.write(`${ok}Content-Length: 900\r\n\r\n`);
      repeat(socket, "a", 20);
    },
    "stops in its body": (socket) => void socket.write(`${ok}Content-Length: 900\r\n\r\na`),
  };
  for (const [what, handler] of Object.entries(slow)) {
    await using server = await speak(handler);
    const start = performance.now();
    const { kind, permanent } = await failureOf(ask(server, { timeout: 100 }));
    assert.equal(kind, "timeout", what);
    assert(!permanent);
    assert(performance.now() - start < 400, what);
  }
});

Deno.test("time runs out across redirects too, not anew with each", async () => {
  await using server = await serve((_request, response) => {
    setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60);
  });
  assert.equal((await failureOf(ask(server, { timeout: 150 }))).kind, "timeout");
});

Deno.test("a look-up without answer runs out of time, and one that answers too late does no harm", async () => {
  await using server = await speak((socket) => socket.end());
  const late: ((addresses: string[]) => void)[] = [];
  const failing: ((error: Error) => void)[] = [];
  using client = clientFor({}, {
    lookup: () =>
      new Promise((resolve, reject) => {
        late.push(resolve);
        failing.push(reject);
      }),
  });
  for (let i = 0; i < 2; i++) {
    assert.equal((await failureOf(client.fetch("http://silent.test/", { timeout: 50 }))).kind, "timeout");
  }
  late[0]?.(["127.0.0.1"]);
  failing[1]?.(new Error("too late"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(server.sockets.length, 0);
});

Deno.test("a body that pauses for too long is given up before all time is over", async () => {
  await using server = await speak((socket) => void socket.write(`${ok}Content-Length: 900\r\n\r\na`));
  using client = clientFor({ "one.test": server }, { limits: { idle: 50 } });
  const start = performance.now();
  assert.equal((await failureOf(client.fetch("http://one.test/"))).kind, "timeout");
  assert(performance.now() - start < 1_000);
});

Deno.test("a body that keeps coming may take longer than it may pause", async () => {
  await using server = await speak((socket) => {
    socket.write(`${ok}Content-Length: 10\r\n\r\n`);
    repeat(socket, "a", 30);
  });
  using client = clientFor({ "one.test": server }, { limits: { idle: 200 } });
  assert.equal(textOf(await client.fetch("http://one.test/")), "aaaaaaaaaa");
});

Deno.test("whatever is no whole answer is a failure of the network, which may pass", async () => {
  const broken: Record<string, (socket: net.Socket) => void> = {
    "hangs up": (socket) => socket.end(),
    "breaks off": (socket) => socket.destroy(),
    "resets": (socket) => socket.resetAndDestroy(),
    "speaks something else": (socket) => void socket.end("220 mail.example ESMTP\r\n"),
    "ends in its headers": (socket) => void socket.end(`${ok}Content-Le`),
    "ends before its end": (socket) => void socket.end(`${ok}Content-Length: 900\r\n\r\na`),
    "ends between chunks": (socket) => void socket.end(`${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n`),
    "resets in its body": (socket) => {
      socket.write(`${ok}Content-Length: 900\r\n\r\na`, () => setTimeout(() => socket.resetAndDestroy(), 20));
    },
    "gives two lengths": (socket) => void socket.end(`${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
    "gives a length and chunks": (socket) => {
      socket.end(`${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
    },
    "changes the protocol": (socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
    },
  };
  for (const [what, handler] of Object.entries(broken)) {
    await using server = await speak(handler);
    const { kind, permanent } = await failureOf(ask(server));
    assert.equal(kind, "network", what);
    assert(!permanent);
  }
});

Deno.test("what comes after an answer is no answer to the next request", async () => {
  await using server = await speak((socket) => {
    const answer = (text: string) => `${ok}Content-Length: ${text.length}\r\n\r\n${text}`;
    socket.write(answer("mine") + answer("not mine"));
  });
  using client = clientFor({ "one.test": server });
  for (let i = 0; i < 3; i++) assert.equal(textOf(await client.fetch("http://one.test/")), "mine");
});

Deno.test("a server that is not there is a failure of the network", async () => {
  const gone = await serve((_request, response) => response.end());
  await gone[Symbol.asyncDispose]();
  assert.equal((await failureOf(ask(gone))).kind, "network");
});

Deno.test("a certificate must be trusted and made for the name", async () => {
  await using server = await listen(tls.createServer({ key, cert: certificate }, (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(`${ok}Content-Length: 2\r\n\r\nhi`));
  }));
  const servers = { "secure.test": server, "other.test": server };
  using trusting = clientFor(servers, { ca: certificate });
  assert.equal(textOf(await trusting.fetch("https://secure.test/")), "hi");
  assert.equal((await failureOf(trusting.fetch("https://other.test/"))).kind, "network");
  using usual = clientFor(servers);
  assert.equal((await failureOf(usual.fetch("https://secure.test/"))).kind, "network");
});

Deno.test("a server that never finishes the handshake runs out of time", async () => {
  await using server = await speak(() => {});
  using client = clientFor({ "secure.test": server });
  const failure = await failureOf(client.fetch("https://secure.test/", { timeout: 100 }));
  assert.equal(failure.kind, "timeout");
  await Promise.all(server.sockets.map(hasClosed));
});

/** Signed by itself, for `secure.test` and these tests alone; good from 2020 to 2120. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBZDCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtzZWN1cmUu
dGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UE
AwwLc2VjdXJlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATsrOsK3dVu
IBVsfcRVT1OWTJEHrbTAcn4BeCX3sQaRgC9XC1eYKOigQqqGcBahMChtQIYR54wW
ujsTacT3vSico0cwRTAWBgNVHREEDzANggtzZWN1cmUudGVzdDAMBgNVHRMBAf8E
AjAAMB0GA1UdDgQWBBThnjp2s6VvzcCCv87S4Cx5ex0kFjAKBggqhkjOPQQDAgNI
ADBFAiAfEHI7+NSYXJqsbhoVkG9SV/pu3SiL9JEZANT8vauAXAIhAIThukN8P/0Q
t/MfMQO2OHqv9JstmvtRws9LjSzGJWWw
-----END CERTIFICATE-----`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMUWsccYGL/BQDLCx
NufRKWkoIZTrz7TncUsKYF9xsvWhRANCAATsrOsK3dVuIBVsfcRVT1OWTJEHrbTA
cn4BeCX3sQaRgC9XC1eYKOigQqqGcBahMChtQIYR54wWujsTacT3vSic
-----END PRIVATE KEY-----`;

Deno.test("a body may be taken as it comes: whole, in part, or not at all", async () => {
  const steady: http.RequestListener = (_request, response) => {
    let written = 0;
    const timer = setInterval(() => {
      response.write("x".repeat(1_000));
      if (++written === 20) response.end();
    }, 1);
    response.on("close", () => clearInterval(timer));
  };
  await using server = await serve(steady);
  using client = clientFor({ "one.test": server });
  const taken = async (enough: number, options: FetchOptions = {}) => {
    let size = 0;
    const receive = (piece: Uint8Array) => (size += piece.length) < enough;
    const answer = await client.fetch("http://one.test/", { receive, ...options });
    assert.deepEqual([answer.status, answer.body.length], [200, 0]);
    return size;
  };
  assert.equal(await taken(Infinity), 20_000);
  const part = await taken(3_000);
  assert.ok(part >= 3_000 && part < 20_000, String(part));
  assert.equal((await failureOf(taken(Infinity, { maxBytes: 5_000 }))).kind, "too_large");
  const full = new Error("The disk is full");
  const refuse = () => Promise.reject(full);
  await assert.rejects(client.fetch("http://one.test/", { receive: refuse }), full);

  await using broken = await serve((request) => {
    request.socket.write(`${ok}content-length: 10000\r\n\r\nhello`, () => request.socket.destroy());
  });
  using other = clientFor({ "one.test": broken });
  const cut = failureOf(other.fetch("http://one.test/", { receive: () => {} }));
  assert.equal((await cut).kind, "network");
  await using packed = await encoded("gzip", gzipSync("nobody asked"));
  using third = clientFor({ "one.test": packed });
  const refused = failureOf(third.fetch("http://one.test/", { receive: () => {} }));
  assert.equal((await refused).kind, "unreadable");
  await using missing = await serve((_request, response) => response.writeHead(404).end("not here"));
  using fourth = clientFor({ "one.test": missing });
  const answer = await fourth.fetch("http://one.test/", {
    receive: () => assert.fail("of a good answer only"),
  });
  assert.deepEqual([answer.status, textOf(answer)], [404, "not here"]);
});
