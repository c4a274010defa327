import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";
import { connectDb, openPool } from "../base/db.ts";
import { openLog } from "../base/log.ts";

/** No database is there. */
const nowhere = openPool({
  url: "postgres://nobody@127.0.0.1:1/nothing",
  connections: 1,
  name: "nowhere",
  onError: () => {},
});
const html = { headers: { accept: "text/html" } };

Deno.test("what is not there is told to people on a page, and to programs as JSON", async () => {
  await using world = await newWorld();
  const page = await world.visit("/nothing/here", html);
  assert.equal(page.status, 404);
  assert.match(page.text, /<h1>Nothing here<\/h1>/);
  assert.match(page.text, /<meta name="robots" content="noindex"/);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  for (const path of ["/api/v1/nothing", "/.well-known/nothing"]) {
    const { status, json } = await world.visit(path, html);
    assert.deepEqual([status, json], [404, { error: "There is nothing here" }], path);
  }
  const asked = await world.visit("/nothing/here", { headers: { accept: "application/activity+json" } });
  assert.deepEqual(asked.json, { error: "There is nothing here" });
});

Deno.test("members find their way on from an error", async () => {
  await using world = await newWorld();
  const browser = await signIn(world, await world.person("alice"));
  for (const path of ["/nothing/here", "/@alice/1"]) {
    const page = await browser.open(path);
    assert.equal(page.status, 404);
    assert.match(page.html, /href="\/notifications"/);
  }
  const left = await browser.press(await browser.open("/nothing/here"), "/auth/sign_out");
  assert.match(left.html, /href="\/auth\/sign_in"/);
});

Deno.test("every answer names its request, and a fault is found in the log by it", async () => {
  await using world = await newWorld();
  const written: string[] = [];
  world.ctx.log = openLog("error", (line) => written.push(line), "told");
  const nameOf = async (path: string, init?: RequestInit) => {
    const { headers, text } = await world.visit(path, init);
    return { name: headers.get("x-request-id") ?? "", text };
  };
  const names = new Set<string>();
  for (
    const path of ["/", "/about", "/api/v2/instance", "/nothing", "/api/v1/markers", "/assets/icon-180.png"]
  ) {
    names.add((await nameOf(path, { headers: { "x-request-id": "forged" } })).name);
  }
  names.add((await nameOf("/api/v1/statuses", { method: "OPTIONS" })).name);
  assert.equal(names.size, 7);
  for (const name of names) assert.match(name, /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  assert.deepEqual(written, []);

  world.ctx.db = connectDb(nowhere);
  for (const path of ["/about", "/api/v2/instance"]) {
    const { name, text } = await nameOf(path, html);
    assert.equal(text.includes(name), path === "/about");
    assert.match(written.pop()!, new RegExp(`msg="A request failed".* request=${name}`));
  }
});

Deno.test("without its database the server still says that something is wrong, in a whole page", async () => {
  await using world = await newWorld();
  world.ctx.db = connectDb(nowhere);
  for (const [path, status] of [["/about", 500], ["/@alice", 500], ["/nothing/here", 404]] as const) {
    const page = await world.visit(path, html);
    assert.equal(page.status, status, path);
    assert.match(page.text, /<link rel="stylesheet"/);
    assert.match(page.text, /<\/html>$/);
  }
});
