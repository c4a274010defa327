import assert from "node:assert/strict";
import { chores } from "../../src/discovery/jobs.ts";
import type { Cast } from "./cast.ts";

/** Timelines, lists, filters and markers. */
export async function reading({ alice, bob, anyone }: Cast): Promise<void> {
  const { v1, v2 } = alice.masto;
  await v1.accounts.$select(bob.id).follow();
  const post = await bob.masto.v1.statuses.create({ status: "Tea with milk #tea" });
  assert.ok((await v1.timelines.home.list({ limit: 5 })).some(({ id }) => id === post.id));
  await anyone.masto.v1.timelines.public.list({ local: true });
  assert.ok((await anyone.masto.v1.timelines.tag.$select("tea").list({ local: true })).length > 0);
  await anyone.masto.v1.accounts.$select(bob.id).statuses.list({ excludeReplies: true });

  const list = await v1.lists.create({ title: "Tea" });
  await v1.lists.$select(list.id).update({ title: "Drinks" });
  assert.equal((await v1.lists.$select(list.id).fetch()).title, "Drinks");
  await v1.lists.$select(list.id).accounts.create({ accountIds: [bob.id] });
  assert.equal((await v1.lists.$select(list.id).accounts.list())[0]?.id, bob.id);
  assert.equal((await v1.accounts.$select(bob.id).lists.list())[0]?.id, list.id);
  await v1.timelines.list.$select(list.id).list();
  await v1.lists.$select(list.id).accounts.remove({ accountIds: [bob.id] });
  assert.equal((await v1.lists.list()).length, 1);
  await v1.lists.$select(list.id).remove();

  await v1.markers.create({ home: { lastReadId: post.id } });
  assert.equal((await v1.markers.fetch({ timeline: ["home"] })).home.lastReadId, post.id);

  const filter = await v2.filters.create({
    title: "Milk",
    context: ["home", "public"],
    filterAction: "warn",
    expiresIn: 3600,
    keywordsAttributes: [{ keyword: "milk", wholeWord: true }],
  });
  await v2.filters.list();
  await v2.filters.$select(filter.id).update({ title: "Milky" });
  const [seen] = await v1.timelines.home.list({ limit: 1 });
  assert.equal(seen?.filtered?.[0]?.filter.title, "Milky");
  const keyword = await v2.filters.$select(filter.id).keywords.create({ keyword: "cream" });
  await v2.filters.$select(filter.id).keywords.list();
  await v2.filters.keywords.$select(keyword.id).fetch();
  await v2.filters.keywords.$select(keyword.id).update({ keyword: "double cream" });
  await v2.filters.keywords.$select(keyword.id).remove();
  const status = await v2.filters.$select(filter.id).statuses.create({ statusId: post.id });
  await v2.filters.$select(filter.id).statuses.list();
  await v2.filters.statuses.$select(status.id).fetch();
  await v2.filters.statuses.$select(status.id).remove();
  assert.equal((await v2.filters.$select(filter.id).fetch()).keywords.length, 1);
  await v2.filters.$select(filter.id).remove();

  const old = await v1.filters.create({ phrase: "milk", context: ["home"], wholeWord: true });
  assert.equal((await v1.filters.list()).length, 1);
  await v1.filters.$select(old.id).update({ phrase: "cream", context: ["home"] });
  assert.equal((await v1.filters.$select(old.id).fetch()).phrase, "cream");
  await v1.filters.$select(old.id).remove();
}

/** Hashtags that one follows, and direct messages by conversation. */
export async function tagsAndConversations({ alice, bob, carol, anyone, world }: Cast): Promise<void> {
  const { v1 } = alice.masto;
  assert.equal((await v1.tags.$select("tea").follow()).following, true);
  assert.equal((await v1.followedTags.list())[0]?.name, "tea");
  assert.equal((await anyone.masto.v1.tags.$select("tea").fetch()).name, "tea");
  await alice.megalodon.getFollowedTags();
  assert.equal((await v1.tags.$select("tea").unfollow()).following, false);
  await alice.megalodon.followTag("tea");
  await alice.megalodon.getTag("tea");
  await alice.megalodon.unfollowTag("tea");

  for (const who of [bob, carol]) {
    await who.masto.v1.statuses.create({ status: "@alice Psst", visibility: "direct" });
  }
  await world.settle();
  const [latest] = await v1.conversations.list();
  assert.equal((await v1.conversations.$select(latest!.id).read()).unread, false);
  await v1.conversations.$select(latest!.id).remove();
  const { data: [other] } = await alice.megalodon.getConversationTimeline({ limit: 5 });
  await alice.megalodon.readConversation(other!.id);
  await alice.megalodon.deleteConversation(other!.id);
  assert.equal((await v1.conversations.list()).length, 0);
}

/** What there is to find: search, directory, suggestions, trends. */
export async function finding({ alice, bob, carol, anyone, world }: Cast): Promise<void> {
  for (const who of [alice, bob, carol]) {
    await who.masto.v1.accounts.updateCredentials({ discoverable: true });
    await who.masto.v1.statuses.create({ status: "A #storm: http://news.test/storm" });
  }
  await world.settle();
  await chores["count-trends"]!.run(world.ctx);
  await world.settle();

  const found = await alice.masto.v2.search.list({ q: "storm" });
  assert.deepEqual(found.hashtags.map(({ name }) => name), ["storm"]);
  const { json: first } = await alice.plain.get("/api/v1/search?q=storm");
  assert.deepEqual(first.hashtags, ["storm"]);
  await alice.masto.v1.directory.list({ local: true, order: "new" });
  const { v1 } = anyone.masto;
  assert.equal((await v1.trends.tags.list())[0]?.name, "storm");
  await v1.trends.statuses.list();
  await v1.trends.links.list();
  await anyone.megalodon.getInstanceTrends(5);
  await anyone.megalodon.getInstanceDirectory({ order: "active", local: true });
  await alice.masto.v2.suggestions.list();
  await alice.megalodon.getSuggestions(5);
  await alice.masto.v1.suggestions.$select(carol.id).remove(undefined as unknown as string);
  await alice.megalodon.search("bob", { type: "accounts", resolve: false });
}

/** The same once more as megalodon asks. */
export async function readingByMegalodon({ alice, bob, anyone }: Cast): Promise<void> {
  const { megalodon } = alice;
  await megalodon.getHomeTimeline({ limit: 5 });
  await anyone.megalodon.getPublicTimeline({ limit: 5 });
  await anyone.megalodon.getLocalTimeline({ limit: 5 });
  await anyone.megalodon.getTagTimeline("tea", { limit: 5 });
  const { data: list } = await megalodon.createList("Tea");
  await megalodon.updateList(list.id, "Drinks");
  await megalodon.getList(list.id);
  await megalodon.addAccountsToList(list.id, [bob.id]);
  assert.equal((await megalodon.getAccountsInList(list.id)).data.length, 1);
  await megalodon.getAccountLists(bob.id);
  await megalodon.getListTimeline(list.id);
  await megalodon.deleteAccountsFromList(list.id, [bob.id]);
  assert.equal((await megalodon.getAccountsInList(list.id)).data.length, 0);
  await megalodon.getLists();
  await megalodon.deleteList(list.id);
  const { data: [latest] } = await megalodon.getHomeTimeline({ limit: 1 });
  await megalodon.saveMarkers({ home: { last_read_id: latest!.id } });
  await megalodon.getMarkers(["home", "notifications"]);
  const { data: filter } = await megalodon.createFilter("milk", ["home"], { whole_word: true });
  await megalodon.getFilters();
  await megalodon.getFilter(filter.id);
  await megalodon.updateFilter(filter.id, "cream", ["home"], { irreversible: true });
  await megalodon.deleteFilter(filter.id);
}
