import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";
import { renameAccount } from "./rename.ts";
import { suspend } from "./suspend.ts";

const html = { headers: { accept: "text/html" } };

Deno.test("a profile shows who somebody is and what they say to everybody", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.patch("/api/v1/accounts/update_credentials", {
    display_name: "Alice",
    note: "Beans & <bikes>",
    fields_attributes: [{ name: "Home", value: "https://alice.example/" }],
  });
  await alice.says("Out loud");
  await alice.says("Under my breath", { visibility: "private" });
  const question = await bob.says("A question");
  await alice.says("@bob An answer", { in_reply_to_id: question.id });

  const page = await world.visit("/@alice", html);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("vary") ?? "", /Accept/);
  assert.match(page.text, /Beans &amp; &lt;bikes&gt;/);
  assert.match(page.text, /<a href="https:\/\/alice\.example\/?"[^>]*rel="[^"]*\bme\b/);
  assert.ok(page.text.includes(`type="application/activity+json" href="${alice.account.uri}"`));
  assert.match(page.text, /<meta property="og:type" content="profile"/);
  assert.match(page.text, /Out loud/);
  assert.doesNotMatch(page.text, /Under my breath|An answer/);
  const replies = await world.visit("/@alice/with_replies", html);
  assert.match(replies.text, /Out loud/);
  assert.match(replies.text, /An answer/);
  assert.doesNotMatch(replies.text, /Under my breath/);

  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  assert.match((await (await signIn(world, bob)).open("/@alice")).html, /Under my breath/);
});

Deno.test("a profile has one address: former names, other spellings and ids lead there", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await renameAccount(world.ctx, alice.account, "alison");
  const detours = [
    "/@alice",
    "/@Alison",
    `/@alison@${world.ctx.config.handleDomain}`,
    `/ap/actors/${alice.id}`,
  ];
  for (const detour of detours) {
    const { status, headers } = await world.visit(detour, html);
    assert.deepEqual([status, headers.get("location")], [302, "/@alison"], detour);
  }
  assert.equal((await world.visit("/%40alison", html)).status, 200);
  const { headers } = await world.visit("/@alice/followers", html);
  assert.equal(headers.get("location"), "/@alison/followers");
});

Deno.test("nobody is found where nobody lives", async () => {
  await using world = await newWorld();
  const paths = [
    "/@nobody",
    "/@nobody@elsewhere.test",
    "/@",
    "/@a@b@c",
    "/@nobody/followers",
    "/ap/actors/1",
  ];
  for (const path of [...paths, "/ap/actors/x", "/@%00", "/@nobody/1"]) {
    assert.equal((await world.visit(path, html)).status, 404, path);
  }
});

Deno.test("of a suspended account nothing shows but its name", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.patch("/api/v1/accounts/update_credentials", { note: "Says too much" });
  await alice.says("Much too much");
  await suspend(world.ctx, alice.account);
  for (const path of ["/@alice", "/@alice/with_replies"]) {
    const { status, text } = await world.visit(path, html);
    assert.equal(status, 410);
    assert.match(text, /This account is suspended/);
    assert.doesNotMatch(text, /too much/);
  }
});

Deno.test("followers are listed with a button to follow them, unless somebody keeps them private", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await bob.patch("/api/v1/accounts/update_credentials", { display_name: "Bobby Tables" });
  assert.match((await world.visit("/@alice/followers", html)).text, /Bobby Tables/);
  await bob.patch("/api/v1/accounts/update_credentials", { hide_collections: true });
  const hidden = await world.visit("/@bob/following", html);
  assert.match(hidden.text, /keeps its follows to itself/);
  assert.doesNotMatch(hidden.text, /href="\/@alice"/);

  const browser = await signIn(world, alice);
  const followers = await browser.open("/@alice/followers");
  assert.ok(followers.html.includes(`action="/accounts/${bob.id}/follow"`));
});
