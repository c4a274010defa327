import assert from "node:assert/strict";
import { insertAnnouncement } from "../../src/announcements/store.ts";
import { request } from "../person.ts";
import type { Cast } from "./cast.ts";

/** What a server says of itself, of its neighbours, and to its members. Comes after a link is in a post. */
export async function facts({ alice, bob, anyone, world }: Cast): Promise<void> {
  const { db, now } = world.ctx;
  const draft = { text: "Tea at #five", startsAt: null, endsAt: null, isAllDay: false, publishedAt: now() };
  const id = await insertAnnouncement(db, draft);
  const { announcements } = alice.masto.v1;
  assert.equal((await announcements.list()).length, 1);
  await announcements.$select(id).reactions.$select("🫖").update();
  await bob.plain.put(`/api/v1/announcements/${id}/reactions/${encodeURIComponent("🫖")}`);
  assert.equal((await alice.megalodon.getInstanceAnnouncements()).data[0]?.reactions[0]?.count, 2);
  await announcements.$select(id).reactions.$select("🫖").remove();
  await announcements.$select(id).dismiss();

  const { instance } = anyone.masto.v1;
  await instance.peers.list();
  await anyone.megalodon.getInstancePeers();
  await instance.activity.list();
  await anyone.megalodon.getInstanceActivity();
  await instance.extendedDescription.fetch();

  const post = await alice.masto.v1.statuses.create({ status: "Shown elsewhere, with a #teapot" });
  await world.pool.query("update cards set title = 'The storm' where url = 'http://news.test/storm'");
  const plain = [
    "/api/v1/instance/domain_blocks",
    "/api/v1/instance/languages",
    "/api/v1/instance/privacy_policy",
    "/api/v1/peers/search?q=ne",
    `/api/oembed?url=${encodeURIComponent(post.url!)}`,
    `/api/v1/timelines/link?url=${encodeURIComponent("http://news.test/storm")}`,
  ];
  for (const path of plain) assert.equal((await request(anyone.urls.plain, path)).status, 200, path);
  await bob.masto.v1.statuses.$select(post.id).translate({ lang: "de" });
  await instance.translationLanguages.list();
  await alice.plain.post("/api/v1/tags/teapot/feature");
  await alice.plain.post("/api/v1/tags/teapot/unfeature");
  await alice.plain.get("/api/v1/annual_reports");
  await alice.plain.get("/api/v1/annual_reports/2026/state");
  await alice.plain.get(`/api/v1/accounts/${bob.id}/identity_proofs`);
}

/** Collections, which neither library knows yet. */
export async function collections({ alice, bob }: Cast): Promise<void> {
  await bob.masto.v1.accounts.updateCredentials({ discoverable: true });
  const path = "/api/v1/collections";
  const { json: { collection } } = await alice.plain.post(path, {
    name: "Tea",
    tag_name: "tea",
    language: "en",
  });
  const one = `${path}/${collection.id}`;
  const { json: { collection_item } } = await alice.plain.post(`${one}/items`, { account_id: bob.id });
  await alice.plain.get(one);
  await alice.plain.patch(one, { description: "Who knows tea" });
  await alice.plain.get(`/api/v1/accounts/${alice.id}/collections`);
  await bob.plain.get(`/api/v1/accounts/${bob.id}/in_collections`);
  await bob.plain.post(`${one}/items/${collection_item.id}/revoke`);
  const { json: { collection_item: own } } = await alice.plain.post(`${one}/items`, { account_id: alice.id });
  await alice.plain.delete(`${one}/items/${own.id}`);
  await alice.plain.delete(one);
}
