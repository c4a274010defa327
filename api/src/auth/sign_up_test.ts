import assert from "node:assert/strict";
import { sql } from "kysely";
import { Browser, type Fields } from "../../test/browser.ts";
import { toFullHour } from "../../test/clock.ts";
import { newWorld, type World } from "../../test/world.ts";
import { renameAccount } from "../accounts/rename.ts";
import { Invalid } from "../base/errors.ts";
import { updateSignups } from "../instance/store.ts";
import { type SignUp, signUp } from "./sign_up.ts";

const zoe = { username: "zoe", email: "zoe@mail.test", password: "a quiet kettle" };
const typed: Fields = { ...zoe, agreement: "true" };

async function fillIn(world: World, fields: Fields, browser = new Browser(world.url)) {
  const page = await browser.open("/auth/sign_up");
  return { browser, shown: await browser.press(page, "/auth/sign_up", fields) };
}

async function faultsOf(world: World, draft: SignUp): Promise<Record<string, string | undefined>> {
  const refusal = await signUp(world.ctx, draft).then(() => assert.fail("was let in"), (error) => error);
  assert.ok(refusal instanceof Invalid, String(refusal));
  return Object.fromEntries(
    Object.entries(refusal.details ?? {}).map(([field, [one]]) => [field, one?.error]),
  );
}

Deno.test("whoever signs up is signed in, and where everybody may come in, at once", async () => {
  await using world = await newWorld();
  const { browser, shown } = await fillIn(world, typed);
  assert.equal(shown.path, "/home");
  assert.equal(shown.status, 200);
  const settings = await browser.open("/settings");
  assert.match(settings.html, /This browser/);
  assert.equal((await world.visit("/api/v1/accounts/lookup?acct=zoe")).json.username, "zoe");
});

Deno.test("what does not fit is told at its field, and what was typed stays, except the password", async () => {
  await using world = await newWorld();
  await world.person("alice");
  const { shown } = await fillIn(world, { ...typed, username: "Alice", email: "zoe", password: "password" });
  assert.equal(shown.status, 422);
  assert.match(shown.html, /This is no e-mail address/);
  assert.match(shown.html, /too easy to guess/);
  assert.match(shown.html, /name="username"[^>]*value="Alice"/);
  assert.doesNotMatch(shown.html, /value="password"/);

  const taken = await fillIn(world, { ...typed, username: "Alice" });
  assert.match(taken.shown.html, /This name is taken/);
  const known = await fillIn(world, { ...typed, email: "ALICE@mail.test" });
  assert.match(known.shown.html, /signed up with this e-mail address already/);
  const silent = await fillIn(world, { ...typed, agreement: null });
  assert.match(silent.shown.html, /You have to accept this/);
});

Deno.test("each fault of a sign-up has Mastodon's code", async () => {
  await using world = await newWorld();
  const { account: alice } = await world.person("alice");
  assert.deepEqual(await faultsOf(world, { username: "", email: "", password: "" }), {
    username: "ERR_BLANK",
    email: "ERR_BLANK",
    password: "ERR_BLANK",
  });
  assert.deepEqual(await faultsOf(world, { ...zoe, username: "admin" }), { username: "ERR_RESERVED" });
  assert.deepEqual(await faultsOf(world, { ...zoe, username: "ALICE" }), { username: "ERR_TAKEN" });
  assert.deepEqual(await faultsOf(world, { ...zoe, email: "Alice@Mail.test" }), { email: "ERR_TAKEN" });
  assert.deepEqual(await faultsOf(world, { ...zoe, password: "zoe@mail.test" }), { password: "ERR_BLOCKED" });
  assert.deepEqual(await faultsOf(world, { ...zoe, reason: "x".repeat(421) }), { reason: "ERR_TOO_LONG" });
  await renameAccount(world.ctx, alice, "alicia");
  assert.deepEqual(await faultsOf(world, { ...zoe, username: "Alice" }), { username: "ERR_TAKEN" });
});

Deno.test("of many who want one name at the same moment one gets it, and nothing of the others stays", async () => {
  await using world = await newWorld();
  const outcomes = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((n) =>
      signUp(world.ctx, { ...zoe, username: n % 2 ? "zoe" : "ZOE", email: `${n}@mail.test` })
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") assert.deepEqual(Object.keys(outcome.reason.details), ["username"]);
  }
  const same = await Promise.allSettled(
    [1, 2, 3].map((n) => signUp(world.ctx, { ...zoe, username: `zoe${n}`, email: "one@mail.test" })),
  );
  assert.equal(same.filter(({ status }) => status === "fulfilled").length, 1);
  const { rows } = await sql`select from accounts`.execute(world.ctx.db);
  assert.equal(rows.length, 2);
});

Deno.test("where moderators decide, a sign-up gives a reason and waits", async () => {
  await using world = await newWorld();
  await updateSignups(world.ctx.db, "approval");
  const silent = await fillIn(world, typed);
  assert.equal(silent.shown.status, 422);
  assert.match(silent.shown.html, /Tell the moderators/);

  const { browser, shown } = await fillIn(world, { ...typed, reason: "I grow <beans>" });
  assert.match(shown.html, /you are on the list/);
  assert.match(shown.html, /I grow &lt;beans>/);
  assert.match((await browser.open("/home")).path, /^\/auth\/sign_in/);
  const page = await browser.open("/auth/sign_in");
  const refused = await browser.press(page, "/auth/sign_in", { identifier: "zoe", password: zoe.password });
  assert.equal(refused.status, 403);
  assert.match(refused.html, /waiting for a moderator/);
});

Deno.test("where nobody may come in, nobody does, except whom an admin lets in", async () => {
  await using world = await newWorld();
  await updateSignups(world.ctx.db, "closed");
  const browser = new Browser(world.url);
  const { html } = await browser.open("/auth/sign_up");
  assert.match(html, /takes no new members/);
  assert.doesNotMatch(html, /name="password"/);
  const { shown } = await fillInAnyway(world);
  assert.equal(shown.status, 403);
  const { account } = await signUp(world.ctx, { ...zoe, approved: true });
  assert.equal(account.username, "zoe");
});

/** As somebody would who had the page open while sign-ups were closed. */
async function fillInAnyway(world: World) {
  await updateSignups(world.ctx.db, "open");
  const browser = new Browser(world.url);
  const page = await browser.open("/auth/sign_up");
  await updateSignups(world.ctx.db, "closed");
  return { shown: await browser.press(page, "/auth/sign_up", typed) };
}

Deno.test("those who run the server may be called admin", async () => {
  await using world = await newWorld();
  const { account, member } = await signUp(world.ctx, { ...zoe, username: "admin", role: "admin" });
  assert.deepEqual([account.username, member.role], ["admin", "admin"]);
});

Deno.test("from one place only so many accounts are made", async () => {
  await using world = await newWorld({ settings: { RATE_LIMITS: "on" } });
  toFullHour(world);
  for (let n = 0; n < 5; n++) {
    await signUp(world.ctx, {
      ...zoe,
      username: `zoe${n}`,
      email: `zoe${n}@mail.test`,
      address: `192.0.2.${n}`,
    });
  }
  const next = { ...zoe, address: "192.0.2.200" };
  await assert.rejects(signUp(world.ctx, next), { name: "TooMany" });
  await signUp(world.ctx, { ...next, address: "198.51.100.1" });
});

Deno.test("a sign-up form that holds anything at all is never a fault", async () => {
  await using world = await newWorld();
  const browser = new Browser(world.url);
  const page = await browser.open("/auth/sign_up");
  const odd: Fields[] = [
    { "username[]": "a" },
    { "username[__proto__][x]": "1" },
    { "__proto__": "1", "constructor": "2" },
    { username: "a\0b", email: "\ud800@mail.test" },
    { password: "x".repeat(9_000), email: "y".repeat(9_000) },
    { agreement: "" },
  ];
  for (const fields of odd) {
    const { status } = await browser.press(page, "/auth/sign_up", { ...typed, username: "_!", ...fields });
    assert.equal(status, 422, JSON.stringify(fields));
  }
});
