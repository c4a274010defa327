import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { complaintsAbout } from "../../test/entities.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("a member shows people to others under a name, who may leave; only its owner changes it", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  for (const who of [bob, carol]) {
    await who.patch("/api/v1/accounts/update_credentials", { discoverable: who === bob });
  }
  const { json: { collection } } = await alice.post("/api/v1/collections", {
    ...{ name: " Tea people ", description: "Who <knows> tea", tag_name: "#Tea", account_ids: [bob.id] },
  });
  assert.deepEqual([collection.name, collection.description, collection.tag.name, collection.item_count], [
    ...["Tea people", "Who &lt;knows&gt; tea", "tea"],
    1,
  ]);
  assert.deepEqual([collection.discoverable, collection.sensitive, collection.local], [true, false, true]);
  const path = `/api/v1/collections/${collection.id}`;
  const add = async (who: typeof alice, whom: string) =>
    (await who.post(`${path}/items`, { account_id: whom })).status;
  assert.equal(await add(alice, carol.id), 403, "who does not want to be found is not shown");
  assert.equal(await add(alice, bob.id), 422, "nobody is in it twice");
  assert.equal(await add(alice, "1"), 404);
  assert.equal(await add(bob, bob.id), 403);
  assert.equal(await add(alice, alice.id), 200, "one may show oneself");
  assert.equal((await bob.patch(path, { name: "Mine" })).status, 403);
  assert.equal((await bob.delete(path)).status, 403);
  const changed = (await alice.put(path, { name: "Tea", discoverable: false })).json.collection;
  assert.deepEqual([changed.name, changed.discoverable, changed.tag.name], ["Tea", false, "tea"]);
  assert.equal((await alice.patch(path, { name: " " })).status, 422);
  assert.equal((await alice.patch(path, { name: "x".repeat(41) })).status, 422);

  const of = async (who: typeof alice) =>
    (await who.get(`/api/v1/accounts/${alice.id}/collections`)).json.collections.length;
  assert.deepEqual([await of(alice), await of(bob)], [1, 0]);
  await alice.patch(path, { discoverable: true });
  assert.equal(await of(bob), 1);
  const { json: shown } = await world.visit(path);
  assert.deepEqual(shown.accounts.map(({ acct }: { acct: string }) => acct).toSorted(), ["alice", "bob"]);

  const mine = (await bob.get(`/api/v1/accounts/${bob.id}/in_collections`)).json.collections;
  assert.deepEqual(mine.map(({ id }: { id: string }) => id), [collection.id]);
  assert.equal((await alice.get(`/api/v1/accounts/${bob.id}/in_collections`)).status, 403);
  const [item] = collection.items;
  assert.equal((await carol.post(`${path}/items/${item.id}/revoke`)).status, 404);
  assert.equal((await bob.post(`${path}/items/${item.id}/revoke`)).status, 200);
  assert.deepEqual((await bob.get(`/api/v1/accounts/${bob.id}/in_collections`)).json.collections, []);
  assert.equal(await add(alice, bob.id), 422, "who has left is not put in again");
  const [left] = (await world.visit(path)).json.collection.items;
  assert.equal((await alice.delete(`${path}/items/${left.id}`)).status, 200);
  assert.equal((await alice.delete(`${path}/items/${left.id}`)).status, 404);

  await alice.post(`/api/v1/accounts/${bob.id}/block`);
  assert.equal((await bob.get(path)).status, 404);
  assert.equal((await alice.delete(path)).status, 200);
  assert.equal((await world.visit(path)).status, 404);
});

Deno.test("a link to a collection leads to its page, in search and from posts, and who is in it may leave there", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.patch("/api/v1/accounts/update_credentials", { discoverable: true });
  const draft = { name: "Tea people", description: "Who <knows>", tag_name: "tea", account_ids: [bob.id] };
  const { json: { collection } } = await alice.post("/api/v1/collections", draft);
  const { baseUrl } = world.ctx.config;
  assert.equal(collection.url, `${baseUrl}/collections/${collection.id}`);

  const { id } = await bob.says(`Look: ${collection.url} and ${baseUrl}/collections/1`);
  await bob.says("Nothing to see");
  const boost = (await alice.post(`/api/v1/statuses/${id}/reblog`)).json;
  assert.deepEqual(boost.reblog.tagged_collections, [collection]);
  const { json: home } = await bob.get("/api/v1/timelines/home");
  assert.deepEqual(home.map((post: { tagged_collections: unknown[] }) => post.tagged_collections), [[], [
    collection,
  ]]);
  for (const address of [collection.url, collection.uri]) {
    const { json: found } = await bob.get("/api/v2/search", { q: address, resolve: "true" });
    assert.deepEqual([found.collections, found.statuses], [[collection], []]);
    const { json } = await world.visit(`/api/v2/search?type=accounts&q=${encodeURIComponent(address)}`);
    assert.deepEqual(json.collections, []);
  }

  const path = `/collections/${collection.id}`;
  const search = await world.visit(`/search?q=${encodeURIComponent(collection.url)}`);
  assert.match(search.text, new RegExp(`href="${path}">Tea people`));
  const page = await world.visit(path);
  assert.match(
    page.text,
    /<h1[^>]*>Tea people<\/h1>[^]*Who &lt;knows>[^]*href="\/@alice"[^]*href="\/@bob"/,
  );
  assert.doesNotMatch(page.text, /leave/);
  const browser = await signIn(world, bob);
  const left = await browser.press(await browser.open(path), `${path}/leave`);
  assert.equal(left.path, path);
  assert.doesNotMatch(left.html, /\/leave"/);
  assert.deepEqual((await world.visit(`/api/v1${path}`)).json.collection.items, []);

  await alice.post(`/api/v1/accounts/${bob.id}/block`);
  assert.equal((await browser.open(path)).status, 404);
  assert.deepEqual((await bob.get(`/api/v1/statuses/${id}`)).json.tagged_collections, []);
  assert.deepEqual((await bob.get("/api/v2/search", { q: collection.url })).json.collections, []);
});

Deno.test("whoever is shown in a collection hears of it, and of what it says later, until they are in it no more", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.patch("/api/v1/accounts/update_credentials", { discoverable: true });
  const heard = async () => {
    await world.settle();
    const { json } = await bob.get("/api/v1/notifications");
    const { json: grouped } = await bob.get("/api/v2/notifications");
    const told = (one: { type: string; collection: { name: string } }) =>
      `${one.type} ${one.collection.name}`;
    assert.deepEqual(grouped.notification_groups.map(told), json.map(told));
    assert.deepEqual(complaintsAbout("[Notification]", json), []);
    assert.deepEqual(complaintsAbout("GroupedNotificationsResults", grouped), []);
    return json.map(told);
  };
  const { json: { collection } } = await alice.post("/api/v1/collections", {
    ...{ name: "Tea", account_ids: [bob.id, alice.id] },
  });
  const path = `/api/v1/collections/${collection.id}`;
  assert.deepEqual(await heard(), ["added_to_collection Tea"]);
  for (const name of ["Coffee", "Beans"]) {
    await alice.patch(path, { name });
    assert.deepEqual(await heard(), [`collection_update ${name}`, `added_to_collection ${name}`]);
  }
  assert.deepEqual((await alice.get("/api/v1/notifications")).json, []);
  const older = await bob.get("/api/v1/notifications", { "supported_types[]": ["mention"] });
  assert.match(older.json[1].fallback.title, /alice shows you in a collection/);
  const page = await (await signIn(world, bob)).open("/notifications");
  assert.match(page.html, new RegExp(`href="/collections/${collection.id}"[^>]*>Beans`));

  const { json: { collection: { items } } } = await alice.get(path);
  const item = items.find(({ account_id }: { account_id: string }) => account_id === bob.id);
  await alice.delete(`${path}/items/${item.id}`);
  assert.deepEqual(await heard(), []);
  await alice.post(`${path}/items`, { account_id: bob.id });
  assert.deepEqual(await heard(), ["added_to_collection Beans"]);
  await alice.delete(path);
  assert.deepEqual(await heard(), []);
});

Deno.test("collections and their people are bounded, also when many are made at once", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const made = await Promise.all(
    Array.from({ length: 13 }, () => alice.post("/api/v1/collections", { name: "One" })),
  );
  assert.equal(made.filter(({ status }) => status === 200).length, 10);
  assert.equal(made.filter(({ status }) => status === 422).length, 3);
});
