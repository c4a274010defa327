import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

const html = { headers: { accept: "text/html" } };

Deno.test("pages bring their styles, which browsers keep for good", async () => {
  await using world = await newWorld();
  const { text } = await world.visit("/about", html);
  const [, path = ""] = text.match(/<link rel="stylesheet" href="([^"]+)"/) ?? [];
  assert.match(path, /^\/assets\/riff\.[\w-]{12}\.css$/);
  const styles = await world.visit(path);
  assert.equal(styles.status, 200);
  assert.equal(styles.headers.get("content-type"), "text/css; charset=utf-8");
  assert.match(styles.headers.get("cache-control") ?? "", /immutable/);
  assert.match(styles.text, /--note/);
  const older = await world.visit("/assets/riff.000000000000.css");
  assert.deepEqual([older.status, older.headers.get("cache-control")], [200, "no-cache"]);
});

Deno.test("every picture that we name is there, and is what it says", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const { json: account } = await alice.get("/api/v1/accounts/verify_credentials");
  const { json: instance } = await alice.get("/api/v2/instance");
  const { json: manifest } = await world.visit("/manifest.json");
  assert.deepEqual((await world.visit("/manifest")).json, manifest, "Mastodon's address for it");
  const named = [
    account.avatar,
    account.header,
    instance.thumbnail.url,
    ...instance.icon.map((icon: { src: string }) => icon.src),
    ...manifest.icons.map((icon: { src: string }) => icon.src),
    "/assets/favicon.svg",
    "/assets/icon-180.png",
  ];
  for (const address of named) {
    const { pathname } = new URL(address, world.url);
    const response = await fetch(new URL(pathname, world.url));
    const bytes = await response.bytes();
    assert.equal(response.status, 200, pathname);
    const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
    assert.equal(response.headers.get("content-type"), isPng ? "image/png" : "image/svg+xml");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.ok(bytes.length < 60_000, `${pathname} has ${bytes.length} bytes`);
  }
});

Deno.test("only our own files are served", async () => {
  await using world = await newWorld();
  for (const name of ["none.png", "..%2f..%2fdeno.json", "..%2Fsrc%2Fbase%2Fpage.tsx", "riff.css", "%00"]) {
    assert.equal((await world.visit(`/assets/${name}`)).status, 404, name);
  }
});

Deno.test("robots, researchers and password managers find what they look for", async () => {
  await using world = await newWorld();
  const robots = await world.visit("/robots.txt");
  assert.match(robots.headers.get("content-type") ?? "", /^text\/plain/);
  assert.match(robots.text, /^User-agent: \*$/m);
  const security = await world.visit("/.well-known/security.txt");
  assert.match(security.headers.get("content-type") ?? "", /^text\/plain/);
  assert.match(security.text, /^Contact: (mailto:|http)/m);
  const [, expires = ""] = security.text.match(/^Expires: (.+)$/m) ?? [];
  assert.ok(Temporal.Instant.compare(Temporal.Instant.from(expires), Temporal.Now.instant()) > 0);
  const change = await world.visit("/.well-known/change-password");
  assert.deepEqual([change.status, change.headers.get("location")], [302, "/settings#password"]);
  assert.equal((await world.visit("/favicon.ico")).headers.get("location"), "/assets/icon-180.png");
});

Deno.test("the server says who runs it and what it keeps", async () => {
  await using world = await newWorld();
  await world.person("anna", { role: "admin" });
  await world.pool.query("update instance set rules = $1, contact_email = $2", [
    ["Be kind."],
    "hi@riff.test",
  ]);
  const about = await world.visit("/about", html);
  assert.equal(about.status, 200);
  assert.match(about.text, /Be kind\./);
  assert.match(about.text, /href="\/@anna"/);
  assert.match(about.text, /mailto:hi@riff\.test/);
  assert.match((await world.visit("/privacy", html)).text, /hi@riff\.test/);
});
