import assert from "node:assert/strict";
import { sql } from "kysely";
import { Browser, signIn as signInThere } from "../../test/browser.ts";
import { toFullHour } from "../../test/clock.ts";
import { request } from "../../test/person.ts";
import { newWorld, passwordOf, type World } from "../../test/world.ts";
import { suspend } from "../accounts/suspend.ts";
import { signIn } from "./sign_in.ts";

const right = { identifier: "alice", password: passwordOf("alice") };

async function attempt(world: World, fields: Record<string, string>, start = "/auth/sign_in") {
  const browser = new Browser(world.url);
  const page = await browser.open(start);
  return { browser, shown: await browser.press(page, "/auth/sign_in", fields) };
}

Deno.test("a member signs in by name or e-mail address, whatever its case, and is at home", async () => {
  await using world = await newWorld();
  await world.person("alice");
  for (
    const identifier of [
      "alice",
      " ALICE",
      "@alice",
      "Alice@mail.test",
      `alice@${world.ctx.config.handleDomain}`,
    ]
  ) {
    const { shown } = await attempt(world, { ...right, identifier });
    assert.equal(shown.path, "/home", identifier);
  }
});

Deno.test("a wrong name and a wrong password are told apart by nothing", async () => {
  await using world = await newWorld();
  await world.person("alice");
  const wrong = await attempt(world, { identifier: "alice", password: "wrong" });
  const nobody = await attempt(world, { identifier: "nobody", password: "wrong" });
  for (const { shown } of [wrong, nobody]) {
    assert.equal(shown.status, 422);
    assert.match(shown.html, /do not belong together/);
  }
  const bare = (html: string) =>
    html.replaceAll(/nobody|alice/g, "X").replaceAll(/name="csrf" value="[^"]*"/g, "");
  assert.equal(bare(wrong.shown.html), bare(nobody.shown.html));
  assert.equal(wrong.browser.cookies.get("riff_session"), undefined);
});

Deno.test("a sign-in makes a new session, and the one that the browser had before is worth nothing", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const mallory = await signInThere(world, await world.person("mallory"));
  const planted = mallory.cookies.get("riff_session")!;

  const browser = new Browser(world.url);
  browser.cookies.set("riff_session", planted);
  const page = await browser.open("/auth/sign_in?again=true");
  const shown = await browser.press(page, "/auth/sign_in", right);
  assert.equal(shown.path, "/home");
  assert.notEqual(browser.cookies.get("riff_session"), planted);
  assert.match((await browser.open("/settings")).html, new RegExp(`value="${alice.account.username}"`));
  assert.match((await mallory.open("/home")).path, /^\/auth\/sign_in/);
});

Deno.test("who signs out is out, with this browser alone", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [here, there] = [await signInThere(world, alice), await signInThere(world, alice)];
  const token = here.cookies.get("riff_session")!;
  assert.equal((await here.press(await here.open("/home"), "/auth/sign_out")).path, "/");
  assert.equal(here.cookies.get("riff_session"), undefined);
  const { status, headers } = await world.visit("/home", { headers: { cookie: `riff_session=${token}` } });
  assert.deepEqual([status, headers.get("location")], [303, "/auth/sign_in?next=%2Fhome"]);
  assert.equal((await there.open("/home")).path, "/home");
});

Deno.test("a session ends after thirty days without use, and lasts as long as it is used", async () => {
  await using world = await newWorld();
  const browser = await signInThere(world, await world.person("alice"));
  for (let week = 0; week < 8; week++) {
    world.pass({ hours: 7 * 24 });
    assert.equal((await browser.open("/home")).path, "/home", `week ${week}`);
  }
  world.pass({ hours: 31 * 24 });
  assert.match((await browser.open("/home")).path, /^\/auth\/sign_in/);
});

Deno.test("the database does not hold what a session's cookie says", async () => {
  await using world = await newWorld();
  const browser = await signInThere(world, await world.person("alice"));
  const { rows } = await sql<Record<string, unknown>>`select * from sessions`.execute(world.ctx.db);
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(browser.cookies.get("riff_session")!));
});

Deno.test("on https the cookies are this host's alone, out of reach for scripts and other sites", async () => {
  for (const baseUrl of ["https://riff.test", "http://localhost:8000"]) {
    await using world = await newWorld({ settings: { BASE_URL: baseUrl } });
    const { headers } = await world.visit("/auth/sign_in");
    assert.match(
      headers.get("set-cookie")!,
      /^__Host-riff_visitor=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  }
  await using world = await newWorld();
  const { headers } = await world.visit("/auth/sign_in");
  assert.match(
    headers.get("set-cookie")!,
    /^riff_visitor=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

Deno.test("after signing in people go on to where they were going, on this server", async () => {
  await using world = await newWorld();
  await world.person("alice");
  const started = await attempt(world, right, "/notifications?x=1");
  assert.equal(started.shown.path, "/notifications?x=1");
  for (const next of ["https://evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)"]) {
    const { shown } = await attempt(
      world,
      { ...right, next },
      `/auth/sign_in?next=${encodeURIComponent(next)}`,
    );
    assert.equal(shown.path, "/home", next);
  }
});

Deno.test("who is signed in already is not asked again", async () => {
  await using world = await newWorld();
  const browser = await signInThere(world, await world.person("alice"));
  assert.equal((await browser.open("/auth/sign_in")).path, "/home");
  assert.equal((await browser.open("/auth/sign_up?next=%2Fsettings")).path, "/settings");
});

Deno.test("suspended members are out at once, and are told so only with the right password", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signInThere(world, alice);
  await suspend(world.ctx, alice.account);
  assert.match((await browser.open("/home")).path, /^\/auth\/sign_in/);
  const { shown } = await attempt(world, right);
  assert.equal(shown.status, 403);
  assert.match(shown.html, /This account is suspended/);
  assert.doesNotMatch((await attempt(world, { ...right, password: "wrong" })).shown.html, /suspended/);
});

Deno.test("guessing at one account is slowed down, from wherever and through whichever process", async () => {
  await using one = await newWorld({ settings: { RATE_LIMITS: "on" } });
  await using other = await newWorld({
    name: new URL(one.ctx.config.baseUrl).host,
    database: one.database,
    settings: { RATE_LIMITS: "on" },
  });
  toFullHour(one, other);
  await one.person("alice");
  const guess = (n: number, identifier: string) =>
    signIn((n % 2 ? one : other).ctx, { identifier, password: "wrong", address: `198.51.${n}.1` })
      .then(() => "in", (error) => error.name);
  for (const identifier of ["alice", "nobody"]) {
    const outcomes: string[] = [];
    for (let n = 0; n < 27; n++) outcomes.push(await guess(n, identifier));
    assert.deepEqual(outcomes, [...Array(25).fill("Invalid"), "TooMany", "TooMany"], identifier);
  }
  assert.equal(
    await signIn(one.ctx, { ...right, address: "203.0.113.1" }).then(() => "in", (e) => e.name),
    "TooMany",
  );
  one.pass({ hours: 1 });
  assert.ok(await signIn(one.ctx, { ...right, address: "203.0.113.1" }));
});

Deno.test("guessing from one place is slowed down, whichever account it is about", async () => {
  await using world = await newWorld({ settings: { RATE_LIMITS: "on" } });
  toFullHour(world);
  await world.person("alice");
  for (let n = 0; n < 25; n++) {
    const guess = { identifier: `nobody${n}`, password: "wrong", address: `192.0.2.${n}` };
    await assert.rejects(signIn(world.ctx, guess), { name: "Invalid" });
  }
  await assert.rejects(signIn(world.ctx, { ...right, address: "192.0.2.99" }), { name: "TooMany" });
  assert.ok(await signIn(world.ctx, { ...right, address: "198.51.100.1" }));
});

Deno.test("sign-ins are written down, the failed ones too, and from where is forgotten after seven days", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await attempt(world, { ...right, password: "wrong" });
  await attempt(world, right);
  const entries = async () =>
    (await sql<{ action: string; actor: string; address: string | null }>`
      select action, actor, address from audit_log where subject_id = ${alice.id} order by id`
      .execute(world.ctx.db)).rows;
  assert.deepEqual(await entries(), [
    { action: "signed_up", actor: "alice", address: null },
    { action: "sign_in_failed", actor: "someone", address: "127.0.0.1" },
    { action: "signed_in", actor: "alice", address: "127.0.0.1" },
  ]);
  world.pass({ hours: 7 * 24 + 1 });
  const { chores } = await import("./jobs.ts");
  await chores.tidy!.run(world.ctx);
  assert.deepEqual((await entries()).map(({ address }) => address), [null, null, null]);
  const { rows } = await sql`select from sessions where address is not null`.execute(world.ctx.db);
  assert.equal(rows.length, 0);
});

Deno.test("a form that no page of ours made for this browser is refused", async () => {
  await using world = await newWorld();
  const alice = await signInThere(world, await world.person("alice"));
  const bob = await signInThere(world, await world.person("bob"));
  const cookie = `riff_session=${alice.cookies.get("riff_session")}`;
  const tokenIn = (html: string) => html.match(/name="csrf" value="([^"]+)"/)![1]!;
  const own = tokenIn((await alice.open("/settings")).html);
  const send = (csrf: string | undefined, headers: Record<string, string> = {}, cookies = cookie) =>
    request(world.url, "/auth/sign_out", {
      method: "POST",
      body: new URLSearchParams(csrf === undefined ? {} : { csrf }),
      headers: { cookie: cookies, accept: "text/html", ...headers },
    });

  const visitor = new Browser(world.url);
  const visitors = tokenIn((await visitor.open("/auth/sign_in")).html);
  const wrong = [undefined, "", "x", `${own}x`, visitors, tokenIn((await bob.open("/settings")).html)];
  for (const csrf of wrong) {
    const { status, text } = await send(csrf);
    assert.equal(status, 403, csrf);
    assert.match(text, /If a form was open for long/);
  }
  const elsewhere: Record<string, string>[] = [
    { origin: "https://evil.test" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: world.ctx.config.baseUrl },
  ];
  for (const headers of elsewhere) {
    assert.equal((await send(own, headers)).status, 403, JSON.stringify(headers));
  }
  assert.equal((await send(own, {}, "")).status, 403);
  assert.equal((await alice.open("/home")).path, "/home", "and nothing was done");

  const here = { origin: world.ctx.config.baseUrl, "sec-fetch-site": "same-origin" };
  assert.equal((await send(own, here)).status, 303);
  assert.match((await alice.open("/home")).path, /^\/auth\/sign_in/);
});

Deno.test("a visitor's cookie can't be made to speak for a session", async () => {
  await using world = await newWorld();
  const alice = await signInThere(world, await world.person("alice"));
  const { rows: [session] } = await sql<{ id: string }>`select id from sessions`.execute(world.ctx.db);
  for (const planted of [session!.id, `session ${session!.id}`, `session%20${session!.id}`]) {
    const { text } = await world.visit("/auth/sign_in", { headers: { cookie: `riff_visitor=${planted}` } });
    const csrf = text.match(/name="csrf" value="([^"]+)"/)![1]!;
    const { status } = await world.visit("/auth/sign_out", {
      method: "POST",
      body: new URLSearchParams({ csrf }),
      headers: { cookie: `riff_session=${alice.cookies.get("riff_session")}` },
    });
    assert.equal(status, 403);
  }
});

Deno.test("a request with odd cookies is a visitor's", async () => {
  await using world = await newWorld();
  for (
    const cookie of [
      "riff_session=",
      "riff_session=%00",
      "riff_session=%",
      "=;;;",
      `riff_session=${"x".repeat(3000)}`,
    ]
  ) {
    const { status } = await world.visit("/home", { headers: { cookie } });
    assert.equal(status, 303, cookie.slice(0, 30));
  }
});
