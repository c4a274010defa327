import assert from "node:assert/strict";
import { postJson, register } from "../../test/oauth.ts";
import { newWorld, type World } from "../../test/world.ts";
import { updateSignups } from "../instance/store.ts";

const zoe = {
  username: "zoe",
  email: "zoe@mail.test",
  password: "a quiet kettle",
  agreement: true,
  locale: "en",
};

/** What an app sends with a token of its own. */
async function appOf(world: World, scope = "read write") {
  const client = await register(world);
  const { json } = await postJson(world, "/oauth/token", {
    grant_type: "client_credentials",
    scope,
    ...client,
  });
  const headers = { authorization: `Bearer ${json.access_token}` };
  return (draft: unknown) => postJson(world, "/api/v1/accounts", draft, headers);
}

Deno.test("an app signs somebody up and is given their token", async () => {
  await using world = await newWorld();
  const signUp = await appOf(world);
  const { status, json } = await signUp(zoe);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(json), ["access_token", "token_type", "scope", "created_at"]);
  assert.deepEqual([json.token_type, json.scope], ["Bearer", "read write follow push profile"]);
  assert.ok(Number.isInteger(json.created_at));
  const { json: me } = await world.visit("/api/v1/accounts/verify_credentials", {
    headers: { authorization: `Bearer ${json.access_token}` },
  });
  assert.equal(me.username, "zoe");

  const nobody = await postJson(world, "/api/v1/accounts", { ...zoe, username: "yan" });
  assert.deepEqual([nobody.status, nobody.json], [401, { error: "The access token is invalid" }]);
  const narrow = await (await appOf(world, "read"))({ ...zoe, username: "yan" });
  assert.deepEqual([narrow.status, narrow.json.error], [403, "This action is outside the authorized scopes"]);
});

Deno.test("what is wrong with a sign-up is told field by field, in Mastodon's codes", async () => {
  await using world = await newWorld();
  const signUp = await appOf(world);
  const { status, json } = await signUp({ username: "z o e", email: "zoe", password: "short" });
  assert.equal(status, 422);
  assert.match(json.error, /^Validation failed: /);
  const codes = Object.entries(json.details as Record<string, { error: string; description: string }[]>)
    .map(([field, [fault]]) => [field, fault!.error, typeof fault!.description]);
  assert.deepEqual(codes, [
    ["username", "ERR_INVALID", "string"],
    ["email", "ERR_INVALID", "string"],
    ["password", "ERR_TOO_SHORT", "string"],
    ["agreement", "ERR_ACCEPTED", "string"],
  ]);
  await signUp(zoe);
  assert.equal((await signUp({ ...zoe, email: "z@mail.test" })).json.details.username[0].error, "ERR_TAKEN");
  assert.equal((await signUp({ ...zoe, username: "z" })).json.details.email[0].error, "ERR_TAKEN");
});

Deno.test("where a moderator decides the token waits, and where nobody may sign up there is none", async () => {
  await using world = await newWorld();
  const signUp = await appOf(world);
  await updateSignups(world.ctx.db, "approval");
  assert.equal((await signUp(zoe)).json.details.reason[0].error, "ERR_BLANK");
  const { json } = await signUp({ ...zoe, reason: "I know alice" });
  const waiting = await world.visit("/api/v1/accounts/verify_credentials", {
    headers: { authorization: `Bearer ${json.access_token}` },
  });
  assert.deepEqual([waiting.status, waiting.json.error], [403, "Your login is currently pending approval"]);

  await updateSignups(world.ctx.db, "closed");
  assert.equal((await signUp({ ...zoe, username: "yan", email: "yan@mail.test" })).status, 403);
});
