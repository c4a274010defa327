import assert from "node:assert/strict";
import { Browser, signIn } from "../../test/browser.ts";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

async function relationship(who: Person, whom: Person) {
  const { json } = await who.get("/api/v1/accounts/relationships", { "id[]": whom.id });
  return json[0];
}

Deno.test("following, muting and blocking are buttons on a profile, and lead back to it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const browser = await signIn(world, alice);
  const press = async (verb: string) => {
    const page = await browser.open("/@bob");
    const after = await browser.press(page, `/accounts/${bob.id}/${verb}`);
    assert.deepEqual([after.status, after.path], [200, "/@bob"], verb);
    return await relationship(alice, bob);
  };

  assert.equal((await press("follow")).following, true);
  assert.equal((await press("unfollow")).following, false);
  assert.equal((await press("mute")).muting, true);
  assert.equal((await press("unmute")).muting, false);
  assert.equal((await press("block")).blocking, true);
  assert.equal((await press("unblock")).blocking, false);
});

Deno.test("who waits for being let in stands on a page with two answers", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  await alice.patch("/api/v1/accounts/update_credentials", { locked: true });
  for (const person of [bob, carol]) await person.post(`/api/v1/accounts/${alice.id}/follow`);
  const browser = await signIn(world, alice);

  const page = await browser.open("/follow_requests");
  assert.match(page.html, /@bob/);
  const after = await browser.press(page, `/follow_requests/${bob.id}/authorize`);
  assert.equal(after.path, "/follow_requests");
  assert.doesNotMatch(after.html, /@bob</);
  assert.equal((await relationship(alice, bob)).followed_by, true);
});

Deno.test("a button pressed by nobody in particular changes nothing and leads to the sign-in", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  for (const path of [`/accounts/${bob.id}/block`, `/follow_requests/${bob.id}/authorize`]) {
    const { status, headers } = await world.visit(path, { method: "POST" });
    assert.deepEqual([status, headers.get("location")?.split("?")[0]], [303, "/auth/sign_in"], path);
  }
  const page = await new Browser(world.url).open("/follow_requests");
  assert.equal(page.path.split("?")[0], "/auth/sign_in");
  assert.equal((await relationship(alice, bob)).blocking, false);
});

Deno.test("a form without the page's token is refused", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const browser = await signIn(world, alice);
  const page = await browser.open("/@bob");
  const after = await browser.press(page, `/accounts/${bob.id}/follow`, { csrf: "forged" });
  assert.equal(after.status, 403);
  assert.equal((await relationship(alice, bob)).following, false);
});

Deno.test("a form leads back to a page of this server only", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const browser = await signIn(world, alice);
  const page = await browser.open("/@bob");
  for (const back of ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "javascript:1"]) {
    const after = await browser.press(page, `/accounts/${bob.id}/follow`, { back });
    assert.equal(after.path, "/home", back);
  }
});
