import assert from "node:assert/strict";
import { uploaded } from "../../test/pictures.ts";
import type { Answer, Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

const path = "/api/v2/filters";

async function make(who: Person, more: Record<string, unknown> = {}) {
  const { status, json } = await who.post(path, {
    title: "Sport",
    context: ["home", "public"],
    keywords_attributes: [{ keyword: "ball" }, { keyword: "goal", whole_word: false }],
    ...more,
  });
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

/** Which filters caught each post of an answer, by title and by what. */
function caught({ json }: Answer): unknown[] {
  return json.map((status: Answer["json"]) =>
    status.filtered.map((result: Answer["json"]) => [
      result.filter.title,
      result.keyword_matches?.[0] ?? result.status_matches,
    ])
  );
}

Deno.test("a filter is made, read, changed and removed with its keywords", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const made = await make(alice, { expires_in: 3600 });
  assert.deepEqual(
    [made.title, made.context, made.filter_action, made.statuses],
    ["Sport", ["home", "public"], "warn", []],
  );
  assert.deepEqual(
    made.keywords.map(({ keyword, whole_word }: Answer["json"]) => [keyword, whole_word]),
    [["ball", true], ["goal", false]],
  );
  assert.match(made.expires_at, /^20\d\d-.*\.\d{3}Z$/);
  assert.deepEqual((await alice.get(path)).json, [made]);
  assert.deepEqual((await alice.get(`${path}/${made.id}`)).json, made);

  const form = new URLSearchParams({
    title: "Games",
    "context[]": "thread",
    filter_action: "blur",
    expires_in: "",
    "keywords_attributes[][id]": made.keywords[0].id,
    "keywords_attributes[][_destroy]": "true",
  });
  form.append("keywords_attributes[][id]", made.keywords[1].id);
  form.append("keywords_attributes[][keyword]", "goalie");
  form.append("keywords_attributes[][whole_word]", "1");
  form.append("keywords_attributes[][keyword]", "match");
  const { json: changed } = await alice.put(`${path}/${made.id}`, form);
  assert.deepEqual(
    [changed.title, changed.context, changed.filter_action, changed.expires_at],
    ["Games", ["thread"], "blur", null],
  );
  assert.deepEqual(
    changed.keywords.map(({ keyword, whole_word }: Answer["json"]) => [keyword, whole_word]),
    [["goalie", true], ["match", true]],
  );
  assert.equal((await alice.patch(`${path}/${made.id}`, { title: "Plays" })).json.title, "Plays");
  assert.equal((await alice.get(`${path}/${made.id}`)).json.keywords.length, 2);

  assert.deepEqual((await alice.delete(`${path}/${made.id}`)).json, {});
  assert.equal((await alice.get(`${path}/${made.id}`)).status, 404);
});

Deno.test("what a filter consists of has endpoints of its own", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const { id } = await make(alice, { keywords_attributes: undefined });
  const { json: keyword } = await alice.post(`${path}/${id}/keywords`, { keyword: "tennis" });
  assert.deepEqual(keyword, { id: keyword.id, keyword: "tennis", whole_word: true });
  const at = `${path}/keywords/${keyword.id}`;
  assert.deepEqual((await alice.put(at, { keyword: "golf", whole_word: "off" })).json, {
    id: keyword.id,
    keyword: "golf",
    whole_word: false,
  });
  assert.deepEqual((await alice.get(`${path}/${id}/keywords`)).json, [(await alice.get(at)).json]);

  const post = await bob.says("Hello");
  const { json: named } = await alice.post(`${path}/${id}/statuses`, { status_id: post.id });
  assert.deepEqual(named, { id: named.id, status_id: post.id });
  assert.deepEqual((await alice.get(`${path}/statuses/${named.id}`)).json, named);
  assert.equal((await alice.post(`${path}/${id}/statuses`, { status_id: post.id })).status, 422);
  const secret = await bob.says("For others", { visibility: "direct" });
  const refused = [];
  for (const status_id of [secret.id, "1"]) {
    refused.push((await alice.post(`${path}/${id}/statuses`, { status_id })).text);
  }
  assert.equal(refused[0], refused[1], "what is hidden is refused as what is missing");

  const parts = [at, `${path}/statuses/${named.id}`, `${path}/${id}`, `${path}/${id}/keywords`];
  for (const one of [...parts, `/api/v1/filters/${keyword.id}`]) {
    assert.equal((await bob.get(one)).status, 404, one);
    if (!one.endsWith("/keywords")) assert.equal((await bob.delete(one)).status, 404, one);
  }
  assert.deepEqual((await alice.delete(`${path}/statuses/${named.id}`)).json, named);
  assert.deepEqual((await alice.delete(at)).json, {});
  const { json: left } = await alice.get(`${path}/${id}`);
  assert.deepEqual([left.keywords, left.statuses], [[], []]);
});

Deno.test("what is no filter is refused in Mastodon's words", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const refusals: [Record<string, unknown>, string][] = [
    [{ context: ["home"] }, "Validation failed: Title can't be blank"],
    [{ title: " ", context: ["home"] }, "Validation failed: Title can't be blank"],
    [{ title: "x" }, "Validation failed: Context can't be blank"],
    [{ title: "x", context: [] }, "Validation failed: Context can't be blank"],
    [{ title: "x", context: ["everywhere"] }, "Validation failed: Context is not included in the list"],
    [
      { title: "x", context: ["home"], filter_action: "burn" },
      "Validation failed: Filter action is not included in the list",
    ],
  ];
  for (const [body, error] of refusals) {
    const { status, json } = await alice.post(path, body);
    assert.deepEqual([status, json.error], [422, error]);
  }
  assert.deepEqual((await alice.get(path)).json, []);
});

Deno.test("a post says which filters caught it, wherever it shows, until they expire", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const quiet = await bob.says("Nothing of interest");
  await bob.says("The footballs!");
  await bob.says("A BALL game", { spoiler_text: "Careful" });
  await bob.says("Read on", { spoiler_text: "About a goalkeeper" });
  await bob.says("What now?", { poll: { options: ["play ball", "read"], expires_in: 600 } });
  const { id: pictureId } = await uploaded(bob, undefined, { description: "A ball in the snow" });
  await bob.says("Look", { media_ids: [pictureId] });
  const filter = await make(alice, { filter_action: "hide", expires_in: 3600 });
  await alice.post(`${path}/${filter.id}/statuses`, { status_id: quiet.id });
  const boost = await bob.post(`/api/v1/statuses/${quiet.id}/reblog`);

  const expected = [
    [["Sport", [quiet.id]]],
    [["Sport", "ball"]],
    [["Sport", "ball"]],
    [["Sport", "goal"]],
    [["Sport", "BALL"]],
    [],
    [["Sport", [quiet.id]]],
  ];
  const home = await alice.get("/api/v1/timelines/home");
  assert.deepEqual(caught(home), expected, "also what it hides: that is for apps to do");
  assert.deepEqual(home.json[0].reblog.filtered[0].status_matches, [quiet.id]);
  const [{ filtered: [result] }] = home.json;
  assert.deepEqual(result.filter, {
    id: filter.id,
    title: "Sport",
    context: ["home", "public"],
    expires_at: filter.expires_at,
    filter_action: "hide",
  });
  assert.deepEqual([result.keyword_matches, home.json[1].filtered[0].status_matches], [null, null]);
  assert.deepEqual(caught(await bob.get("/api/v1/timelines/home")), expected.map(() => []));
  const { json: alone } = await alice.get(`/api/v1/statuses/${boost.json.id}`);
  assert.equal(alone.filtered.length, 1);
  assert.equal("filtered" in (await world.visit(`/api/v1/statuses/${quiet.id}`)).json, false);

  world.pass({ hours: 2 });
  assert.deepEqual(caught(await alice.get("/api/v1/timelines/home")), expected.map(() => []));
  assert.equal((await alice.get(path)).json.length, 1, "it can be prolonged");
});

Deno.test("to apps that know no other filters each keyword is one", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const legacy = "/api/v1/filters";
  const { json: made } = await alice.post(legacy, {
    phrase: "ball",
    context: ["home", "account"],
    irreversible: true,
    whole_word: false,
  });
  assert.deepEqual(made, {
    id: made.id,
    phrase: "ball",
    context: ["home", "account"],
    whole_word: false,
    expires_at: null,
    irreversible: true,
  });
  assert.deepEqual((await alice.get(legacy)).json, [made]);
  assert.deepEqual((await alice.get(`${legacy}/${made.id}`)).json, made);
  const { json: [whole] } = await alice.get(path);
  assert.deepEqual([whole.title, whole.filter_action, whole.keywords[0].id], ["ball", "hide", made.id]);

  const { json: changed } = await alice.put(`${legacy}/${made.id}`, { phrase: "goal", context: ["home"] });
  assert.deepEqual(
    [changed.phrase, changed.context, changed.irreversible, changed.whole_word],
    ["goal", ["home"], true, false],
  );
  await alice.post(`${path}/${whole.id}/keywords`, { keyword: "match" });
  const refused = await alice.put(`${legacy}/${made.id}`, { phrase: "goal", context: ["public"] });
  assert.equal(refused.status, 422);
  assert.match(refused.json.error, /more than one filter keyword/);

  for (const { id } of (await alice.get(legacy)).json) await alice.delete(`${legacy}/${id}`);
  assert.deepEqual((await alice.get(path)).json, []);
});

Deno.test("filters cost one query, however many they and the posts are", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.says("ball number 0");
  const ask = () => alice.get("/api/v1/timelines/public", { limit: "40" });
  await ask();
  const without = await world.countQueries(ask);
  await make(alice);
  const one = await world.countQueries(ask);
  assert.equal(one, without + 1);
  for (let n = 1; n < 20; n++) {
    await bob.says(`ball number ${n}`);
    await make(alice, { keywords_attributes: [{ keyword: `number ${n}` }] });
  }
  assert.equal(await world.countQueries(ask), one);
  assert.equal(caught(await ask()).flat().length, 20 + 19);
});
