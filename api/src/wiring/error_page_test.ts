import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";
import { connectDb, openPool } from "../base/db.ts";

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

Deno.test("without its database the server still says that something is wrong, in a whole page", async () => {
  await using world = await newWorld();
  const nowhere = openPool({
    url: "postgres://nobody@127.0.0.1:1/nothing",
    connections: 1,
    name: "nowhere",
    onError: () => {},
  });
  world.ctx.db = connectDb(nowhere);
  for (const [path, status] of [["/about", 500], ["/@alice", 500], ["/nothing/here", 404]] as const) {
    const page = await world.visit(path, html);
    assert.equal(page.status, status, path);
    assert.match(page.text, /<link rel="stylesheet"/);
    assert.match(page.text, /<\/html>$/);
  }
  await nowhere.end();
});
