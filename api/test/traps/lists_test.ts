import assert from "node:assert/strict";
import type { Answer, Person } from "../person.ts";
import { newWorld } from "../world.ts";

/** Ids, orders and pages, as clients rely on them. Each trap was met in a real client. */

const ids = (list: { id: string }[]) => list.map(({ id }) => id);

/** The parameters of one of an answer's links. */
function link({ headers }: Answer, rel: "next" | "prev"): URLSearchParams | undefined {
  const found = headers.get("link")?.match(new RegExp(`<([^>]+)>; rel="${rel}"`))?.[1];
  return found ? new URL(found).searchParams : undefined;
}

/** The page that Tusky makes of two ids: the shorter is older, then the first in the alphabet. */
const byAge = (one: string, other: string) =>
  one.length === other.length ? (one < other ? -1 : 1) : one.length - other.length;

Deno.test("clients sort by ids and page by links", async (t) => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const carol = await world.person("carol");
  const posts: string[] = [];
  for (let n = 0; n < 12; n++) posts.unshift((await alice.says(`Post ${n} #tea`)).id);
  const home = (who: Person, query: string) => who.get(`/api/v1/timelines/home?${query}`);

  await t.step("trap 7: ids sort by time, as texts of one length", () => {
    assert.deepEqual(posts.toSorted(byAge).toReversed(), posts);
  });

  await t.step("trap 8: every id is a text of decimal digits that fits 64 bits", () => {
    for (const id of [alice.id, ...posts]) assert.ok(/^\d+$/.test(id) && BigInt(id) < 2n ** 63n, id);
  });

  await t.step("trap 9: a boost has an id of its own, in the same order", async () => {
    const { json: boost } = await bob.post(`/api/v1/statuses/${posts[5]}/reblog`);
    const later = await bob.says("Later");
    const order = [posts[0]!, boost.id, later.id];
    assert.deepEqual(order.toSorted(byAge), order);
    assert.notEqual(boost.id, boost.reblog.id);
  });

  await t.step(
    "trap 10: links are whole addresses that keep what was asked, and lead by rows of their own",
    async () => {
      const page = await alice.get("/api/v1/timelines/tag/tea?limit=4&local=true&any[]=milk");
      assert.deepEqual(Object.fromEntries(link(page, "next")!), {
        ...{ limit: "4", local: "true", "any[]": "milk", max_id: page.json.at(-1).id },
      });
      assert.equal(link(page, "prev")!.get("min_id"), page.json[0].id);
      assert.ok(page.headers.get("link")!.startsWith(`<${world.ctx.config.baseUrl}/`));
      for (const who of [bob, carol]) await who.post(`/api/v1/accounts/${alice.id}/follow`);
      const followers = await alice.get(`/api/v1/accounts/${alice.id}/followers?limit=1`);
      const cursor = link(followers, "next")!.get("max_id")!;
      assert.ok(![alice, bob, carol].some(({ id }) => id === cursor));
      assert.ok(link(followers, "prev")!.has("since_id"));
      const second = await alice.get(`/api/v1/accounts/${alice.id}/followers?limit=1&max_id=${cursor}`);
      assert.notEqual(second.json[0].id, followers.json[0].id);
    },
  );

  await t.step("trap 11: pages are full until the last, which leads no further", async () => {
    const pages: Answer[] = [await home(alice, "limit=5")];
    while (link(pages.at(-1)!, "next")) {
      pages.push(await home(alice, link(pages.at(-1)!, "next")!.toString()));
      assert.ok(pages.length < 9);
    }
    assert.deepEqual(pages.map(({ json }) => json.length), [5, 5, 2]);
    const { headers } = await home(alice, `max_id=${posts.at(-1)}`);
    assert.doesNotMatch(headers.get("link") ?? "", /max_id=(&|>|$)/);
  });

  await t.step(
    "trap 12: max_id goes back, since_id cuts, min_id goes forth, and all are newest first",
    async () => {
      const shown = async (query: string) => ids((await home(alice, query)).json);
      assert.deepEqual(await shown(`max_id=${posts[3]}&limit=3`), posts.slice(4, 7));
      assert.deepEqual(await shown(`since_id=${posts[8]}&limit=3`), posts.slice(0, 3));
      assert.deepEqual(await shown(`min_id=${posts[8]}&limit=3`), posts.slice(5, 8));
      assert.deepEqual(await shown(`min_id=${posts[8]}&max_id=${posts[5]}`), posts.slice(6, 8));
    },
  );

  await t.step(
    "trap 13: too large a limit is cut, a negative one refused, and 0 is the whole list",
    async () => {
      assert.equal((await home(alice, "limit=1000")).json.length, 12);
      for (const path of ["timelines/home?limit=-1", "directory?offset=-1"]) {
        assert.equal((await alice.get(`/api/v1/${path}`)).status, 400, path);
      }
      const { json: list } = await alice.post("/api/v1/lists", { title: "All" });
      for (const { id } of [bob, carol]) await alice.post(`/api/v1/accounts/${id}/follow`);
      await alice.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [bob.id, carol.id] });
      assert.equal((await alice.get(`/api/v1/lists/${list.id}/accounts?limit=0`)).json.length, 2);
    },
  );

  await t.step(
    "trap 14: search pages by offset, for members; Elk may ask for a thousand of a list",
    async () => {
      assert.equal((await world.visit("/api/v2/search?q=tea&offset=1")).status, 401);
      assert.equal((await alice.get("/api/v2/search?q=tea&type=hashtags&offset=1")).status, 200);
      const { json: [list] } = await alice.get("/api/v1/lists");
      assert.equal((await alice.get(`/api/v1/lists/${list.id}/accounts?limit=1000`)).json.length, 2);
    },
  );

  await t.step("trap 19: unknown types are passed by, and one may stand without brackets", async () => {
    await bob.post(`/api/v1/statuses/${posts[0]}/favourite`);
    await bob.says("@alice Hello");
    await world.settle();
    const types = async (query: string) =>
      (await alice.get(`/api/v1/notifications?${query}`)).json.map(({ type }: { type: string }) => type);
    assert.deepEqual(await types("types[]=mention&types[]=pleroma:emoji_reaction"), ["mention"]);
    assert.deepEqual(await types("types=favourite"), ["favourite"]);
    assert.deepEqual([...new Set(await types("exclude_types[]=mention&exclude_types[]=nonsense"))].sort(), [
      ...["favourite", "follow", "reblog"],
    ]);
  });
});
