import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newWorld, type World } from "../../test/world.ts";
import { publicUri } from "../base/activitystreams.ts";
import { chores } from "./jobs.ts";
import { linkIn } from "./link_in.ts";
import { readPage } from "./read_page.ts";

const page = (head: string, type = "text/html; charset=utf-8") => () =>
  new Response(`<!doctype html><html lang="en-GB"><head>${head}</head><body><h1>Words</h1></body></html>`, {
    headers: { "content-type": type },
  });

const tea = `<title>Not this</title><meta property="og:title" content="All about tea &amp; cake">
  <meta property="og:description" content="How to\n make it"><meta property="og:site_name" content="Tea Times">
  <meta property="og:image" content="/pot.png"><meta property="og:image:alt" content="A pot">
  <meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
  <meta name="author" content="Somebody"><meta property="article:published_time" content="2026-01-02T03:04:05Z">`;

Deno.test("a link is shown with what its page says of itself, and the page is asked once", async () => {
  await using world = await newWorld();
  await using blog = newElsewhere("blog.test");
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, bob, rimu] = [
    await world.person("alice"),
    await world.person("bob"),
    await elsewhere.person("rimu"),
  ];
  await alice.patch("/api/v1/accounts/update_credentials", { attribution_domains: ["blog.test"] });
  const creator = `<meta name="fediverse:creator" content="@alice@${
    new URL(world.ctx.config.baseUrl).host
  }">`;
  blog.serve("/tea", page(tea + creator));

  const post = await bob.says("@alice look: http://blog.test/tea and http://blog.test/other #tea");
  assert.equal(post.card, null);
  await world.settle();
  const shown = async (id: string) => (await bob.get(`/api/v1/statuses/${id}`)).json.card;
  const { image, authors: [author], ...card } = await shown(post.id);
  assert.match(image, /\/media\/remote\/card-\d+-small\/[\w-]{22}$/);
  assert.deepEqual([author.name, author.account.username], ["Somebody", "alice"]);
  assert.deepEqual(card, {
    url: "http://blog.test/tea",
    title: "All about tea & cake",
    description: "How to make it",
    language: "en",
    type: "link",
    author_name: "Somebody",
    author_url: "",
    provider_name: "Tea Times",
    provider_url: "",
    html: "",
    width: 1200,
    height: 630,
    image_description: "A pot",
    embed_url: "",
    blurhash: null,
    published_at: "2026-01-02T03:04:05.000Z",
    missing_attribution: null,
  });

  const note = {
    id: `${elsewhere.url}/notes/1`,
    type: "Note",
    attributedTo: rimu.uri,
    content: `<p><a href="${alice.account.uri}">@alice</a> <a href="http://blog.test/tea">tea</a></p>`,
    to: [publicUri],
    tag: [{ type: "Mention", href: alice.account.uri }],
  };
  await rimu.sends(world, rimu.does("Create", note, { to: [publicUri] }));
  await world.settle();
  const { json: [theirs] } = await bob.get("/api/v1/timelines/public");
  assert.equal(theirs.card.title, card.title);
  assert.deepEqual(blog.asked, ["GET /tea"]);

  await bob.put(`/api/v1/statuses/${post.id}`, { status: "No link any more" });
  await world.settle();
  assert.equal(await shown(post.id), null);
});

Deno.test("what only elsewhere was posted is asked within a minute, not at once; what fails, a few times", async () => {
  await using world = await newWorld();
  await using blog = newElsewhere("blog.test");
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  blog.serve("/tea", () => new Response("later", { status: 503 }));
  const note = {
    id: `${elsewhere.url}/notes/1`,
    type: "Note",
    attributedTo: rimu.uri,
    content: `<p><a href="http://blog.test/tea">tea</a></p>`,
    to: [publicUri],
    tag: [{ type: "Mention", href: alice.account.uri }],
  };
  await rimu.sends(world, rimu.does("Create", note, { to: [publicUri] }));
  await world.settle();
  assert.deepEqual(blog.asked, []);
  world.pass({ minutes: 1 });
  await due(world);
  assert.equal(blog.asked.length, 1);
  for (const asked of [2, 3, 3]) {
    world.pass({ hours: 1 });
    await due(world);
    assert.equal(blog.asked.length, asked);
  }
  blog.serve("/tea", page(tea));
  world.pass({ hours: 15 * 24 });
  await alice.says("Is it back? http://blog.test/tea");
  await world.settle();
  assert.equal((await alice.get("/api/v1/timelines/home")).json[0].card.title, "All about tea & cake");
});

Deno.test("what people say to each other alone makes us ask nobody, and neither does what is our own", async () => {
  await using world = await newWorld();
  await using blog = newElsewhere("blog.test");
  const [alice] = [await world.person("alice"), await world.person("bob")];
  await alice.says("@bob psst http://blog.test/tea", { visibility: "direct" });
  await alice.says(`See ${world.ctx.config.baseUrl}/@alice`);
  await world.settle();
  assert.deepEqual(blog.asked, []);
  const { rows } = await world.pool.query("select 1 from cards");
  assert.deepEqual(rows, []);
});

Deno.test("pages that are none, that never end or that are broken leave no card, and are read no further", async () => {
  await using world = await newWorld();
  await using blog = newElsewhere("blog.test");
  const alice = await world.person("alice");
  const endless = () =>
    new Response(
      new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536).fill(32)) }),
      { headers: { "content-type": "text/html" } },
    );
  blog.serve("/picture", page(tea, "image/png"));
  blog.serve("/untitled", page(""));
  blog.serve("/endless", endless);
  blog.serve("/broken", page("<title></titl<meta property='og:title' content='<script>alert(1)</script>'>"));
  for (const path of ["picture", "untitled", "endless", "missing"]) {
    const { id } = await alice.says(`http://blog.test/${path}`);
    await world.settle();
    assert.equal((await alice.get(`/api/v1/statuses/${id}`)).json.card, null, path);
  }
  assert.equal(blog.asked.length, 4);
});

Deno.test("the link of a post is the first that leads to a page", () => {
  const cases: [string, string | undefined][] = [
    ["<p>none</p>", undefined],
    ['<a href="https://a.test/">a</a> <a href="https://b.test/">b</a>', "https://a.test/"],
    [
      '<a class="u-url mention" href="https://a.test/">a</a> <a href="https://b.test/">b</a>',
      "https://b.test/",
    ],
    [
      '<a rel="tag nofollow" href="https://a.test/">#a</a><a href="https://b.test/?a=1&amp;b=2">b</a>',
      "https://b.test/?a=1&b=2",
    ],
    ['<a href="https://rimu.test/@rimu">@rimu</a>', undefined],
    [
      '<p class="quote-inline">RE: <a href="https://a.test/1"><span>a</span></a></p><a href="https://b.test/">b</a>',
      "https://b.test/",
    ],
    ['<a href="javascript:alert(1)">x</a>', undefined],
  ];
  for (const [html, url] of cases) {
    assert.equal(linkIn({ html, mentioned: new Set(["https://rimu.test/@rimu"]) }), url, html);
  }
});

Deno.test("of a page only text and addresses of the web are taken, and no more than fits", () => {
  const read = (head: string) => readPage(`<html><head>${head}</head>`, "https://blog.test/a/b", "riff.test");
  assert.equal(read("<title>\n A\ttitle </title><title>Another</title>").title, "A title");
  assert.equal(read(`<meta property="og:title" content="${"x".repeat(5_000)}">`).title.length, 300);
  assert.equal(read('<meta name="twitter:title" content="By bird">').title, "By bird");
  assert.equal(read('<meta property="og:image" content="c.png">').imageUrl, "https://blog.test/a/c.png");
  for (const url of ["javascript:alert(1)", "data:image/png;base64,AAAA", "", "http://u:p@blog.test/"]) {
    assert.equal(read(`<meta property="og:image" content="${url}">`).imageUrl, null, url);
  }
  assert.equal(read('<meta property="og:image:width" content="-5">').imageWidth, null);
  assert.equal(read('<meta property="article:published_time" content="yesterday">').publishedAt, null);
  assert.deepEqual(read('<meta name="fediverse:creator" content="@rimu@elsewhere.test">').creator, {
    username: "rimu",
    domain: "elsewhere.test",
  });
});

async function due({ ctx }: World): Promise<void> {
  await chores.fetch!.run(ctx);
}
