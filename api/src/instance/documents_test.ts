import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";
import { renameAccount } from "../accounts/rename.ts";
import { deleteAccount } from "../accounts/delete.ts";
import { version } from "../base/version.ts";

function finger(resource: string): string {
  return `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`;
}

Deno.test("a handle leads to its actor, however it is asked for", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  const actor = `http://riff.test/ap/actors/${alice.id}`;
  const spellings = [
    "acct:alice@riff.test",
    "acct:ALICE@RIFF.TEST",
    "alice@riff.test",
    "@alice@riff.test",
    "http://riff.test/@alice",
    "http://riff.test/@alice/",
    actor,
  ];
  for (const resource of spellings) {
    const { status, headers, text } = await world.visit(finger(resource));
    assert.equal(status, 200, resource);
    assert.match(headers.get("content-type") ?? "", /^application\/jrd\+json/);
    assert.equal(headers.get("access-control-allow-origin"), "*");
    assert.deepEqual(JSON.parse(text), {
      subject: "acct:alice@riff.test",
      aliases: ["http://riff.test/@alice", actor],
      links: [
        {
          rel: "http://webfinger.net/rel/profile-page",
          type: "text/html",
          href: "http://riff.test/@alice",
        },
        { rel: "self", type: "application/activity+json", href: actor },
        {
          rel: "http://ostatus.org/schema/1.0/subscribe",
          template: "http://riff.test/search?q={uri}",
        },
      ],
    }, resource);
  }
});

Deno.test("nobody is found by a name that nobody has, and nothing without a name", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  const strangers = [
    "acct:bob@riff.test",
    "acct:alice@elsewhere.test",
    "acct:alice",
    "acct:@",
    "http://elsewhere.test/@alice",
    "http://riff.test/@bob",
    "http://riff.test/ap/actors/1",
    "http://",
    "mailto:alice@riff.test ",
  ];
  for (const resource of strangers) {
    const { status, json } = await world.visit(finger(resource));
    assert.deepEqual([status, typeof json.error], [404, "string"], resource);
  }
  for (const path of ["/.well-known/webfinger", "/.well-known/webfinger?resource="]) {
    assert.equal((await world.visit(path)).status, 400, path);
  }
  await deleteAccount(world.ctx, alice.account);
  assert.equal((await world.visit(finger("acct:alice@riff.test"))).status, 404);
});

Deno.test("handles end with HANDLE_DOMAIN, and are found by the server's own host, too", async () => {
  await using world = await newWorld({
    name: "social.riff.test",
    settings: { HANDLE_DOMAIN: "riff.test" },
  });
  await world.person("alice");
  for (const resource of ["acct:alice@riff.test", "acct:alice@social.riff.test"]) {
    const { text } = await world.visit(finger(resource));
    const { subject, aliases } = JSON.parse(text);
    assert.deepEqual([subject, aliases[0]], ["acct:alice@riff.test", "http://social.riff.test/@alice"]);
  }
});

Deno.test("an old name leads to the new one", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  await renameAccount(world.ctx, alice.account, "alison");
  const { text } = await world.visit(finger("acct:alice@riff.test"));
  assert.equal(JSON.parse(text).subject, "acct:alison@riff.test");
});

Deno.test("the server itself is found by its address, and in NodeInfo", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const { text } = await world.visit(finger("http://riff.test/"));
  const self = JSON.parse(text).links.find(({ rel }: { rel: string }) => rel === "self");
  assert.equal(self.href, "http://riff.test/ap/actor");
  const { json } = await world.visit("/.well-known/nodeinfo");
  const application = "https://www.w3.org/ns/activitystreams#Application";
  assert.equal(json.links.find(({ rel }: { rel: string }) => rel === application).href, self.href);
});

Deno.test("NodeInfo tells what riff is and how many live here", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  await world.person("bob");
  await alice.says("One");
  const { json: known } = await world.visit("/.well-known/nodeinfo");
  const schemas = known.links.filter(({ rel }: { rel: string }) => rel.includes("nodeinfo"));
  assert.equal(schemas.length, 2);
  for (const { rel, href } of schemas) {
    const { status, headers, json } = await world.visit(new URL(href).pathname);
    const schema = rel.split("/").at(-1);
    assert.equal(status, 200);
    assert.match(headers.get("content-type") ?? "", new RegExp(`profile="${rel}#"`));
    assert.equal(headers.get("access-control-allow-origin"), "*");
    assert.equal(json.version, schema);
    assert.deepEqual([json.software.name, json.software.version], ["riff", version]);
    assert.deepEqual(json.protocols, ["activitypub"]);
    assert.equal(json.openRegistrations, true);
    assert.deepEqual(json.usage, { users: { total: 2, activeMonth: 2, activeHalfyear: 2 }, localPosts: 1 });
    assert.equal(typeof json.metadata.nodeName, "string");
  }
});

Deno.test("host-meta says where to ask, in both its spellings", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const template = "http://riff.test/.well-known/webfinger?resource={uri}";
  const xml = await world.visit("/.well-known/host-meta");
  assert.match(xml.headers.get("content-type") ?? "", /^application\/xrd\+xml/);
  assert.ok(xml.text.includes(`template="${template}"`));
  const { json } = await world.visit("/.well-known/host-meta.json");
  assert.deepEqual(json.links, [{ rel: "lrdd", type: "application/jrd+json", template }]);
});
