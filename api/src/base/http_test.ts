import assert from "node:assert/strict";
import type http from "node:http";
import {
  clientFor,
  failureOf,
  hasClosed,
  type LoopbackServer,
  serve,
  speak,
  textOf,
} from "./outgoing/loopback_servers.ts";

/** A server that says what it was asked, as JSON. */
const mirror = () =>
  serve((request, response) => {
    let body = "";
    request.on("data", (chunk) => body += chunk);
    request.on("end", () => {
      const { method, url, headers } = request;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ method, url, headers, body }));
    });
  });

/** A server that sends every path on to where the table says. */
const signpost = (table: Record<string, string>, status = 302) =>
  serve((request, response) => {
    const location = table[request.url ?? ""];
    if (location) response.writeHead(status, { location });
    response.end(request.url);
  });

Deno.test("a request arrives as it was meant, and so does the answer", async () => {
  await using server = await mirror();
  using client = clientFor({ "one.test": server });
  const answer = await client.fetch("http://one.test/inbox?page=1#end", {
    method: "POST",
    headers: { "Content-Type": "application/activity+json", Host: "two.test", "Content-Length": "2" },
    body: "höre",
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.url, "http://one.test/inbox?page=1");
  assert.equal(answer.headers.get("content-type"), "application/json");
  assert.deepEqual(JSON.parse(textOf(answer)), {
    method: "POST",
    url: "/inbox?page=1",
    headers: {
      "accept-encoding": "gzip, deflate, br",
      "connection": "keep-alive",
      "content-length": "5",
      "content-type": "application/activity+json",
      "host": "one.test",
      "user-agent": "riff",
    },
    body: "höre",
  });
});

Deno.test("every status is an answer", async () => {
  await using server = await serve((request, response) => {
    response.statusCode = Number(request.url?.slice(1));
    response.end();
  });
  using client = clientFor({ "one.test": server });
  for (const status of [200, 202, 204, 300, 304, 400, 404, 410, 429, 500, 503]) {
    assert.equal((await client.fetch(`http://one.test/${status}`)).status, status);
  }
});

Deno.test("a connection is kept for its host, and never serves another of the same address", async () => {
  await using server = await mirror();
  using client = clientFor({ "one.test": server, "two.test": server });
  const from = async (host: string) => {
    const { headers } = JSON.parse(textOf(await client.fetch(`http://${host}/`)));
    assert.equal(headers.host, host);
  };
  for (const host of ["one.test", "one.test", "two.test", "one.test", "two.test"]) await from(host);
  assert.equal(server.sockets.length, 2);
});

Deno.test("a kept connection that the other side has dropped is replaced", async () => {
  let answered = 0;
  await using server = await speak((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    answered++;
    socket.once("data", () => socket.destroy());
  });
  using client = clientFor({ "one.test": server });
  for (let i = 0; i < 3; i++) {
    const answer = await client.fetch("http://one.test/", { method: "POST", body: "again" });
    assert.equal(textOf(answer), "hi");
  }
  assert.equal(answered, 3);
});

Deno.test("redirects are followed, relative ones too, and the answer says where it came from", async () => {
  await using two = await mirror();
  for (const status of [301, 302, 303, 307, 308]) {
    await using one = await signpost({ "/a": "b?c=d", "/b?c=d": "//two.test/e" }, status);
    using client = clientFor({ "one.test": one, "two.test": two });
    const answer = await client.fetch("http://one.test/a");
    assert.equal(answer.url, "http://two.test/e");
    assert.equal(JSON.parse(textOf(answer)).url, "/e");
  }
});

Deno.test("at most five redirects are followed, so that loops end", async () => {
  await using server = await signpost({
    "/loop": "/loop",
    "/5": "/4",
    "/4": "/3",
    "/3": "/2",
    "/2": "/1",
    "/1": "/0",
    "/6": "/5",
  });
  using client = clientFor({ "one.test": server });
  assert.equal(textOf(await client.fetch("http://one.test/5")), "/0");
  for (const path of ["6", "loop"]) {
    const { kind, permanent } = await failureOf(client.fetch(`http://one.test/${path}`, { redirects: 50 }));
    assert.equal(kind, "too_many_redirects");
    assert(permanent);
  }
  assert.equal(
    (await failureOf(client.fetch("http://one.test/2", { redirects: 1 }))).kind,
    "too_many_redirects",
  );
});

Deno.test("a redirect is handed back where it isn't to be followed", async () => {
  await using server = await signpost({ "/a": "/b" }, 307);
  using client = clientFor({ "one.test": server });
  const unfollowed = await client.fetch("http://one.test/a", { redirects: 0 });
  const posted = await client.fetch("http://one.test/a", { method: "POST", body: "x" });
  for (const answer of [unfollowed, posted]) {
    assert.equal(answer.status, 307);
    assert.equal(answer.headers.get("location"), "/b");
    assert.equal(answer.url, "http://one.test/a");
  }
});

Deno.test("what proves who we are stays with the host it was made for", async () => {
  await using two = await mirror();
  await using one = await signpost({ "/here": "/there", "/there": "http://two.test/" });
  await using seen = await serve((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "/same" });
    response.end(JSON.stringify({ headers: request.headers }));
  });
  using client = clientFor({ "one.test": one, "two.test": two, "seen.test": seen });
  const headers = {
    Authorization: "Bearer a",
    Cookie: "b=c",
    Signature: "d",
    "Signature-Input": "e",
    Accept: "text/html",
  };
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const sentTo = async (url: string) =>
    Object.keys(JSON.parse(textOf(await client.fetch(url, { headers }))).headers).filter((name) =>
      names.includes(name)
    );
  assert.deepEqual(await sentTo("http://one.test/here"), ["accept"]);
  assert.deepEqual((await sentTo("http://seen.test/")).sort(), names.sort());
});

Deno.test("no redirect leads to where a stranger may not send us", async () => {
  const forbidden = [
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "https://[::ffff:127.0.0.1]/",
    "https://2130706433/",
    "https://localhost/",
    "http://example.com/",
  ];
  const senseless = ["file:///etc/passwd", "http://", "https://alice:secret@one.test/", "gopher://one.test/"];
  const table = Object.fromEntries([...forbidden, ...senseless].map((location, i) => [`/${i}`, location]));
  await using server = await signpost(table);
  using client = clientFor({ "one.test": server });
  for (const [path, location] of Object.entries(table)) {
    const { kind } = await failureOf(client.fetch(`http://one.test${path}`));
    assert.equal(kind, senseless.includes(location) ? "bad_url" : "forbidden", location);
  }
});

Deno.test("only hosts that are allowed are asked by plain http", async () => {
  await using server = await mirror();
  using client = clientFor({ "one.test": server, "one.example": server });
  const { kind, permanent } = await failureOf(client.fetch("http://one.example/"));
  assert.equal(kind, "forbidden");
  assert(permanent);
  assert.equal(server.sockets.length, 0);
});

Deno.test("the loopback is for hosts that are allowed, by name, number and port", async () => {
  await using server = await mirror();
  using client = clientFor({}, {
    allowLoopback: [`localhost:${server.port}`, `127.0.0.1:${server.port}`],
  });
  for (const host of ["localhost", "127.0.0.1", "127.1"]) {
    assert.equal((await client.fetch(`http://${host}:${server.port}/`)).status, 200);
    assert.equal((await failureOf(client.fetch(`http://${host}:${server.port + 1}/`))).kind, "forbidden");
  }
  assert.equal((await failureOf(client.fetch(`http://127.0.0.2:${server.port}/`))).kind, "forbidden");
});

Deno.test("a name with one forbidden address among its addresses is refused before anything is sent", async () => {
  await using server = await mirror();
  const addresses: Record<string, string[]> = {
    "private.example": ["10.0.0.1"],
    "loopback.example": ["127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "mixed.example": ["93.184.216.34", "10.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "garbled.example": ["127.1"],
    "private.test": ["10.0.0.1"],
    "mixed.test": ["127.0.0.1", "10.0.0.1"],
  };
  using client = clientFor({}, { lookup: (name) => Promise.resolve(addresses[name] ?? []) });
  for (const name of Object.keys(addresses)) {
    assert.equal((await failureOf(client.fetch(`https://${name}:${server.port}/`))).kind, "forbidden", name);
  }
  const { kind, permanent } = await failureOf(client.fetch("https://nowhere.example/"));
  assert.equal(kind, "dns");
  assert(!permanent);
  assert.equal(server.sockets.length, 0);
});

Deno.test("a name that changes its address is checked again with each connection, and never between", async () => {
  await using server = await serve((_request, response) => {
    response.setHeader("connection", "close");
    response.end("hi");
  });
  const answers = [["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1"]];
  let asked = 0;
  using client = clientFor({}, { lookup: () => Promise.resolve(answers[asked++] ?? []) });
  const url = `http://rebinding.test:${server.port}/`;
  assert.equal(textOf(await client.fetch(url)), "hi");
  assert.equal(asked, 1);
  assert.equal((await failureOf(client.fetch(url))).kind, "forbidden");
  assert.equal(textOf(await client.fetch(url)), "hi");
  assert.equal(asked, 3);
  assert.equal(server.sockets.length, 2);
});

Deno.test("a kept connection that was dropped is replaced by none that isn't checked", async () => {
  await using server = await speak((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    socket.once("data", () => socket.destroy());
  });
  const answers = [["127.0.0.1"], ["10.0.0.1"]];
  using client = clientFor({}, { lookup: () => Promise.resolve(answers.shift() ?? []) });
  const url = `http://rebinding.test:${server.port}/`;
  assert.equal(textOf(await client.fetch(url)), "hi");
  assert.equal((await failureOf(client.fetch(url))).kind, "forbidden");
  assert.equal(server.sockets.length, 1);
});

Deno.test("of several good addresses the one that answers is taken", async () => {
  await using server = await mirror();
  using client = clientFor({}, { lookup: () => Promise.resolve(["::1", "127.0.0.9", "127.0.0.1"]) });
  assert.equal((await client.fetch(`http://several.test:${server.port}/`)).status, 200);
});

Deno.test("what a failure says has no path, no query and no secret in it", async () => {
  await using hangsUp = await speak((socket) => socket.destroy());
  await using loops = await signpost({ "/secret?token=secret": "/secret?token=secret" });
  using client = clientFor({ "hangs-up.test": hangsUp, "loops.test": loops }, {
    lookup: () => Promise.resolve(["10.0.0.1"]),
  });
  const urls = [
    "http://hangs-up.test/secret?token=secret",
    "http://loops.test/secret?token=secret",
    "http://one.example/secret?token=secret",
    "https://one.example/secret?token=secret",
    "https://127.0.0.1/secret?token=secret",
    "https://alice:secret@one.example/",
    "nonsense:secret",
    "//secret",
  ];
  for (const url of urls) {
    const failure = await failureOf(client.fetch(url, { headers: { authorization: "secret" } }));
    assert.doesNotMatch(`${failure} ${failure.cause}`, /secret/, url);
  }
});

Deno.test("no proxy that the environment names comes between us and the address that was checked", async () => {
  await using proxy = await mirror();
  await using server = await mirror();
  const script = `
    import { guardedHttp } from "${import.meta.resolve("./http.ts")}";
    const hosts = new Map([["one.test", { hostname: "127.0.0.1", port: ${server.port} }]]);
    const client = guardedHttp({ allowLoopback: [".test"], userAgent: "riff", hosts });
    console.log((await client.fetch("http://one.test/")).status);
    client.close();`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", script],
    cwd: new URL(".", import.meta.url),
    env: { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_COLOR: "1" },
  }).output();
  assert.equal(new TextDecoder().decode(stdout), "200\n");
  assert.equal(proxy.sockets.length, 0);
});

Deno.test("one slow host holds up itself alone", async () => {
  const held: http.ServerResponse[] = [];
  await using slow = await serve((_request, response) => void held.push(response));
  await using quick = await mirror();
  using client = clientFor({ "slow.test": slow, "quick.test": quick });
  const waiting = Array.from({ length: 20 }, () => client.fetch("http://slow.test/"));
  for (let i = 0; i < 20; i++) assert.equal((await client.fetch("http://quick.test/")).status, 200);
  assert.equal(slow.sockets.length, 8);
  await answerAll(held, waiting);
  assert.equal(slow.sockets.length, 8);
});

Deno.test("requests in all are bounded, and hosts take turns", async () => {
  const order: string[] = [];
  const held: http.ServerResponse[] = [];
  await using server = await serve((request, response) => {
    order.push(request.headers.host ?? "");
    held.push(response);
  });
  using client = clientFor({ "one.test": server, "two.test": server }, { limits: { total: 2 } });
  const waiting = ["one", "one", "one", "one", "two", "two"].map((name) =>
    client.fetch(`http://${name}.test/`)
  );
  await answerAll(held, waiting, 2);
  assert.deepEqual(order.slice(0, 2), ["one.test", "one.test"]);
  assert.deepEqual(order.slice(2, 4).sort(), ["one.test", "two.test"]);
});

/** Answers what is held until all have their answer, and never sees more than `most` held at once. */
async function answerAll(held: http.ServerResponse[], waiting: Promise<unknown>[], most = 8): Promise<void> {
  let isDone = false;
  const done = Promise.all(waiting).finally(() => isDone = true);
  while (!isDone) {
    assert(held.length <= most);
    held.shift()?.end();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await done;
}

Deno.test("idle connections are bounded in all", async () => {
  await using server = await mirror();
  const names = Array.from({ length: 300 }, (_, i) => `host-${i}.test`);
  using client = clientFor(Object.fromEntries(names.map((name) => [name, server])));
  for (const name of names) assert.equal((await client.fetch(`http://${name}/`)).status, 200);
  await Promise.all(server.sockets.slice(256).map(hasClosed));
  assert.equal(server.sockets.filter((socket) => !socket.destroyed).length, 256);
});

Deno.test("an abort ends a request wherever it is, with the reason given", async () => {
  await using server: LoopbackServer = await serve((request, response) => {
    if (request.url === "/body") response.write("some");
    if (request.url === "/hop") response.writeHead(302, { location: "/silence" }).end();
  });
  using client = clientFor({ "one.test": server }, {
    lookup: () => new Promise(() => {}),
    limits: { perHost: 3 },
  });
  const reason = new Error("shutting down");
  await assert.rejects(client.fetch("http://one.test/", { signal: AbortSignal.abort(reason) }), reason);
  const ending = new AbortController();
  const { signal } = ending;
  const paths = ["body", "hop", "silence", "waiting-for-a-turn"];
  const urls = [...paths.map((path) => `http://one.test/${path}`), "https://never-looked-up.example/"];
  const fetches = urls.map((url) => client.fetch(url, { signal }));
  const outcomes = Promise.allSettled(fetches);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const closed = server.sockets.map(hasClosed);
  ending.abort(reason);
  for (const outcome of await outcomes) assert.deepEqual(outcome, { status: "rejected", reason });
  assert.equal((await Promise.all(closed)).length, 3);
});
