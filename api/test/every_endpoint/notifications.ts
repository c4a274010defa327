import assert from "node:assert/strict";
import type { Cast } from "./cast.ts";

/** What one is told, one by one and in groups, and what is kept back. */
export async function notifications({ alice, bob, carol, world }: Cast): Promise<void> {
  const { v1, v2 } = alice.masto;
  const post = await v1.statuses.create({ status: "Look at this" });
  for (const who of [bob, carol]) await who.masto.v1.statuses.$select(post.id).favourite();
  await bob.masto.v1.statuses.create({ status: "@alice Hello" });
  await bob.masto.v1.reports.create({
    accountId: carol.id,
    statusIds: [],
    comment: "Rude",
    category: "other",
  });
  await world.settle();

  const all = await v1.notifications.list({ limit: 40 });
  assert.ok(all.some(({ type }) => type === "admin.report") && all.some(({ type }) => type === "mention"));
  assert.equal((await v1.notifications.$select(all[0]!.id).fetch()).id, all[0]!.id);
  assert.ok((await v1.notifications.unreadCount.fetch()).count > 0);
  await v1.notifications.$select(all[0]!.id).dismiss();
  await alice.plain.delete(`/api/v1/notifications/${all[1]!.id}`);

  const grouped = await v2.notifications.list({ limit: 40, expandAccounts: "partial_avatars" });
  const group = grouped.notificationGroups.find(({ notificationsCount }) => notificationsCount === 2)!;
  assert.equal(group.type, "favourite");
  await v2.notifications.$select(group.groupKey).fetch();
  assert.equal((await v2.notifications.$select(group.groupKey).accounts.fetch()).length, 2);
  assert.ok((await v2.notifications.unreadCount.fetch()).count > 0);
  await v2.notifications.$select(group.groupKey).dismiss();
  await alice.plain.post("/api/v2/notifications/clear");
  await v1.notifications.clear();
}

/** Strangers' notifications wait until they are asked in. */
export async function requests({ alice, carol, world }: Cast): Promise<void> {
  const { v1, v2 } = alice.masto;
  await v2.notifications.policy.fetch();
  await v2.notifications.policy.update({ forNotFollowing: "filter" });
  await alice.plain.get("/api/v1/notifications/policy");
  await alice.plain.patch("/api/v1/notifications/policy", { filter_not_followers: false });
  const waiting = async () => {
    await carol.masto.v1.statuses.create({ status: "@alice May I?" });
    await world.settle();
    return (await v1.notifications.requests.list())[0]!.id;
  };
  const first = await waiting();
  await v1.notifications.requests.$select(first).fetch();
  await v1.notifications.requests.$select(first).dismiss();
  await alice.plain.post("/api/v1/notifications/requests/dismiss", { id: [await waiting()] });
  await v1.notifications.requests.$select(await waiting()).accept();
  await alice.plain.post("/api/v1/notifications/requests/accept", { id: [first] });
  await world.settle();
  assert.equal((await v1.notifications.requests.merged.fetch()).merged, true);
  await v2.notifications.policy.update({ forNotFollowing: "accept" });
}

/** The same once more as megalodon asks. */
export async function notificationsByMegalodon({ alice, bob, world }: Cast): Promise<void> {
  await bob.megalodon.postStatus("@alice Hello again");
  await world.settle();
  const { data: [told] } = await alice.megalodon.getNotifications({ limit: 5, exclude_types: [] });
  await alice.megalodon.getNotification(told!.id);
  await alice.megalodon.dismissNotification(told!.id);
  await alice.megalodon.dismissNotifications();
  assert.equal((await alice.megalodon.getNotifications()).data.length, 0);
}
