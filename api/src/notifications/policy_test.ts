import assert from "node:assert/strict";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";

async function cast(world: World): Promise<[alice: Person, bob: Person, carol: Person]> {
  return [await world.person("alice"), await world.person("bob"), await world.person("carol")];
}

/** What a person was told, such as `mention by bob`. */
async function heard(who: Person, query = ""): Promise<string[]> {
  const { json } = await who.get(`/api/v1/notifications${query}`);
  return json.map(({ type, account }: { type: string; account: { acct: string } }) =>
    `${type} by ${account.acct}`
  )
    .toSorted();
}

const requests = "/api/v1/notifications/requests";

Deno.test("a member says what to do with strangers' notifications, in either version of the API", async () => {
  await using world = await newWorld();
  const [alice] = await cast(world);
  const usual = {
    for_not_following: "accept",
    for_not_followers: "accept",
    for_new_accounts: "accept",
    for_private_mentions: "filter",
    for_limited_accounts: "filter",
    for_bots: "accept",
    summary: { pending_requests_count: 0, pending_notifications_count: 0 },
  };
  const path = "/api/v2/notifications/policy";
  assert.deepEqual((await alice.get(path)).json, usual);
  const changed = { for_not_following: "filter", for_private_mentions: "drop" };
  assert.deepEqual((await alice.patch(path, changed)).json, { ...usual, ...changed });
  assert.deepEqual((await alice.put(path, { for_bots: "filter" })).json, {
    ...usual,
    ...changed,
    for_bots: "filter",
  });
  assert.deepEqual((await alice.get(path)).json, { ...usual, ...changed, for_bots: "filter" });
  assert.equal((await alice.patch(path, { for_bots: "nonsense" })).status, 422);
  assert.equal((await alice.patch(path, {})).status, 200);

  const first = "/api/v1/notifications/policy";
  assert.deepEqual((await alice.get(first)).json, {
    filter_not_following: true,
    filter_not_followers: false,
    filter_new_accounts: false,
    filter_private_mentions: true,
    filter_bots: true,
    summary: usual.summary,
  });
  const { json } = await alice.patch(first, { filter_not_following: false, filter_new_accounts: "1" });
  assert.deepEqual([json.filter_not_following, json.filter_new_accounts], [false, true]);
  const { json: both } = await alice.get(path);
  assert.deepEqual([both.for_not_following, both.for_new_accounts, both.for_bots], [
    "accept",
    "filter",
    "filter",
  ]);
});

Deno.test("what is kept back waits with a request, and is there as soon as the member accepts it", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  const post = await alice.says("Hello");
  await alice.post(`/api/v1/accounts/${carol.id}/follow`);
  await alice.patch("/api/v2/notifications/policy", { for_not_following: "filter" });
  await bob.says("@alice One");
  const last = await bob.says("@alice Two");
  await carol.says("@alice Three");
  await bob.post(`/api/v1/statuses/${post.id}/favourite`);
  await world.settle();

  assert.deepEqual(await heard(alice), ["mention by carol"]);
  assert.equal((await alice.get("/api/v1/notifications/unread_count")).json.count, 1);
  assert.deepEqual(await heard(alice, "?include_filtered=true"), [
    "favourite by bob",
    "mention by bob",
    "mention by bob",
    "mention by carol",
  ]);
  assert.equal((await heard(alice, `?account_id=${bob.id}`)).length, 3);
  const { json: ofBob } = await alice.get(`/api/v1/notifications?account_id=${bob.id}`);
  assert.ok(ofBob.every(({ filtered }: { filtered?: boolean }) => filtered === true));
  assert.equal((await alice.get("/api/v2/notifications")).json.notification_groups.length, 1);

  const { json: [request, ...others] } = await alice.get(requests);
  assert.deepEqual(others, []);
  assert.deepEqual(Object.keys(request).toSorted(), [
    "account",
    "created_at",
    "id",
    "last_status",
    "notifications_count",
    "updated_at",
  ]);
  assert.deepEqual([request.account.id, request.notifications_count], [bob.id, "2"]);
  assert.equal(request.last_status.id, last.id);
  assert.deepEqual((await alice.get(`${requests}/${request.id}`)).json, request);
  assert.equal((await bob.get(`${requests}/${request.id}`)).status, 404);
  assert.equal((await bob.post(`${requests}/${request.id}/accept`)).status, 404);
  const { json: { summary } } = await alice.get("/api/v2/notifications/policy");
  assert.deepEqual(summary, { pending_requests_count: 1, pending_notifications_count: 2 });

  assert.deepEqual((await alice.post(`${requests}/${request.id}/accept`)).json, {});
  assert.deepEqual((await alice.get(requests)).json, []);
  assert.equal((await alice.get(`${requests}/${request.id}`)).status, 404);
  assert.deepEqual((await alice.get(`${requests}/merged`)).json, { merged: true });
  assert.equal((await heard(alice)).length, 4);
  await bob.says("@alice Four");
  await world.settle();
  assert.equal((await heard(alice)).length, 5, "bob is let through from now on");
});

Deno.test("what is dismissed is gone, and what comes next is kept back anew", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  await alice.patch("/api/v2/notifications/policy", { for_not_following: "filter" });
  const waiting = async () => (await alice.get(requests)).json.map(({ id }: { id: string }) => id);
  for (const person of [bob, carol]) await person.says("@alice Hello");
  await world.settle();
  const [one, two] = await waiting();
  await alice.post(`${requests}/${one}/dismiss`);
  assert.deepEqual(await waiting(), [two]);
  assert.equal((await heard(alice, "?include_filtered=true")).length, 1);
  assert.equal((await alice.post(`${requests}/dismiss`, { id: [two, one, "1", "abc"] })).status, 200);
  assert.deepEqual(await waiting(), []);

  const posts = [];
  for (const person of [bob, carol]) posts.push(await person.says("@alice Hello again"));
  await world.settle();
  const page = await alice.get(`${requests}?limit=1`);
  assert.equal(page.json.length, 1);
  assert.match(page.headers.get("link")!, /max_id=\d+>; rel="next".*min_id=\d+>; rel="prev"/);
  const cost = (limit: number) => world.countQueries(() => alice.get(`${requests}?limit=${limit}`));
  assert.equal(await cost(40), await cost(1));
  await bob.delete(`/api/v1/statuses/${posts[0].id}`);
  assert.equal((await waiting()).length, 1, "what was deleted waits no more");
  await alice.post(
    `${requests}/accept`,
    new URLSearchParams((await waiting()).map((id: string) => ["id[]", id])),
  );
  assert.deepEqual(await heard(alice), ["mention by carol"]);
  await alice.post(`/api/v1/accounts/${carol.id}/block`);
  await world.settle();
  assert.deepEqual(await heard(alice, "?include_filtered=true"), []);
});

Deno.test("each rule of the policy is about its own sort of people", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = await cast(world);
  await alice.post(`/api/v1/accounts/${carol.id}/follow`);
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await world.settle();
  await alice.post("/api/v1/notifications/clear");
  const told = async (rule: Record<string, string>, ...more: [Record<string, unknown>?]) => {
    await alice.patch("/api/v2/notifications/policy", {
      for_not_following: "accept",
      for_not_followers: "accept",
      for_new_accounts: "accept",
      for_private_mentions: "accept",
      for_bots: "accept",
      ...rule,
    });
    for (const person of [bob, carol]) await person.says("@alice Hello", ...more);
    await world.settle();
    const names = await heard(alice);
    await alice.post("/api/v1/notifications/clear");
    return names.map((line) => line.replace("mention by ", ""));
  };
  const direct = { visibility: "direct" };
  assert.deepEqual(await told({ for_not_following: "drop" }), ["carol"]);
  assert.deepEqual(await told({ for_new_accounts: "filter" }), ["carol"]);
  assert.deepEqual(await told({ for_not_followers: "filter" }), [], "bob has followed for a moment only");
  await world.pool.query("update follows set created_at = now() - interval '4 days'");
  await world.pool.query("update accounts set created_at = now() - interval '40 days'");
  assert.deepEqual(await told({ for_not_followers: "drop" }), ["bob"]);
  assert.deepEqual(await told({ for_new_accounts: "drop" }), ["bob", "carol"]);
  assert.deepEqual(await told({ for_private_mentions: "filter" }), ["bob", "carol"]);
  assert.deepEqual(await told({ for_private_mentions: "filter" }, direct), ["carol"]);
  await bob.patch("/api/v1/accounts/update_credentials", { bot: true });
  assert.deepEqual(await told({ for_bots: "filter" }), ["carol"]);

  await alice.patch("/api/v2/notifications/policy", { for_private_mentions: "drop", for_bots: "accept" });
  const asked = await alice.says("@bob Are you there?", direct);
  await bob.says("@alice Yes", { ...direct, in_reply_to_id: asked.id });
  await world.settle();
  assert.deepEqual(await heard(alice), ["mention by bob"], "whoever was written to may answer");
});
