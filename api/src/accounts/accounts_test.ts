import assert from "node:assert/strict";
import { newWorld, tokenFor, type World } from "../../test/world.ts";
import { signUp } from "../auth/sign_up.ts";
import { deleteAccount } from "./delete.ts";
import { renameAccount } from "./rename.ts";
import { suspend, unsuspend } from "./suspend.ts";

function profile(world: World, id: string) {
  return world.visit(`/api/v1/accounts/${id}`);
}

async function lookup(world: World, acct: string) {
  const { status, json } = await world.visit(`/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`);
  return status === 200 ? json.id : status;
}

Deno.test("an account is found by id and by handle, whatever its case", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const { status, json } = await profile(world, alice.id);
  assert.equal(status, 200);
  assert.deepEqual([json.id, json.acct, json.uri], [alice.id, "alice", alice.account.uri]);

  for (const acct of ["alice", "@alice", "ALICE", `alice@${world.ctx.config.handleDomain}`]) {
    assert.equal(await lookup(world, acct), alice.id, acct);
  }
  for (const acct of ["nobody", "alice@elsewhere.test", "", "@", "a b", "../x"]) {
    assert.ok([404, 422].includes(await lookup(world, acct)), acct);
  }
  for (const id of ["1", "abc", "-1", "99999999999999999999", "%00", "1e3"]) {
    const { status, json } = await profile(world, id);
    assert.deepEqual([status, typeof json.error], [404, "string"], id);
  }
});

Deno.test("several accounts come in the order in which they were asked for", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const { json } = await world.visit(`/api/v1/accounts?id[]=${bob.id}&id[]=abc&id[]=1&id[]=${alice.id}`);
  assert.deepEqual(json.map(({ id }: { id: string }) => id), [bob.id, alice.id]);
  assert.deepEqual((await world.visit("/api/v1/accounts")).json, []);
});

Deno.test("who has signed up but is not let in yet is nobody to the public", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const { account: mallory } = await signUp(world.ctx, {
    ...{ username: "mallory", email: "mallory@mail.test", password: "correct horse of mallory" },
    approved: false,
  });

  assert.equal((await profile(world, mallory.id)).status, 404);
  assert.equal(await lookup(world, "mallory"), 404);
  assert.equal((await alice.post(`/api/v1/accounts/${mallory.id}/follow`)).status, 404);
  assert.deepEqual((await alice.get("/api/v2/search?q=mallory")).json.accounts, []);
  assert.deepEqual((await alice.get(`/api/v1/accounts/relationships?id[]=${mallory.id}`)).json, []);
});

Deno.test("who sees to it that people get along here is known as such", async () => {
  await using world = await newWorld();
  const roles = [];
  for (const role of ["member", "moderator", "admin"] as const) {
    const person = await world.person(role === "member" ? "alice" : `the_${role}`, { role });
    const { json } = await profile(world, person.id);
    roles.push(json.roles);
    const page = await world.visit(json.url.replace(/^.*\/@/, "/@"), { headers: { accept: "text/html" } });
    assert.equal(/class="badge badge-on">(Moderator|Admin)</.test(page.text), role !== "member");
  }
  assert.deepEqual(roles, [
    [],
    [{ id: "1", name: "Moderator", color: "" }],
    [{ id: "3", name: "Admin", color: "" }],
  ]);
});

Deno.test("a suspended account is a name without anything, until it may come back", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.patch("/api/v1/accounts/update_credentials", {
    display_name: "Alice",
    note: "About me",
    fields_attributes: [{ name: "a", value: "b" }],
  });
  const post = await alice.says("Hello");
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);

  await suspend(world.ctx, alice.account);
  const { status, json } = await profile(world, alice.id);
  assert.equal(status, 200);
  assert.deepEqual(
    [json.acct, json.suspended, json.display_name, json.note, json.fields],
    ["alice", true, "", "", []],
  );
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 403);
  assert.equal((await bob.get(`/api/v1/statuses/${post.id}`)).status, 404);
  assert.deepEqual((await bob.get(`/api/v1/accounts/${alice.id}/statuses`)).json, []);
  assert.deepEqual((await bob.get("/api/v1/timelines/home")).json, []);
  assert.deepEqual((await bob.get(`/api/v1/accounts/${bob.id}/following`)).json, []);
  assert.deepEqual((await bob.get(`/api/v1/accounts/${alice.id}/followers`)).json, []);
  assert.equal((await bob.post(`/api/v1/accounts/${alice.id}/follow`)).status, 404);

  await unsuspend(world.ctx, alice.account);
  assert.equal((await profile(world, alice.id)).json.display_name, "Alice");
  assert.equal((await bob.get(`/api/v1/statuses/${post.id}`)).status, 200);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 200);
});

Deno.test("a renamed account keeps its URI, its followers and its old name", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);

  const renamed = await renameAccount(world.ctx, alice.account, "alison");
  assert.deepEqual(
    [renamed.username, renamed.uri, renamed.url],
    ["alison", alice.account.uri, `${world.ctx.config.baseUrl}/@alison`],
  );
  assert.equal((await profile(world, alice.id)).json.followers_count, 1);
  assert.equal(await lookup(world, "alison"), alice.id);
  assert.equal(await lookup(world, "alice"), alice.id, "the old name leads to it");
  await assert.rejects(renameAccount(world.ctx, bob.account, "Alice"), { name: "Invalid" });
  await assert.rejects(renameAccount(world.ctx, bob.account, "Alison"), { name: "Invalid" });
  await assert.rejects(renameAccount(world.ctx, bob.account, "no good"), { name: "Invalid" });

  assert.equal((await renameAccount(world.ctx, renamed, "alice")).username, "alice");
  assert.equal(await lookup(world, "alison"), alice.id);
});

Deno.test("of several who want one name at once, one gets it", async () => {
  await using world = await newWorld();
  const people = await Promise.all(Array.from({ length: 5 }, (_, n) => world.person(`person_${n}`)));
  const outcomes = await Promise.allSettled(
    people.map(({ account }) => renameAccount(world.ctx, account, "wanted")),
  );
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  assert.ok(
    outcomes.every((outcome) => outcome.status === "fulfilled" || outcome.reason.name === "Invalid"),
  );
});

Deno.test("a deleted account is gone at once, and its name is never given away", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await alice.says("Hello");
  await alice.patch("/api/v1/accounts/update_credentials", { display_name: "Alice" });
  await world.settle();

  await deleteAccount(world.ctx, alice.account);
  assert.equal((await profile(world, alice.id)).status, 404);
  assert.equal(await lookup(world, "alice"), 404);
  assert.equal((await bob.get(`/api/v1/statuses/${post.id}`)).status, 404);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 403);

  await world.settle();
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 401);
  const { rows } = await world.pool.query(
    `select a.display_name, (select count(*)::int from account_keys where account_id = a.id) as keys,
      (select count(*)::int from members where account_id = a.id) as members
    from accounts a where id = $1`,
    [alice.id],
  );
  assert.deepEqual(rows, [{ display_name: "", keys: 1, members: 0 }], "what stays can sign its farewell");
  await assert.rejects(renameAccount(world.ctx, bob.account, "alice"), { name: "Invalid" });
  await assert.rejects(
    signUp(world.ctx, { username: "Alice", email: "a@mail.test", password: "correct horse battery" }),
    { name: "Invalid" },
  );
});

Deno.test("where others counted a deleted account, they count it no more", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await carol.post(`/api/v1/accounts/${bob.id}/follow`);
  const bobs = await bob.says("Mine");
  const alices = await alice.says("Hers");
  await alice.says("An answer", { in_reply_to_id: bobs.id });
  await carol.says("Another", { in_reply_to_id: bobs.id });
  for (const verb of ["favourite", "reblog"]) {
    await alice.post(`/api/v1/statuses/${bobs.id}/${verb}`);
    await carol.post(`/api/v1/statuses/${bobs.id}/${verb}`);
    await bob.post(`/api/v1/statuses/${alices.id}/${verb}`);
  }
  await world.settle();

  await deleteAccount(world.ctx, alice.account);
  await world.settle();

  const { json: account } = await profile(world, bob.id);
  assert.deepEqual(
    [account.followers_count, account.following_count, account.statuses_count],
    [1, 0, 1],
  );
  const { json: status } = await carol.get(`/api/v1/statuses/${bobs.id}`);
  assert.deepEqual([status.favourites_count, status.reblogs_count, status.replies_count], [1, 1, 1]);
  const senders = (await bob.get("/api/v1/notifications")).json.map(
    (notification: { account: { acct: string } }) => notification.account.acct,
  );
  assert.deepEqual([...new Set(senders)], ["carol"]);
  const { rows } = await world.pool.query("select uri from tombstones order by post_id");
  assert.ok(rows.some(({ uri }) => uri === alices.uri), "that a public post is gone can be told");
});

Deno.test("a suspended token holder is refused by every door", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const token = await tokenFor(world.ctx, alice.account, "read");
  await suspend(world.ctx, alice.account);
  for (const path of ["/api/v1/timelines/home", "/api/v1/notifications", "/api/v1/timelines/public"]) {
    const { status } = await world.visit(path, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(status, 403, path);
  }
});
