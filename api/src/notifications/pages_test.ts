import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("a member sees what others did, new things marked once, and can clear it all", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await alice.says("Beans are back");
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await bob.post(`/api/v1/statuses/${post.id}/favourite`);
  await bob.says("@alice Which ones?");
  await world.settle();
  const browser = await signIn(world, alice);

  const first = await browser.open("/notifications");
  assert.equal(first.html.match(/notification-unread/g)?.length, 3);
  assert.match(first.html, /follows you/);
  assert.match(first.html, /Beans are back/);
  assert.match(first.html, /Which ones\?/);
  assert.equal((await alice.get("/api/v1/notifications/unread_count")).json.count, 0);

  const again = await browser.open("/notifications");
  assert.doesNotMatch(again.html, /notification-unread/);
  const cleared = await browser.press(again, "/notifications/clear");
  assert.deepEqual([cleared.status, cleared.path], [200, "/notifications"]);
  assert.doesNotMatch(cleared.html, /Beans are back/);
});

Deno.test("older notifications have pages of their own", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  for (const text of ["first", "second", "third"]) await bob.says(`@alice ${text}`);
  await world.settle();
  const browser = await signIn(world, alice);

  const page = await browser.open("/notifications?limit=2");
  assert.match(page.html, /third/);
  assert.doesNotMatch(page.html, /first/);
  const [, older = ""] = page.html.match(/href="([^"]+)" rel="next"/) ?? [];
  assert.match((await browser.open(older.replaceAll("&amp;", "&"))).html, /first/);
});

Deno.test("a follow request is answered right where it is told", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.patch("/api/v1/accounts/update_credentials", { locked: true });
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await world.settle();
  const browser = await signIn(world, alice);

  const page = await browser.open("/notifications");
  const after = await browser.press(page, `/follow_requests/${bob.id}/reject`);
  assert.equal(after.path, "/notifications");
  const { json } = await bob.get("/api/v1/accounts/relationships", { "id[]": alice.id });
  assert.deepEqual([json[0].following, json[0].requested], [false, false]);
});

Deno.test("whose messages were kept back waits on a page of its own for the member's word", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  for (const person of [bob, carol]) {
    await person.says(`@alice Psst, says ${person.account.username}`, { visibility: "direct" });
  }
  await world.settle();
  const browser = await signIn(world, alice);

  const page = await browser.open("/notifications");
  assert.doesNotMatch(page.html, /Psst/);
  assert.match(page.html, /<a href="\/notifications\/requests">2 message requests/);
  const waiting = await browser.open("/notifications/requests");
  assert.match(waiting.html, /Psst, says bob[^]*Psst, says carol|Psst, says carol[^]*Psst, says bob/);

  const { json } = await alice.get("/api/v1/notifications/requests");
  const of = (id: string) => json.find(({ account }: { account: { id: string } }) => account.id === id).id;
  const accepted = await browser.press(waiting, `/notifications/requests/${of(bob.id)}/accept`);
  assert.equal(accepted.path, "/notifications/requests");
  assert.doesNotMatch(accepted.html, /says bob/);
  const dismissed = await browser.press(accepted, `/notifications/requests/${of(carol.id)}/dismiss`);
  assert.doesNotMatch(dismissed.html, /Psst/);
  const after = await browser.open("/notifications");
  assert.match(after.html, /says bob/);
  assert.doesNotMatch(after.html, /says carol|notifications\/requests/);
});
