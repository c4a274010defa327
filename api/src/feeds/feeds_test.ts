import assert from "node:assert/strict";
import type { Answer } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

const texts = (answer: Answer) =>
  answer.json.map((status: { content: string; reblog?: { content: string } }) =>
    (status.reblog ?? status).content.replace(/<[^>]+>/g, "")
  );
const ids = (answer: Answer) => answer.json.map((status: { id: string }) => status.id);

Deno.test("home shows what those whom one follows say, and oneself, newest first", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const carol = await world.person("carol");
  await bob.says("Before the follow");
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  await bob.says("After the follow");
  await carol.says("Nobody follows me");
  await alice.says("My own");
  const fromCarol = await carol.says("Boosted");
  await bob.post(`/api/v1/statuses/${fromCarol.id}/reblog`);
  await bob.says("Only for followers", { visibility: "private" });
  await bob.says("@carol psst", { visibility: "direct" });
  await bob.says("@alice psst", { visibility: "direct" });

  const home = await alice.get("/api/v1/timelines/home");
  assert.deepEqual(texts(home), [
    "@alice psst",
    "Only for followers",
    "Boosted",
    "My own",
    "After the follow",
    "Before the follow",
  ]);
});

Deno.test("home leaves out answers to strangers, muted people, and boosts where they are off", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const carol = await world.person("carol");
  const dora = await world.person("dora");
  await alice.post(`/api/v1/accounts/${bob.id}/follow`, { reblogs: false });
  await alice.post(`/api/v1/accounts/${dora.id}/follow`);
  const stranger = await carol.says("By a stranger");
  const known = await dora.says("By somebody known");
  await bob.says("To a stranger", { in_reply_to_id: stranger.id });
  const thread = await bob.says("To somebody known", { in_reply_to_id: known.id });
  await bob.says("To myself", { in_reply_to_id: thread.id });
  await bob.post(`/api/v1/statuses/${known.id}/reblog`);
  assert.deepEqual(texts(await alice.get("/api/v1/timelines/home")), [
    "To myself",
    "To somebody known",
    "By somebody known",
  ]);

  await alice.post(`/api/v1/accounts/${bob.id}/mute`);
  assert.deepEqual(texts(await alice.get("/api/v1/timelines/home")), ["By somebody known"]);
  await alice.post(`/api/v1/accounts/${bob.id}/unmute`);
  await alice.post(`/api/v1/accounts/${carol.id}/block`);
  await dora.post(`/api/v1/statuses/${stranger.id}/reblog`);
  assert.ok(!texts(await alice.get("/api/v1/timelines/home")).includes("By a stranger"));
});

Deno.test("home finds what lies behind any number of posts that it does not show", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const carol = await world.person("carol");
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const shown = [(await bob.says("Early")).id, (await bob.says("Also early")).id];
  const stranger = await carol.says("By a stranger");
  for (let n = 0; n < 25; n++) await bob.says("To a stranger", { in_reply_to_id: stranger.id });
  shown.push((await bob.says("Late")).id);

  const home = (query: Record<string, string>) => alice.get("/api/v1/timelines/home", query).then(ids);
  assert.deepEqual(await home({ limit: "3" }), shown.toReversed());
  assert.deepEqual(await home({ limit: "1", max_id: shown[2]! }), [shown[1]]);
  assert.deepEqual(await home({ limit: "1", min_id: shown[1]! }), [shown[2]]);
  assert.deepEqual(await home({ limit: "2", min_id: shown[0]! }), [shown[2], shown[1]]);
});

Deno.test("max_id, since_id and min_id walk a timeline as Mastodon's do", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const posts: string[] = [];
  for (let n = 0; n < 7; n++) posts.unshift((await alice.says(`Post ${n}`)).id);
  for (const path of ["timelines/home", "timelines/public", `accounts/${alice.id}/statuses`]) {
    const page = (query: Record<string, string>) => alice.get(`/api/v1/${path}`, { limit: "2", ...query });
    assert.deepEqual(ids(await page({})), posts.slice(0, 2), path);
    assert.deepEqual(ids(await page({ max_id: posts[1]! })), posts.slice(2, 4));
    assert.deepEqual(
      ids(await page({ since_id: posts[5]! })),
      posts.slice(0, 2),
      "the newest, cut at since_id",
    );
    assert.deepEqual(ids(await page({ min_id: posts[5]! })), posts.slice(3, 5), "right after min_id");
    assert.deepEqual(ids(await page({ min_id: posts[5]!, max_id: posts[4]! })), [], "a window");
    assert.deepEqual(ids(await page({ max_id: posts[6]! })), []);
    assert.equal((await page({ max_id: posts[6]! })).headers.get("link"), null, "no link where nothing is");
    assert.equal((await page({ max_id: "nonsense" })).status, 400);
    assert.equal((await page({ limit: "-1" })).status, 400);
    assert.equal(ids(await page({ limit: "1000" })).length, 7, "too large a limit is cut, not refused");
    const link = (await page({ max_id: posts[1]! })).headers.get("link")!;
    assert.match(link, new RegExp(`max_id=${posts[3]}>; rel="next"`));
    assert.match(link, new RegExp(`min_id=${posts[2]}>; rel="prev"`));
    assert.match(link, /limit=2/);
  }
});

Deno.test("public, local and hashtag timelines show public posts to everybody", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  await alice.says("Green #tea");
  await alice.says("Black #TEA and #coffee");
  await alice.says("Unlisted #tea", { visibility: "unlisted" });
  const root = await alice.says("Private #tea", { visibility: "private" });
  await alice.says("An answer to myself", { in_reply_to_id: root.id });
  await bob.says("An answer #tea", { in_reply_to_id: (await alice.says("A question")).id });

  const open = ["A question", "An answer to myself", "Black #TEA and #coffee", "Green #tea"];
  assert.deepEqual(texts(await world.visit("/api/v1/timelines/public")), open);
  assert.deepEqual(texts(await world.visit("/api/v1/timelines/public?local=true")), open);
  assert.deepEqual(texts(await world.visit("/api/v1/timelines/public?remote=true")), []);
  const tag = (query: string) => world.visit(`/api/v1/timelines/tag/${query}`).then(texts);
  assert.deepEqual(await tag("Tea"), ["An answer #tea", "Black #TEA and #coffee", "Green #tea"]);
  assert.deepEqual(await tag("tea?all[]=coffee"), ["Black #TEA and #coffee"]);
  assert.deepEqual(await tag("tea?none[]=coffee"), ["An answer #tea", "Green #tea"]);
  assert.deepEqual(await tag("nothing?any[]=coffee"), ["Black #TEA and #coffee"]);

  await bob.post(`/api/v1/accounts/${alice.id}/mute`);
  assert.deepEqual(texts(await bob.get("/api/v1/timelines/public")), []);
});

Deno.test("an account's page leaves out what it is asked to leave out", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const other = await bob.says("By bob");
  await alice.says("A post #tea");
  await alice.says("An answer", { in_reply_to_id: other.id });
  await alice.post(`/api/v1/statuses/${other.id}/reblog`);
  const page = (query: string) => world.visit(`/api/v1/accounts/${alice.id}/statuses?${query}`).then(texts);
  assert.deepEqual(await page(""), ["By bob", "An answer", "A post #tea"]);
  assert.deepEqual(await page("exclude_replies=true"), ["By bob", "A post #tea"]);
  assert.deepEqual(await page("exclude_reblogs=1"), ["An answer", "A post #tea"]);
  assert.deepEqual(await page("tagged=TEA"), ["A post #tea"]);
  assert.equal((await world.visit("/api/v1/accounts/1/statuses")).status, 404);
  assert.equal((await world.visit("/api/v1/accounts/x/statuses")).status, 404);
});

Deno.test("a timeline makes as many queries for forty posts as for one", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  await alice.says("@bob one #tea");
  const ask = () => bob.get("/api/v1/timelines/public", { limit: "40" });
  await ask();
  const one = await world.countQueries(ask);
  for (let n = 0; n < 39; n++) await alice.says(`@bob post ${n} #tag${n}`);
  const forty = await world.countQueries(ask);
  assert.equal((await ask()).json.length, 40);
  assert.equal(forty, one);
  assert.ok(one <= 6, `${one} queries`);
});

Deno.test("home looks past what everybody posted last by one more query, however far back that is", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const home = () => alice.get("/api/v1/timelines/home", { limit: "2" });
  for (const text of ["old", "older"]) await bob.says(text);
  const near = await world.countQueries(home);
  for (let n = 0; n < 5; n++) await carol.says(`by a stranger ${n}`);
  assert.equal(await world.countQueries(home), near + 1);
  for (let n = 0; n < 35; n++) await carol.says(`by the same stranger ${n}`);
  assert.equal(await world.countQueries(home), near + 1);
  assert.deepEqual(texts(await home()), ["older", "old"]);

  await bob.says("new");
  assert.deepEqual(texts(await home()), ["new", "older"], "some from here, some from there");
  const [, older] = ids(await home());
  assert.deepEqual(texts(await alice.get("/api/v1/timelines/home", { min_id: older! })), ["new"]);
});

Deno.test("home is whole for whoever follows a single person, either way through it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  for (let n = 0; n < 45; n++) await bob.says(`post ${n}`);
  const home = (query: string) => alice.get(`/api/v1/timelines/home?limit=40${query}`);

  const first = await home("");
  assert.deepEqual(texts(first), Array.from({ length: 40 }, (_, n) => `post ${44 - n}`));
  const rest = await home(`&max_id=${ids(first).at(-1)}`);
  assert.deepEqual(texts(rest), ["post 4", "post 3", "post 2", "post 1", "post 0"]);
  const upwards = await home(`&min_id=${ids(rest).at(-1)}`);
  assert.deepEqual(texts(upwards), Array.from({ length: 40 }, (_, n) => `post ${40 - n}`));
});
