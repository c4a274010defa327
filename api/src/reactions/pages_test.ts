import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("the buttons below a post do and undo, and lead back to where they were pressed", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await bob.says("Press me");
  const browser = await signIn(world, alice);
  const pairs = [
    ["favourite", "unfavourite", "favourited"],
    ["reblog", "unreblog", "reblogged"],
    ["bookmark", "unbookmark", "bookmarked"],
  ] as const;

  for (const [does, undoes, state] of pairs) {
    for (const [action, after] of [[does, true], [undoes, false]] as const) {
      const page = await browser.press(await browser.open("/public/local"), `/posts/${post.id}/${action}`);
      assert.equal(page.status, 200);
      assert.equal(page.path, `/public/local#post-${post.id}`);
      assert.equal((await alice.get(`/api/v1/statuses/${post.id}`)).json[state], after, action);
    }
  }
});

Deno.test("a boost by button reaches as far as its member's posts do", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.patch("/api/v1/accounts/update_credentials", { source: { privacy: "unlisted" } });
  const post = await bob.says("Pass it on");
  const browser = await signIn(world, alice);
  await browser.press(await browser.open(`/@bob/${post.id}`), `/posts/${post.id}/reblog`);
  const { json: [boost] } = await bob.get(`/api/v1/accounts/${alice.id}/statuses`);
  assert.deepEqual([boost.reblog.id, boost.visibility], [post.id, "unlisted"]);
});

Deno.test("what may not be boosted has no button, and refuses one that was made up", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const open = await bob.says("For all");
  const closed = await bob.says("@alice for you", { visibility: "direct" });
  const browser = await signIn(world, alice);
  const shown = await browser.open(`/@bob/${closed.id}`);
  await assert.rejects(browser.press(shown, `/posts/${closed.id}/reblog`), /has no form/);
  const page = await browser.open(`/@bob/${open.id}`);
  const forged = { ...page, html: page.html.replaceAll(open.id, closed.id) };
  assert.equal((await browser.press(forged, `/posts/${closed.id}/reblog`)).status, 403);
});
