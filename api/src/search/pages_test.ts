import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

const html = { headers: { accept: "text/html" } };

Deno.test("a search is a link: people, tags and posts on one page, for everybody", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await alice.says("About #alices_beans");

  const page = await world.visit("/search?q=alice", html);
  assert.equal(page.status, 200);
  assert.match(page.text, /href="\/@alice"/);
  assert.match(page.text, /href="\/tags\/alices_beans"/);
  const byAddress = await world.visit(`/search?q=${encodeURIComponent(post.url)}`, html);
  assert.match(byAddress.text, new RegExp(`/@alice/${post.id}`));

  const browser = await signIn(world, bob);
  const found = await browser.open("/search?q=alice");
  const after = await browser.press(found, `/accounts/${alice.id}/follow`);
  assert.equal(after.path, "/search?q=alice");
  assert.match(after.html, /Unfollow/);
});

Deno.test("an empty search finds nothing, and what was typed is only text", async () => {
  await using world = await newWorld();
  await world.person("alice");
  const empty = await world.visit("/search", html);
  assert.equal(empty.status, 200);
  assert.doesNotMatch(empty.text, /href="\/@alice"/);
  const odd = await world.visit(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`, html);
  assert.equal(odd.status, 200);
  assert.doesNotMatch(odd.text, /<script>alert/);
});
