import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newWorld } from "../../test/world.ts";
import { publicUri } from "../base/activitystreams.ts";
import { readEmojis } from "./activity.ts";

const emoji = (name: string, url: string, more = {}) => ({
  id: null,
  type: "Emoji",
  name: `:${name}:`,
  icon: { type: "Image", mediaType: "image/png", url },
  ...more,
});

Deno.test("emojis of other servers are shown in their people's names, posts and polls, and nobody else's", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const alice = await world.person("alice");
  const blob = emoji("blob_cat", `${elsewhere.url}/blob.png`);
  Object.assign(rimu.document, { name: "Rimu :blob_cat:", tag: blob });
  const question = {
    id: `${elsewhere.url}/notes/1`,
    type: "Question",
    published: new Date(Date.now() - 60_000).toISOString(),
    attributedTo: rimu.uri,
    content: "<p>Which :kiwi: or :blob_cat:? :nothing:</p>",
    to: [publicUri],
    oneOf: [{ type: "Note", name: ":kiwi:" }, { type: "Note", name: "none" }],
    tag: [blob, emoji("kiwi", `${elsewhere.url}/kiwi.png`), { type: "Mention", href: alice.account.uri }],
  };
  assert.equal(await rimu.sends(world, rimu.does("Create", question, { to: [publicUri] })), 202);
  await world.settle();
  await alice.says("Mine are not theirs :kiwi:");

  const { json: [own, theirs] } = await alice.get("/api/v1/timelines/public");
  const names = (list: { shortcode: string }[]) => list.map((one) => one.shortcode);
  assert.deepEqual(own.emojis, []);
  assert.deepEqual(names(theirs.emojis), ["blob_cat", "kiwi"]);
  assert.deepEqual(names(theirs.poll.emojis), ["kiwi"]);
  assert.deepEqual(names(theirs.account.emojis), ["blob_cat"]);
  const [{ url, static_url: still, ...rest }] = theirs.account.emojis;
  assert.match(url, /^http:\/\/[^/]+\/media\/remote\/emoji-\d+\/[\w-]{22}$/);
  assert.match(still, /\/emoji-\d+-small\//);
  assert.deepEqual(rest, { shortcode: "blob_cat", visible_in_picker: true, category: null, featured: false });
  const strangers = (await world.visit("/api/v1/timelines/public")).json[1].emojis[0].url;
  assert.notEqual(strangers, url, "strangers are told addresses that make us fetch nothing");

  const again = emoji("kiwi", `${elsewhere.url}/kiwi2.png`, { updated: "2199-01-01T00:00:00Z" });
  const edited = { ...question, tag: [again], updated: new Date().toISOString(), content: "<p>:kiwi:!</p>" };
  await rimu.sends(world, rimu.does("Update", edited));
  await world.settle();
  const { rows } = await world.pool.query("select shortcode, domain, remote_url from emojis order by 1");
  assert.deepEqual(rows, [
    { shortcode: "blob_cat", domain: "elsewhere.test", remote_url: `${elsewhere.url}/blob.png` },
    { shortcode: "kiwi", domain: "elsewhere.test", remote_url: `${elsewhere.url}/kiwi2.png` },
  ]);
});

Deno.test("whatever stands among the tags, only emojis that can be shown are taken", () => {
  const url = "https://elsewhere.test/x.png";
  const cases: [Parameters<typeof readEmojis>[0], string[]][] = [
    [undefined, []],
    [[], []],
    [emoji("ok", url), ["ok"]],
    [[emoji("one", url), emoji("one", url), { type: "Hashtag", name: "#x" }, 5, null], ["one"]],
    [[emoji("a b", url), emoji("x", url), emoji("é!", url), emoji("y".repeat(300), url)], []],
    [{ type: ["Emoji"], name: "bare", icon: url }, ["bare"]],
    [{ type: "Emoji", name: ":list:", icon: [{ type: "Image", url: [{ href: url }] }] }, ["list"]],
    [[emoji("script", "javascript:alert(1)"), { type: "Emoji", name: ":none:" }], []],
    [{ 0: emoji("numbered", url) }, ["numbered"]],
  ];
  for (const [tags, names] of cases) {
    assert.deepEqual(readEmojis(tags).map((one) => one.shortcode), names, JSON.stringify(tags));
  }
});
