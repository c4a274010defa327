import assert from "node:assert/strict";
import { readActor } from "../src/accounts/activity.ts";
import { resolveHandle } from "../src/accounts/remote.ts";
import { type JsonObject, publicUri } from "../src/base/activitystreams.ts";
import type { Ctx } from "../src/base/ctx.ts";
import { readObject } from "../src/delivery/read.ts";
import { mostBytes } from "../src/delivery/deliver.ts";
import { type Incoming, readPost } from "../src/posts/incoming.ts";
import { newElsewhere, post } from "./elsewhere.ts";
import { met, newNeighbours, sees } from "./neighbours.ts";
import { cavageSigned } from "./signing.ts";
import { newWorld } from "./world.ts";

/**
 * The fourteen rules that hold for everybody who speaks ActivityPub, as servers of many kinds have taught them.
 * Each has its cases here; FEDERATION.md says the same to other implementers.
 */

const now = Temporal.Instant.from("2026-01-01T00:00:00Z");
const uri = "https://elsewhere.test/notes/1";
const author = "https://elsewhere.test/users/rimu";

/** How a note that has these properties is read. Nothing is fetched for it. */
async function read(more: JsonObject): Promise<Incoming | undefined> {
  const note = { id: uri, type: "Note", attributedTo: author, content: "<p>Hello</p>", to: publicUri };
  return await readPost(await readObject({} as Ctx, { ...note, ...more }), now);
}

/** Each of these properties is read as said; what is not said is not looked at. */
async function reads(cases: [JsonObject, Partial<Incoming>][]): Promise<void> {
  for (const [more, expected] of cases) {
    const post = await read(more);
    assert.ok(post, JSON.stringify(more));
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(post[key as keyof Incoming], value, `${key} of ${JSON.stringify(more)}`);
    }
  }
}

const mention = { type: "Mention", href: author, name: "@rimu" };
const hashtag = { type: "Hashtag", href: "https://elsewhere.test/tags/tea", name: "#Tea" };
const tea = { name: "tea", displayName: "Tea" };
const parent = "https://far.test/notes/9";
const page = "https://elsewhere.test/@rimu/1";

Deno.test("law 1: anything may be a text, an object, a list of both, or missing", async () => {
  await reads([
    [{ to: publicUri, cc: [author] }, { to: [publicUri], cc: [author] }],
    [{ to: [publicUri], cc: null }, { to: [publicUri], cc: [] }],
    [{ to: undefined, cc: { id: author, type: "Person" } }, { to: [], cc: [author] }],
    [{ tag: mention }, { mentioned: [author], tags: [] }],
    [{ tag: [null, mention, 5, hashtag, "https://elsewhere.test/tags/x"] }, {
      mentioned: [author],
      tags: [tea],
    }],
    [{ tag: { ...mention, 0: hashtag } }, { mentioned: [author], tags: [tea] }],
    [{ inReplyTo: parent }, { answers: parent }],
    [{ inReplyTo: [parent] }, { answers: parent }],
    [{ inReplyTo: { id: parent, type: "Note", content: "Whole" } }, { answers: parent }],
    [{ inReplyTo: null }, { answers: undefined }],
    [{ attributedTo: { id: author, type: "Person" } }, { html: "<p>Hello</p>" }],
    [{ attributedTo: [{ id: author, type: "Person" }, { id: parent, type: "Group" }] }, { uri }],
    [{ summary: ["Tea", "Coffee"] }, { contentWarning: "Tea" }],
    [{ summary: { a: 1 } }, { contentWarning: "" }],
    [{ audience: author, context: "tag:elsewhere.test,2026:1" }, { uri }],
    [{ audience: [author], context: { id: "ap://did:key:z6Mk/1", type: "Collection" } }, { uri }],
    [{ icon: null, image: [null], preview: { type: "Note", content: "Short" }, generator: "tea" }, { uri }],
    [{ replies: "elsewhere", likes: { type: "Collection", totalItems: "5" }, shares: 5 }, { uri }],
    [{ conversation: 5, atomUri: null, inReplyToAtomUri: {}, quote: { type: "Tombstone" } }, { uri }],
    [{ type: ["Note", "https://elsewhere.test/ns#Thought"] }, { html: "<p>Hello</p>" }],
  ]);
  for (const alsoKnownAs of [parent, [parent], { id: parent }, { 0: parent }]) {
    assert.deepEqual(readActor({ ...actor, alsoKnownAs })?.alsoKnownAs, [parent]);
  }
});

Deno.test("law 2: everybody has three spellings", async () => {
  for (const spelling of [publicUri, "as:Public", "Public"]) {
    await reads([[{ to: spelling }, { to: [publicUri] }], [{ to: [], cc: [author, spelling] }, {
      cc: [author, publicUri],
    }]]);
  }
});

Deno.test("law 3: an emoji's id may be null or missing, and a small server's follow has none", async () => {
  const icon = { type: "Image", url: "https://elsewhere.test/tea.png" };
  await reads([
    [{ tag: [{ type: "Emoji", id: null, name: ":tea:", icon }, hashtag] }, { tags: [tea] }],
    [{ tag: [{ type: "Emoji", name: ":tea:", icon }, hashtag] }, { tags: [tea] }],
  ]);
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  for (const id of [undefined, null]) {
    assert.equal(await rimu.sends(world, { ...rimu.does("Follow", alice.account.uri), id }), 202);
  }
  await world.settle();
  assert.equal((await world.visit(`/api/v1/accounts/${alice.id}`)).json.followers_count, 1);
});

Deno.test("law 4: dates have fractions and offsets, or are missing; an update may be null or no news", async () => {
  const at = (text: string) => Temporal.Instant.from(text);
  await reads([
    [{ published: "2020-02-02T10:00:00.123456+02:00" }, { publishedAt: at("2020-02-02T08:00:00.123Z") }],
    [{ published: "2020-02-02T10:00:00Z", updated: null }, { editedAt: null }],
    [{ published: "2020-02-02T10:00:00Z", updated: "2020-02-02T10:00:00Z" }, { editedAt: null }],
    [{ published: "2020-02-02T10:00:00Z", updated: "2020-02-03T10:00:00Z" }, {
      editedAt: at("2020-02-03T10:00:00Z"),
    }],
    [{}, { publishedAt: now }],
    [{ published: "yesterday", updated: 5 }, { publishedAt: now, editedAt: null }],
    [{ published: "2199-01-01T00:00:00Z" }, { publishedAt: now }],
  ]);
});

Deno.test("law 5: a text may be missing, or be there by language only; the language stands in many places", async () => {
  const [content, none] = ["Kia ora", { content: undefined }];
  await reads([
    [none, { html: "" }],
    [{ ...none, attachment: { type: "Image", url: page } }, { html: "" }],
    [{ ...none, type: "Page", name: "Only a title", url: page }, {
      html: '<p><strong>Only a title</strong></p><p><a href="https://elsewhere.test/@rimu/1" rel="nofollow ' +
        'noopener" target="_blank">https://elsewhere.test/@rimu/1</a></p>',
    }],
    [{ ...none, contentMap: { mi: content, en: "Hello" } }, { html: content, language: "mi" }],
    [{ content, contentMap: { en: "Hello", mi: content } }, { html: content, language: "mi" }],
    [{ content, contentMap: { en: null, "": content, mi: [content, "Haere mai"] } }, { language: "mi" }],
    [{ content, contentMap: [content] }, { html: content, language: null }],
    [{ content, summary: "Tea", summaryMap: { en: "Tea" } }, { language: "en" }],
    [{ type: "Article", content, name: "Tea", nameMap: { en: "Tea" } }, { language: "en" }],
    [{ content, language: { identifier: "mi", name: "Māori" } }, { html: content, language: "mi" }],
    [{ content, language: { identifier: "und" } }, { language: null }],
    [{ content, inLanguage: "mi" }, { language: "mi" }],
    [{ content, contentMap: { zh_CN: content } }, { html: content }],
  ]);
});

Deno.test("law 6: a source may be an object or a text, and is not shown", async () => {
  const sources = [{ content: "*Hello*", mediaType: "text/markdown" }, "*Hello*", ["*Hello*"], null];
  await reads(sources.map((source) => [{ source }, { html: "<p>Hello</p>" }]));
});

Deno.test("law 7: sensitive may be null; a summary warns of notes, and sums up whatever else there is", async () => {
  await reads([
    [{ sensitive: null }, { isSensitive: false, contentWarning: "" }],
    [{ sensitive: true, summary: "" }, { isSensitive: true, contentWarning: "" }],
    [{ sensitive: "true" }, { isSensitive: true }],
    [{ sensitive: "perhaps" }, { isSensitive: false }],
    [{ summary: "Tea" }, { contentWarning: "Tea" }],
  ]);
  for (const type of ["Article", "Page", "Event", "Video", "Audio", "Image"]) {
    const work = await read({ type, name: "Tea", summary: "<p>In short</p>" });
    assert.equal(work?.contentWarning, "", type);
    assert.match(work.html, /<strong>Tea<\/strong>.*In short/, type);
  }
});

Deno.test("law 8: of several addresses the page is meant", async () => {
  const link = (href: string, mediaType: string) => ({ type: "Link", href, mediaType });
  await reads([
    [{ url: page }, { url: page }],
    [{ url: link(page, "text/html") }, { url: page }],
    [{
      url: [
        "magnet:?xt=urn:btih:1",
        link("https://elsewhere.test/1.m3u8", "application/x-mpegURL"),
        link(page, "text/html"),
      ],
    }, { url: page }],
    [{ url: "https://elsewhere.test/?p=12&x=1" }, { url: "https://elsewhere.test/?p=12&x=1" }],
    [{ url: "javascript:alert(1)" }, { url: uri }],
    [{ url: {} }, { url: uri }],
  ]);
});

Deno.test("law 9: attachments of all kinds cost nothing of the rest", async () => {
  const attachments = [
    { type: "Document", mediaType: "image/png", url: page, name: null },
    { type: "Image", url: { type: "Link", href: page }, summary: "A teapot" },
    { type: "Link", href: page },
    { type: "PropertyValue", name: "Tea", value: "Oolong" },
    { type: "Note", content: "A preview" },
    { type: "Audio", url: [page], duration: "five minutes" },
    page,
    5,
  ];
  await reads([
    ...attachments.map((attachment): [JsonObject, Partial<Incoming>] => [{ attachment }, { uri }]),
    [
      { attachment: attachments },
      { html: "<p>Hello</p>" },
    ],
  ]);
});

const actor: JsonObject = {
  id: author,
  type: "Person",
  preferredUsername: "rimu",
  inbox: `${author}/inbox`,
};

Deno.test("law 10: actors are of five types, and of any other they serve", () => {
  const kinds: [JsonObject["type"], string | undefined][] = [
    ["Person", "person"],
    ["Service", "service"],
    ["Application", "application"],
    ["Group", "group"],
    ["Organization", "organization"],
    [["Person", "https://elsewhere.test/ns#Cat"], "person"],
    ["Feed", "service"],
    ["Teapot", "service"],
    ["Tombstone", undefined],
    [undefined, undefined],
    [5, undefined],
  ];
  for (const [type, kind] of kinds) assert.equal(readActor({ ...actor, type })?.kind, kind, String(type));
});

Deno.test("law 11: what we send stays below 50 kB, whatever somebody writes", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const family = "👨‍👩‍👧‍👦";
  const refused = await alice.post("/api/v1/statuses", { status: family.repeat(5_000) });
  assert.equal(refused.status, 422);
  assert.match(refused.json.error, /too long to be sent to other servers/);
  const links = `https://a.test/${"x".repeat(2_000)} `.repeat(20);
  assert.equal((await alice.post("/api/v1/statuses", { status: links })).status, 422);
  const families = { options: ["Tea", family.repeat(100)], expires_in: 3_600 };
  assert.equal((await alice.post("/api/v1/statuses", { status: "Who?", poll: families })).status, 422);

  const poll = { options: Array.from({ length: 8 }, (_, n) => `${n}${"茶".repeat(99)}`), expires_in: 3_600 };
  const tags = Array.from({ length: 20 }, (_, n) => `#${"茶".repeat(20)}${n}`).join(" ");
  const longest = [
    await alice.says("茶".repeat(5_000), { language: "ja" }),
    await alice.says("👋".repeat(4_900), { language: "en", spoiler_text: "👋".repeat(100), poll }),
    await alice.says(`${tags} ${"<>&\n".repeat(800)}`, { language: "en", poll }),
  ];
  await both.settle();
  for (const status of longest) assert.equal((await sees(rimu, status)).spoiler_text, status.spoiler_text);
  const { rows } = await both.here.pool.query("select octet_length(body) as bytes from activities");
  assert.ok(rows.every(({ bytes }) => bytes <= mostBytes), JSON.stringify(rows));
});

Deno.test("law 12: activities go out, and documents are asked for, by their proper types", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const heard: string[] = [];
  elsewhere.serve("/inbox", (request) => {
    heard.push(request.headers.get("content-type")!);
    return new Response(null, { status: 202 });
  });
  elsewhere.serve("/users/rimu", (request) => {
    heard.push(request.headers.get("accept")!);
    return new Response(JSON.stringify(rimu.document), {
      headers: { "content-type": 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"' },
    });
  });
  const { id } = await resolveHandle(world.ctx, "rimu@elsewhere.test");
  await alice.post(`/api/v1/accounts/${id}/follow`);
  await world.settle();
  assert.deepEqual(heard, [
    'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    "application/activity+json",
  ]);
});

Deno.test("law 13: what we don't know is taken with thanks, and forgotten", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const types = ["View", "Dislike", "Join", "Lock", "ApproveReply", "Arrive", "Teapot"];
  for (const type of types) assert.equal(await rimu.sends(world, rimu.does(type, uri)), 202, type);
  assert.equal(await rimu.sends(world, { ...rimu.does("View", uri), type: ["View", "Watch"] }), 202);
  // Not even a key is asked for.
  const unsigned = await cavageSigned(world, rimu, {
    activity: rimu.does("View", uri),
    keyId: `${parent}#k`,
  });
  assert.equal((await post(world, unsigned)).status, 202);
  assert.deepEqual((await world.pool.query("select 1 from inbox")).rows, []);
  assert.deepEqual(elsewhere.asked, []);
});

Deno.test("law 14: each activity of ours has an id of its own, below our address", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  const { id } = await met(here, rimu);
  const poll = await rimu.says("Tea?", { poll: { options: ["Yes", "No"], expires_in: 3_600 } });
  for (let times = 0; times < 2; times++) {
    for (const act of ["follow", "unfollow", "block", "unblock"]) {
      await alice.post(`/api/v1/accounts/${id}/${act}`);
    }
    await both.follows(rimu, alice); // the block has ended that
    const status = await alice.says(`@rimu@${there.ctx.config.handleDomain} hello`);
    await alice.put(`/api/v1/statuses/${status.id}`, { status: "Hello" });
    await alice.put(`/api/v1/statuses/${status.id}`, { status: "Hello again" });
    for (const act of ["pin", "unpin", "pin", "unpin"]) {
      await alice.post(`/api/v1/statuses/${status.id}/${act}`);
    }
    const { json: { statuses: [question] } } = await alice.get("/api/v2/search", {
      q: poll.uri,
      resolve: "true",
    });
    for (const act of ["favourite", "unfavourite", "reblog", "unreblog"]) {
      await alice.post(`/api/v1/statuses/${question.id}/${act}`);
      await both.settle();
    }
    await alice.post(`/api/v1/polls/${question.poll.id}/votes`, { choices: [0] });
    await alice.delete(`/api/v1/statuses/${status.id}`);
    await both.settle();
  }
  const { rows } = await here.pool.query(
    "select body::jsonb ->> 'id' as id, body::jsonb ->> 'type' as type from activities",
  );
  const ids = rows.map((row) => row.id);
  assert.ok(new Set(rows.map((row) => row.type)).size >= 9, "hardly anything was sent");
  assert.equal(new Set(ids).size, ids.length);
  for (const one of ids) assert.ok(one.startsWith(`${here.ctx.config.baseUrl}/ap/`), one);
});
