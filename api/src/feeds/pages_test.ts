import assert from "node:assert/strict";
import { type Browser, type Shown, signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

const html = { headers: { accept: "text/html" } };

/** The numbers that posts carry, as the page shows them from top to bottom. */
const numbers = (page: string) => [...page.matchAll(/>number (\d+)</g)].map(([, number]) => Number(number));

/** Where the link to the next or the previous page leads. */
const beside = (page: string, rel: "next" | "prev") =>
  page.match(new RegExp(`<a [^>]*href="([^"]*)"[^>]*rel="${rel}"`))?.[1]?.replaceAll("&amp;", "&");

Deno.test("visitors see what this place is and what is said here; members go home", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.says("number 1");
  await alice.says("number 2", { visibility: "unlisted" });
  const landing = await world.visit("/", html);
  assert.equal(landing.status, 200);
  assert.deepEqual(numbers(landing.text), [1]);
  assert.match(landing.text, /href="\/auth\/sign_up"/);
  const browser = await signIn(world, alice);
  assert.equal((await browser.open("/")).path, "/home");
});

Deno.test("a list of posts is walked back and forth without a gap or a repetition", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  for (let number = 1; number <= 45; number++) await alice.says(`number ${number}`);
  const expected = Array.from({ length: 45 }, (_, index) => 45 - index);
  const browser = await signIn(world, alice);

  for (const path of ["/home", "/public/local", "/@alice"]) {
    const back: Shown[] = [];
    for (let at: string | undefined = path; at; at = beside(back.at(-1)!.html, "next")) {
      back.push(await browser.open(at));
    }
    assert.deepEqual(back.flatMap((page) => numbers(page.html)), expected, path);
    assert.deepEqual(back.map((page) => beside(page.html, "prev") !== undefined), [false, true, true]);

    const newer = await browser.open(beside(back[2]!.html, "prev")!);
    assert.deepEqual(numbers(newer.html), numbers(back[1]!.html));
    const newest = await browser.open(beside(newer.html, "prev")!);
    assert.deepEqual(numbers(newest.html), numbers(back[0]!.html));
    const beyond = await browser.open(beside(newest.html, "prev")!);
    assert.equal(beside(beyond.html, "prev"), path);
  }
});

Deno.test("the composer stands on the newest page of home alone", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  for (let number = 1; number <= 21; number++) await alice.says(`number ${number}`);
  const browser = await signIn(world, alice);
  const first = await browser.open("/home");
  const second = await browser.open(beside(first.html, "next")!);
  const composers = [first, second].map((page) => page.html.includes('action="/posts"'));
  assert.deepEqual(composers, [true, false]);
});

Deno.test("public pages show public posts to everybody, and hide whom a member has muted", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.says("number 1 #tea");
  await bob.says("number 2 #tea");
  await bob.says("number 3 #tea", { visibility: "private" });
  await alice.post(`/api/v1/accounts/${bob.id}/mute`);
  const browser = await signIn(world, alice);
  for (const path of ["/public", "/public/local", "/tags/tea"]) {
    const { status, text } = await world.visit(path, html);
    assert.equal(status, 200);
    assert.deepEqual([text.includes("number 1"), text.includes("number 2")], [true, true]);
    assert.ok(!text.includes("number 3"));
    const own = await browser.open(path);
    assert.deepEqual([own.html.includes("number 1"), own.html.includes("number 2")], [true, false]);
  }
});

Deno.test("a tag has one page, however it is written", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.says("Good #Käse");
  const page = await world.visit(`/tags/${encodeURIComponent("käse")}`, html);
  assert.equal(page.status, 200);
  assert.match(page.text, /Good/);
  for (const written of ["KÄSE", "#käse"]) {
    const { headers } = await world.visit(`/tags/${encodeURIComponent(written)}`, html);
    assert.equal(headers.get("location"), `/tags/${encodeURIComponent("käse")}`);
  }
  assert.equal((await world.visit("/tags/%20", html)).status, 404);
});

Deno.test("bookmarks and favourites are kept where their member finds them, last kept first", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const posts = [await bob.says("number 1"), await bob.says("number 2")];
  const browser = await signIn(world, alice);
  for (const [action, path] of [["bookmark", "/bookmarks"], ["favourite", "/favourites"]] as const) {
    for (const { id } of posts.toReversed()) {
      await browser.press(await browser.open("/public"), `/posts/${id}/${action}`);
    }
    assert.deepEqual(numbers((await browser.open(path)).html), [1, 2]);
  }
});

Deno.test("members' own pages send strangers to sign in, and then back", async () => {
  await using world = await newWorld();
  for (const path of ["/home", "/bookmarks", "/favourites?max_id=3"]) {
    const { status, headers } = await world.visit(path, html);
    assert.equal(status, 303);
    assert.equal(headers.get("location"), `/auth/sign_in?next=${encodeURIComponent(path)}`);
  }
});

Deno.test("a page of forty posts asks the database as often as a page of one", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  await bob.says("number 0 @alice #tea");
  const browser = await signIn(world, alice);
  const visitor = (path: string) => () => world.visit(path, html);
  const member = (path: string, who: Browser = browser) => () => who.open(path);
  const pages = [
    member("/home?limit=40"),
    member("/public?limit=40"),
    visitor("/public?limit=40"),
    visitor("/@bob?limit=40"),
  ];
  const count = async () => {
    const counts: number[] = [];
    for (const page of pages) counts.push(await world.countQueries(page));
    return counts;
  };
  const few = await count();
  for (let number = 1; number <= 40; number++) await bob.says(`number ${number} @alice #tea`);
  assert.deepEqual(await count(), few);
  assert.ok(Math.max(...few) <= 10, String(few));
});
