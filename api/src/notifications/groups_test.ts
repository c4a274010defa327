import assert from "node:assert/strict";
import { newWorld, type World } from "../../test/world.ts";
import { listeners } from "./jobs.ts";

interface Group {
  group_key: string;
  type: string;
  notifications_count: number;
  most_recent_notification_id: string;
  page_min_id: string;
  page_max_id: string;
  sample_account_ids: string[];
  status_id?: string;
}

async function people(world: World, ...names: string[]) {
  return await Promise.all(names.map((name) => world.person(name)));
}

Deno.test("what several people do to one thing is told once, and everybody and everything named once", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [bob, carol, dave] = await people(world, "bob", "carol", "dave") as [
    typeof alice,
    typeof alice,
    typeof alice,
  ];
  const [one, two] = [await alice.says("One"), await alice.says("Two")];
  for (const person of [bob, carol, dave]) await person.post(`/api/v1/statuses/${one.id}/favourite`);
  await bob.post(`/api/v1/statuses/${one.id}/reblog`);
  await bob.post(`/api/v1/statuses/${two.id}/favourite`);
  for (const person of [bob, carol]) await person.post(`/api/v1/accounts/${alice.id}/follow`);
  const mention = await carol.says("@alice Hello");
  await world.settle();

  const { status, json } = await alice.get("/api/v2/notifications");
  assert.equal(status, 200);
  const groups: Group[] = json.notification_groups;
  const told = groups.map((group) => [group.type, group.status_id, group.notifications_count]);
  assert.deepEqual(
    told.toSorted(),
    [
      ["favourite", one.id, 3],
      ["reblog", one.id, 1],
      ["favourite", two.id, 1],
      ["follow", undefined, 2],
      ["mention", mention.id, 1],
    ].toSorted(),
  );
  assert.deepEqual(
    json.accounts.map(({ id }: { id: string }) => id).toSorted(),
    [bob.id, carol.id, dave.id].toSorted(),
  );
  assert.deepEqual(
    json.statuses.map(({ id }: { id: string }) => id).toSorted(),
    [one.id, two.id, mention.id].toSorted(),
  );
  assert.equal(json.partial_accounts, undefined);
  for (const group of groups) {
    assert.equal(group.page_max_id, group.most_recent_notification_id);
    assert.ok(BigInt(group.page_min_id) <= BigInt(group.page_max_id));
  }

  const favourites = groups.find(({ notifications_count: count }) => count === 3)!;
  assert.match(favourites.group_key, new RegExp(`^favourite-${one.id}-\\d+$`));
  assert.deepEqual(favourites.sample_account_ids.toSorted(), [bob.id, carol.id, dave.id].toSorted());
  const first = (await alice.get("/api/v1/notifications?types[]=favourite")).json;
  assert.equal(first.filter((one: Group) => one.group_key === favourites.group_key).length, 3);

  const { json: short } = await alice.get("/api/v2/notifications?expand_accounts=partial_avatars");
  const latest = new Set(short.notification_groups.map((group: Group) => group.sample_account_ids[0]));
  assert.deepEqual(new Set(short.accounts.map(({ id }: { id: string }) => id)), latest);
  assert.equal(short.accounts.length + short.partial_accounts.length, 3);
  for (const partial of short.partial_accounts) {
    assert.deepEqual(Object.keys(partial).toSorted(), [
      "acct",
      "avatar",
      "avatar_description",
      "avatar_static",
      "bot",
      "id",
      "locked",
      "url",
    ]);
  }
  assert.equal((await alice.get("/api/v2/notifications?expand_accounts=all")).status, 400);
});

Deno.test("a group has a page of its own, a list of people, and goes as a whole", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const others = await people(world, "bob", "carol", "dave");
  const post = await alice.says("Hello");
  for (const person of others) await person.post(`/api/v1/statuses/${post.id}/favourite`);
  const mention = await others[0]!.says("@alice Hello");
  await world.settle();
  const { json: { notification_groups: groups } } = await alice.get("/api/v2/notifications");
  const favourites: Group = groups.find(({ type }: Group) => type === "favourite");
  const alone: Group = groups.find(({ type }: Group) => type === "mention");
  assert.equal(alone.group_key, `ungrouped-${alone.most_recent_notification_id}`);

  const { json } = await alice.get(`/api/v2/notifications/${favourites.group_key}`);
  assert.equal(json.notification_groups.length, 1);
  assert.equal(json.notification_groups[0].notifications_count, 3);
  assert.equal(json.notification_groups[0].page_min_id, undefined);
  assert.equal(json.accounts.length, 3);
  const single = await alice.get(`/api/v2/notifications/${alone.group_key}`);
  assert.deepEqual(single.json.statuses.map(({ id }: { id: string }) => id), [mention.id]);

  const path = `/api/v2/notifications/${favourites.group_key}/accounts`;
  const some = await alice.get(`${path}?limit=2`);
  assert.equal(some.json.length, 2);
  const [, next = ""] = some.headers.get("link")?.match(/<([^>]+)>; rel="next"/) ?? [];
  const rest = await alice.get(new URL(next).pathname + new URL(next).search);
  const found = [...some.json, ...rest.json].map(({ id }: { id: string }) => id);
  assert.deepEqual(found.toSorted(), others.map(({ id }) => id).toSorted());

  for (const odd of ["nonsense", "ungrouped-abc", "ungrouped-99999999999999999999", "favourite-1-1"]) {
    assert.equal((await alice.get(`/api/v2/notifications/${odd}`)).status, 404, odd);
    assert.deepEqual((await alice.get(`/api/v2/notifications/${odd}/accounts`)).json, []);
  }
  assert.equal((await others[0]!.get(`/api/v2/notifications/${favourites.group_key}`)).status, 404);
  await others[0]!.post(`/api/v2/notifications/${favourites.group_key}/dismiss`);
  assert.deepEqual((await alice.post(`/api/v2/notifications/${favourites.group_key}/dismiss`)).json, {});
  const left = (await alice.get("/api/v2/notifications")).json.notification_groups;
  assert.deepEqual(left.map(({ type }: Group) => type), ["mention"]);
  assert.deepEqual((await alice.post("/api/v2/notifications/clear")).json, {});
  assert.deepEqual((await alice.get("/api/v2/notifications")).json.notification_groups, []);
});

Deno.test("a group takes in what happens within twelve hours, under the same key ever after", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [bob, carol, dave] = await people(world, "bob", "carol", "dave") as [
    typeof alice,
    typeof alice,
    typeof alice,
  ];
  const post = await alice.says("Hello");
  const keys = async () =>
    (await alice.get("/api/v1/notifications")).json.map((one: Group) => one.group_key).toReversed();
  const began = async (hoursAgo: number) => {
    const hour = Math.floor(Date.now() / 3_600_000) - hoursAgo;
    await world.pool.query("update notifications set group_key = $1", [`favourite-${post.id}-${hour}`]);
    return `favourite-${post.id}-${hour}`;
  };
  await bob.post(`/api/v1/statuses/${post.id}/favourite`);
  await world.settle();

  const lately = await began(9);
  await carol.post(`/api/v1/statuses/${post.id}/favourite`);
  await world.settle();
  assert.deepEqual(await keys(), [lately, lately]);

  const longAgo = await began(13);
  await dave.post(`/api/v1/statuses/${post.id}/favourite`);
  await world.settle();
  const [first, second, third] = await keys();
  assert.deepEqual([first, second], [longAgo, longAgo]);
  assert.notEqual(third, longAgo);
});

Deno.test("groups page in both directions without losing one, at the same cost for many as for few", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const others = await people(world, "bob", "carol", "dave");
  const posts = [];
  for (const text of ["a", "b", "c", "d", "e"]) posts.push(await alice.says(text));
  for (const person of others) {
    for (const post of posts) await person.post(`/api/v1/statuses/${post.id}/favourite`);
    await world.settle();
  }
  const first = await alice.get("/api/v2/notifications?limit=2");
  assert.equal(first.json.notification_groups.length, 2);

  const seen: Group[] = [];
  let next: string | undefined = "/api/v2/notifications?limit=2";
  for (let pages = 0; next; pages++) {
    assert.ok(pages < 20);
    const { json, headers } = await alice.get(next);
    seen.push(...json.notification_groups);
    const [, link] = headers.get("link")?.match(/<([^>]+)>; rel="next"/) ?? [];
    next = link && new URL(link).pathname + new URL(link).search;
  }
  const about = new Set(seen.map(({ status_id }) => status_id));
  assert.deepEqual(about, new Set(posts.map(({ id }) => id)));
  const all = (await alice.get("/api/v1/notifications")).json.map(({ id }: { id: string }) => id);
  for (const id of all) {
    const holds = ({ page_min_id: from, page_max_id: to }: Group) =>
      BigInt(from) <= BigInt(id) && BigInt(id) <= BigInt(to);
    assert.ok(seen.some(holds), `${id} is on no page`);
  }

  const oldest = all.at(-1);
  const up = await alice.get(`/api/v2/notifications?limit=2&min_id=${oldest}`);
  assert.equal(up.json.notification_groups.length, 2);
  assert.match(up.headers.get("link")!, /min_id=/);
  const cost = (limit: number) => world.countQueries(() => alice.get(`/api/v2/notifications?limit=${limit}`));
  assert.equal(await cost(40), await cost(1));
});

Deno.test("apps say which types they group; unread groups are counted", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const others = await people(world, "bob", "carol");
  const post = await alice.says("Hello");
  for (const person of others) {
    await person.post(`/api/v1/statuses/${post.id}/favourite`);
    await person.post(`/api/v1/statuses/${post.id}/reblog`);
  }
  await world.settle();
  const counts = async (query: string) => {
    const { json } = await alice.get(`/api/v2/notifications?${query}`);
    return json.notification_groups.map((group: Group) => group.notifications_count).toSorted();
  };
  assert.deepEqual(await counts(""), [2, 2]);
  assert.deepEqual(await counts("grouped_types[]=favourite"), [1, 1, 2]);
  assert.deepEqual(await counts("grouped_types[]=mention&grouped_types[]=nonsense"), [1, 1, 1, 1]);
  assert.deepEqual(await counts("types[]=reblog"), [2]);
  assert.deepEqual(await counts("exclude_types[]=reblog&exclude_types[]=favourite"), []);

  const unread = async (query = "") =>
    (await alice.get(`/api/v2/notifications/unread_count${query}`)).json.count;
  assert.equal(await unread(), 2);
  assert.equal(await unread("?grouped_types[]=favourite"), 3);
  assert.equal(await unread("?limit=1"), 1);
  const [{ id }] = (await alice.get("/api/v1/notifications")).json;
  await alice.post("/api/v1/markers", { notifications: { last_read_id: id } });
  assert.equal(await unread(), 0);
});

Deno.test("moderators hear who signs up and what is reported; apps that don't know a type get words for it", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice", { role: "admin" });
  const [bob, carol] = [await world.person("bob"), await world.person("carol")];
  await bob.post("/api/v1/reports", { account_id: carol.id, comment: "Rude" });
  await bob.post("/api/v1/reports", { account_id: carol.id, comment: "Still rude" });
  await world.settle();

  const { json } = await alice.get("/api/v1/notifications");
  const told = json.map((
    { type, account, report }: { type: string; account: { acct: string }; report?: { comment: string } },
  ) => [type, account.acct, report?.comment]);
  assert.deepEqual(told.toSorted(), [
    ["admin.report", "bob", "Rude"],
    ["admin.report", "bob", "Still rude"],
    ["admin.sign_up", "bob", undefined],
    ["admin.sign_up", "carol", undefined],
  ]);
  assert.deepEqual((await bob.get("/api/v1/notifications")).json, []);
  const [report] = json.filter(({ type }: Group) => type === "admin.report");
  assert.equal(report.report.target_account.id, carol.id);
  await listeners["report.made"]!(world.ctx, { reportId: report.report.id });
  assert.equal((await alice.get("/api/v1/notifications")).json.length, 4);

  const query = "supported_types[]=mention&supported_types[]=admin.sign_up";
  const { json: { notification_groups: groups } } = await alice.get(`/api/v2/notifications?${query}`);
  assert.deepEqual(
    groups.map((group: Group & { fallback?: { title: string } }) => [group.type, group.fallback?.title])
      .toSorted(),
    [
      ["admin.report", "bob has reported an account"],
      ["admin.report", "bob has reported an account"],
      ["admin.sign_up", undefined],
    ],
  );
  const first = (await alice.get(`/api/v1/notifications/${report.id}?${query}`)).json;
  assert.equal(first.fallback.title, "bob has reported an account");
});
