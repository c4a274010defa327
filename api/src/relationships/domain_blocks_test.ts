import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { complaintsAbout } from "../../test/entities.ts";
import { idIn, met, newNeighbours } from "../../test/neighbours.ts";
import { newWorld } from "../../test/world.ts";
import { visiblePost } from "../posts/show_store.ts";

const path = "/api/v1/domain_blocks";

Deno.test("who keeps a server away sees and hears nothing of its people, and is tied to none of them", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, bob] = [await here.person("alice"), await here.person("bob")];
  const [rimu, totara] = [await there.person("rimu"), await there.person("totara")];
  const domain = there.ctx.config.handleDomain;
  await both.follows(alice, rimu);
  await both.follows(rimu, alice);
  await both.follows(bob, rimu);
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const fromRimu = await rimu.says("Good morning #tea");
  const root = await alice.says("A question");
  await both.settle();
  const rimuHere = (await met(here, rimu)).id;
  const rootThere = await idIn(there, root);
  await rimu.says("An answer", { in_reply_to_id: rootThere });
  await both.settle();
  await bob.post(`/api/v1/statuses/${await idIn(here, fromRimu)}/reblog`);
  await both.settle();

  const sees = async () => {
    const paths = ["timelines/home", "timelines/public", "timelines/tag/tea", "notifications"];
    const answers = await Promise.all(paths.map((path) => alice.get(`/api/v1/${path}`)));
    const { text: thread } = await alice.get(`/api/v1/statuses/${root.id}/context`);
    return [...answers.map(({ text }) => text), thread].map((text) => text.includes("@rimu"));
  };
  assert.deepEqual(await sees(), [true, true, true, true, true]);

  const preview = await alice.get(`${path}/preview`, { domain });
  assert.deepEqual(preview.json, { following_count: 1, followers_count: 1 });
  const { status, json } = await alice.post(path, { domain: ` ${domain.toUpperCase()}` });
  assert.deepEqual([status, json], [200, {}]);
  assert.deepEqual(
    (await sees()).slice(0, 3),
    [false, false, false],
    "at once, before anything else is done",
  );
  await both.settle();
  assert.deepEqual(await sees(), [false, false, false, false, false]);
  assert.equal((await alice.get(`/api/v1/statuses/${await idIn(here, fromRimu)}`)).status, 200);

  const { json: [relationship] } = await alice.get("/api/v1/accounts/relationships", { "id[]": rimuHere });
  const { domain_blocking, following, followed_by } = relationship;
  assert.deepEqual([domain_blocking, following, followed_by], [true, false, false]);
  const aliceThere = (await met(there, alice)).id;
  const { json: [theirs] } = await rimu.get("/api/v1/accounts/relationships", { "id[]": aliceThere });
  assert.deepEqual([theirs.following, theirs.followed_by], [false, false], "their server knows of it");

  await totara.post(`/api/v1/accounts/${aliceThere}/follow`);
  await rimu.says("@alice@" + here.ctx.config.handleDomain + " are you there?");
  await both.settle();
  const { json: told } = await alice.get("/api/v1/notifications");
  assert.deepEqual(complaintsAbout("[Notification]", told), []);
  const { type, event, account } = told[0];
  assert.deepEqual([told.length, type, account.id], [1, "severed_relationships", alice.id]);
  assert.deepEqual([event.type, event.target_name, event.followers_count, event.following_count], [
    ...["user_domain_block", domain],
    ...[1, 1],
  ]);
  const { json: groups } = await alice.get("/api/v2/notifications");
  assert.deepEqual(complaintsAbout("GroupedNotificationsResults", groups), []);
  assert.deepEqual(groups.notification_groups[0].event, event);
  const page = await (await signIn(here, alice)).open("/notifications");
  assert.match(page.html, new RegExp(`${domain}: 1 follower gone, 1 followed no more`));
  const { json: [refused] } = await totara.get("/api/v1/accounts/relationships", { "id[]": aliceThere });
  assert.deepEqual([refused.following, refused.requested], [false, false]);
  assert.equal((await alice.post(`/api/v1/accounts/${rimuHere}/follow`)).status, 403);

  assert.deepEqual((await alice.delete(path, { domain })).json, {});
  assert.deepEqual((await sees()).slice(1, 3), [true, true]);
  assert.equal((await alice.post(`/api/v1/accounts/${rimuHere}/follow`)).status, 200);
});

Deno.test("whom a server is kept away from, its people can't ask for what they wrote either", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  await both.follows(rimu, alice);
  const post = await alice.says("For my followers", { visibility: "private" });
  await both.settle();
  assert.ok(await idIn(there, post));
  const rimuHere = await met(here, rimu);
  assert.ok(await visiblePost(here.ctx.db, rimuHere, post.id));
  await alice.post(path, { domain: there.ctx.config.handleDomain });
  assert.equal(await visiblePost(here.ctx.db, rimuHere, post.id), undefined);
});

Deno.test("the servers that somebody keeps away are listed page by page, the latest first", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const names = Array.from({ length: 5 }, (_, n) => `server${n}.test`);
  for (const domain of names) await alice.post(path, { domain });
  await alice.post(path, { domain: "server0.test" });

  const first = await alice.get(path, { limit: "2" });
  assert.deepEqual(first.json, ["server4.test", "server3.test"]);
  const next = first.headers.get("link")!.match(/<([^>]+)>; rel="next"/)![1]!;
  assert.deepEqual((await alice.get(new URL(next).pathname + new URL(next).search)).json, [
    "server2.test",
    "server1.test",
  ]);
  assert.match(first.headers.get("link")!, /since_id=\d+>; rel="prev"/);
  assert.deepEqual((await bob.get(path)).json, []);

  for (const domain of ["", "not a host", "a/b", "user@host", world.ctx.config.handleDomain, undefined]) {
    assert.equal((await alice.post(path, { domain })).status, 422, String(domain));
  }
  assert.equal((await alice.post(path, { domain: "Käse.test:8080" })).status, 200);
  assert.equal((await alice.get(path)).json[0], "xn--kse-qla.test:8080");
});
