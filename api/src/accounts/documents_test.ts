import assert from "node:assert/strict";
import { newWorld, type World } from "../../test/world.ts";
import { deleteAccount } from "./delete.ts";
import { renameAccount } from "./rename.ts";
import { suspend } from "./suspend.ts";

/** What a server gets there; the path may be a whole address of the world's own. */
async function fetched(world: World, path: string, accept = "application/activity+json") {
  const own = path.replace(world.ctx.config.baseUrl, "");
  const answer = await world.visit(own, { headers: { accept } });
  return { ...answer, type: answer.headers.get("content-type")?.split(";")[0] };
}

Deno.test("an actor's document says all that other servers need", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  await alice.patch("/api/v1/accounts/update_credentials", {
    display_name: "Alice",
    note: "Bakes",
    fields_attributes: [{ name: "Kai", value: "bread" }],
  });
  await world.settle();
  const uri = `http://riff.test/ap/actors/${alice.id}`;
  const { status, type, headers, json } = await fetched(world, uri);
  assert.deepEqual([status, type], [200, "application/activity+json"]);
  assert.match(headers.get("vary") ?? "", /\baccept\b/i);
  const { "@context": context, publicKey, assertionMethod, published, ...actor } = json;
  assert.equal(context[0], "https://www.w3.org/ns/activitystreams");
  assert.deepEqual(actor, {
    id: uri,
    type: "Person",
    preferredUsername: "alice",
    name: "Alice",
    summary: "<p>Bakes</p>",
    url: "http://riff.test/@alice",
    inbox: `${uri}/inbox`,
    outbox: `${uri}/outbox`,
    followers: `${uri}/followers`,
    following: `${uri}/following`,
    featured: `${uri}/featured`,
    featuredTags: `${uri}/collections/tags`,
    endpoints: { sharedInbox: "http://riff.test/inbox" },
    manuallyApprovesFollowers: false,
    discoverable: false,
    indexable: false,
    attachment: [{ type: "PropertyValue", name: "Kai", value: "bread" }],
  });
  assert.deepEqual([publicKey.id, publicKey.owner], [`${uri}#main-key`, uri]);
  assert.match(publicKey.publicKeyPem, /^-----BEGIN PUBLIC KEY-----/);
  assert.deepEqual([assertionMethod[0].type, assertionMethod[0].controller], ["Multikey", uri]);
  assert.match(assertionMethod[0].publicKeyMultibase, /^z6Mk/);
  assert.ok(Temporal.Instant.from(published));
});

Deno.test("one address answers people with a page and servers with a document", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  const asked = [
    "application/activity+json",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    "application/activity+json, text/html;q=0.5",
  ];
  for (const accept of asked) {
    for (const path of ["/@alice", `/ap/actors/${alice.id}`]) {
      const { status, type, json, headers } = await fetched(world, path, accept);
      assert.deepEqual([status, type, json.id], [200, "application/activity+json", alice.account.uri], path);
      assert.match(headers.get("vary") ?? "", /\baccept\b/i);
    }
  }
  const browser = "text/html,application/xhtml+xml,*/*;q=0.8";
  const page = await fetched(world, "/@alice", browser);
  assert.deepEqual([page.status, page.type], [200, "text/html"]);
  assert.match(page.headers.get("vary") ?? "", /\baccept\b/i);
  assert.equal((await fetched(world, `/ap/actors/${alice.id}`, browser)).headers.get("location"), "/@alice");
  await renameAccount(world.ctx, alice.account, "alison");
  assert.equal((await fetched(world, "/@alice")).json.preferredUsername, "alison", "by an old name, too");
});

Deno.test("the actor that stands for the server can be read without a signature", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const { status, json } = await fetched(world, "/ap/actor");
  assert.deepEqual([status, json.id, json.type], [200, "http://riff.test/ap/actor", "Application"]);
  assert.equal(json.publicKey.owner, json.id);
  const outbox = await fetched(world, json.outbox);
  assert.deepEqual([outbox.status, outbox.json.id, outbox.json.orderedItems], [200, json.outbox, []]);
});

Deno.test("of a deleted account a tombstone is left, and of nobody nothing", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  await deleteAccount(world.ctx, alice.account);
  const { status, json } = await fetched(world, alice.account.uri);
  assert.deepEqual([status, json.type, json.id], [410, "Tombstone", alice.account.uri]);
  assert.equal((await fetched(world, `${alice.account.uri}/outbox`)).status, 410);
  for (const path of ["/ap/actors/1", "/ap/actors/99999999999999999999", "/@nobody", "/ap/actors/1/outbox"]) {
    assert.equal((await fetched(world, path)).status, 404, path);
  }
});

Deno.test("a suspended account says only that it is, and nothing that is its own can be read", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  await alice.patch("/api/v1/accounts/update_credentials", { display_name: "Alice", note: "Bakes" });
  await suspend(world.ctx, alice.account);
  const { status, json } = await fetched(world, alice.account.uri);
  assert.deepEqual([status, json.suspended, json.name, json.summary], [200, true, "", ""]);
  for (const name of ["outbox", "followers", "following", "featured"]) {
    assert.equal((await fetched(world, `${alice.account.uri}/${name}`)).status, 403, name);
  }
});

Deno.test("an outbox holds what everybody may see, page by page", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const boosted = await bob.says("From bob");
  for (let number = 1; number <= 21; number++) await alice.says(`Number ${number}`);
  for (const visibility of ["private", "direct"]) await alice.says("Hush", { visibility });
  await alice.post(`/api/v1/statuses/${boosted.id}/reblog`);
  const outbox = `${alice.account.uri}/outbox`;
  const { json: whole } = await fetched(world, outbox);
  assert.deepEqual([whole.id, whole.type, whole.first], [outbox, "OrderedCollection", `${outbox}?page=true`]);

  const { json: first } = await fetched(world, whole.first);
  assert.deepEqual([first.type, first.partOf, first.orderedItems.length], [
    "OrderedCollectionPage",
    outbox,
    20,
  ]);
  assert.deepEqual([first.orderedItems[0].type, first.orderedItems[0].object], ["Announce", boosted.uri]);
  const { json: second } = await fetched(world, first.next);
  assert.equal(second.next, undefined);
  assert.equal(second.id, first.next);
  const said = [...first.orderedItems.slice(1), ...second.orderedItems].map((one) => one.object.content);
  assert.deepEqual(said, Array.from({ length: 21 }, (_, index) => `<p>Number ${21 - index}</p>`));
  const pageOf = (limit: number) => world.countQueries(() => fetched(world, `${whole.first}&limit=${limit}`));
  assert.equal(await pageOf(40), await pageOf(2), "as many queries for forty as for two");
});

Deno.test("followers and followed can be read, unless somebody keeps them private", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  for (
    const [uri, item] of [
      [`${bob.account.uri}/followers`, alice.account.uri],
      [`${alice.account.uri}/following`, bob.account.uri],
    ] as const
  ) {
    const { json: whole } = await fetched(world, uri);
    assert.deepEqual([whole.totalItems, whole.first], [1, `${uri}?page=true`]);
    assert.deepEqual((await fetched(world, whole.first)).json.orderedItems, [item]);
  }
  await bob.patch("/api/v1/accounts/update_credentials", { hide_collections: true });
  for (const query of ["", "?page=true"]) {
    const { json } = await fetched(world, `${bob.account.uri}/followers${query}`);
    assert.deepEqual([json.totalItems, json.first, json.orderedItems], [1, undefined, undefined]);
  }
});

Deno.test("what is on top of a profile can be read, as far as everybody may see it", async () => {
  await using world = await newWorld({ name: "riff.test" });
  const alice = await world.person("alice");
  const [one, two] = [await alice.says("One"), await alice.says("Two")];
  const hidden = await alice.says("Hush", { visibility: "private" });
  for (const { id } of [one, two, hidden]) await alice.post(`/api/v1/statuses/${id}/pin`);
  const { json } = await fetched(world, `${alice.account.uri}/featured`);
  assert.deepEqual([json.type, json.totalItems, json.orderedItems], [
    "OrderedCollection",
    2,
    [two.uri, one.uri],
  ]);
  const tags = await fetched(world, `${alice.account.uri}/collections/tags`);
  assert.deepEqual([tags.json.type, tags.json.totalItems, tags.json.items], ["Collection", 0, []]);
});
