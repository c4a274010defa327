import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("a profile is edited by a form, and says so when it is saved", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);

  const after = await browser.press(await browser.open("/settings"), "/settings/profile", {
    display_name: "Alice",
    note: "Plays the guitar",
    field_name_0: "Home",
    field_value_0: "https://alice.test",
    locked: "true",
    privacy: "unlisted",
    language: "de",
  });
  assert.equal(after.path, "/settings?done=saved#profile");
  assert.match(after.html, /Saved\./);
  const { json } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.deepEqual(
    [json.display_name, json.source.note, json.locked, json.bot, json.source.privacy, json.source.language],
    ["Alice", "Plays the guitar", true, false, "unlisted", "de"],
  );
  assert.deepEqual(json.source.fields, [{ name: "Home", value: "https://alice.test", verified_at: null }]);

  await browser.press(await browser.open("/settings"), "/settings/profile", {
    locked: null,
    field_name_0: "",
    field_value_0: "",
  });
  const { json: later } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.deepEqual([later.locked, later.source.fields, later.display_name], [false, [], "Alice"]);
});

Deno.test("a profile that does not fit is shown once more as it was typed, with what is wrong beside it", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);

  const after = await browser.press(await browser.open("/settings"), "/settings/profile", {
    display_name: "x".repeat(31),
    note: "Plays the guitar",
    field_value_1: "a content without a label",
    privacy: "private",
  });
  assert.equal(after.status, 422);
  assert.match(after.html, /at most 30 characters/);
  assert.match(after.html, /Each row needs a label/);
  assert.match(after.html, /Plays the guitar/);
  assert.match(after.html, /a content without a label/);
  assert.match(after.html, /<option value="private" selected/);
  const { json } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.deepEqual([json.display_name, json.source.note, json.source.privacy], ["", "", "public"]);
});
