import assert from "node:assert/strict";
import { sql } from "kysely";
import { Browser, signIn } from "../../test/browser.ts";
import { newWorld, type World } from "../../test/world.ts";
import { makeAdminLink } from "./admin_link.ts";
import { memberById } from "./store.ts";

async function pathOfLink(world: World): Promise<string> {
  const link = await makeAdminLink(world.ctx) ?? "";
  assert.ok(link.startsWith(`${world.ctx.config.baseUrl}/auth/admin/`));
  return new URL(link).pathname;
}

Deno.test("while there is no admin, a link makes one, once, of whoever signs up through it", async () => {
  await using world = await newWorld();
  const path = await pathOfLink(world);
  const browser = new Browser(world.url);
  const page = await browser.open(path);
  assert.equal(page.status, 200);
  const [, signUp] = page.html.match(/href="(\/auth\/sign_up\?next=[^"]+)"/)!;
  const back = await browser.press(await browser.open(signUp!), "/auth/sign_up", {
    username: "zoe",
    email: "zoe@mail.test",
    password: "a quiet kettle",
    agreement: "true",
  });
  assert.equal(back.path, path);
  assert.equal((await browser.press(back, path)).path, "/home");

  const { rows } = await sql<{ role: string }>`select role from members`.execute(world.ctx.db);
  assert.deepEqual(rows, [{ role: "admin" }]);
  assert.equal(await makeAdminLink(world.ctx), undefined);
  assert.equal((await browser.open(path)).status, 404);
});

Deno.test("the admin's link takes whoever is signed in already, and writes down what it did", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const path = await pathOfLink(world);
  const browser = await signIn(world, alice);
  await browser.press(await browser.open(path), path);
  assert.equal((await memberById(world.ctx.db, alice.id))?.role, "admin");
  const { rows } = await sql`
    select actor, subject_id, details from audit_log where action = 'role_changed'`.execute(world.ctx.db);
  assert.deepEqual(rows, [{ actor: "alice", subject_id: alice.id, details: { role: "admin" } }]);
});

Deno.test("only the newest of these links works, nobody is made an admin by a guess, and never a second one", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const old = await pathOfLink(world);
  const path = await pathOfLink(world);
  const [first, second] = [await signIn(world, alice), await signIn(world, bob)];
  for (const wrong of [old, "/auth/admin/x", "/auth/admin/__proto__"]) {
    assert.equal((await first.open(wrong)).status, 404, wrong);
  }
  const [pageOfAlice, pageOfBob] = [await first.open(path), await second.open(path)];
  await Promise.all([first.press(pageOfAlice, path), second.press(pageOfBob, path)]);
  const { rows } = await sql`select from members where role = 'admin'`.execute(world.ctx.db);
  assert.equal(rows.length, 1);
});

Deno.test("the database does not hold what the admin's link says", async () => {
  await using world = await newWorld();
  const token = (await pathOfLink(world)).split("/").at(-1)!;
  const { rows } = await sql`select * from one_time_links`.execute(world.ctx.db);
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(token));
});
