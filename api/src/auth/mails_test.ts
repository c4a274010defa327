import assert from "node:assert/strict";
import { Browser, signIn } from "../../test/browser.ts";
import { linkIn, type MailServer, openMailServer } from "../../test/mail_server.ts";
import { exchange, register } from "../../test/oauth.ts";
import { request } from "../../test/person.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld, passwordOf, type World } from "../../test/world.ts";
import { updateSignups } from "../instance/store.ts";
import { chores } from "./jobs.ts";

/** A server that sends its mails to this one, and the people on it. */
async function worldWithMail(mail: MailServer): Promise<World> {
  return await newWorld({ settings: mail.settings });
}

const zoe = { username: "zoe", email: "zoe@mail.test", password: "a quiet kettle" };

/** Follows a link as people do: looks at the page, and presses its one button. */
async function follow(browser: Browser, link: string, fields: Record<string, string> = {}) {
  const page = await browser.open(link);
  return page.status === 200 ? await browser.press(page, link, fields) : page;
}

Deno.test("whoever signs up is let in once they have followed the link in their mail, which works once", async () => {
  await using mail = await openMailServer();
  await using world = await worldWithMail(mail);
  const browser = new Browser(world.url);
  const page = await browser.open("/auth/sign_up");
  const waiting = await browser.press(page, "/auth/sign_up", { ...zoe, agreement: "true" });
  assert.equal(waiting.path, "/auth/waiting");
  assert.match(waiting.html, /zoe@mail\.test/);
  assert.equal((await browser.open("/home")).path.split("?")[0], "/auth/waiting");
  await world.settle();
  const first = linkIn(mail.latestTo(zoe.email), "/auth/confirm/");

  // They had mistyped it: the first link is worth nothing then.
  await browser.press(await browser.open("/auth/waiting"), "/auth/waiting", { email: "zoe@right.test" });
  await world.settle();
  assert.equal((await follow(browser, first)).status, 410);
  const link = linkIn(mail.latestTo("zoe@right.test"), "/auth/confirm/");

  // A mail program that looks at each link has not followed it.
  assert.equal((await world.visit(link)).status, 200);
  assert.equal((await follow(browser, link)).path, "/home");
  const again = await follow(new Browser(world.url), link);
  assert.equal(again.status, 410);
  assert.match(again.html, /link/i);
  assert.equal((await world.visit("/auth/confirm/nonsense")).status, 410);
});

Deno.test("a confirmation is asked for again a few times, not without end, and its link ends after a week", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: { ...mail.settings, RATE_LIMITS: "on" } });
  const browser = new Browser(world.url);
  await browser.press(await browser.open("/auth/sign_up"), "/auth/sign_up", { ...zoe, agreement: "true" });
  const ask = async () =>
    (await browser.press(await browser.open("/auth/waiting"), "/auth/waiting", { email: zoe.email })).status;
  for (let times = 0; times < 5; times++) assert.equal(await ask(), 200);
  assert.equal(await ask(), 429);
  await world.settle();
  assert.equal(mail.mails.length, 6);
  world.pass({ hours: 7 * 24 + 1 });
  assert.equal((await follow(browser, linkIn(mail.latestTo(zoe.email), "/auth/confirm/"))).status, 410);

  await chores.tidy!.run(world.ctx);
  assert.equal((await browser.open("/home")).path.split("?")[0], "/auth/waiting", "a new link can be had");
  world.pass({ hours: 24 });
  await chores.tidy!.run(world.ctx);
  const fresh = new Browser(world.url);
  const page = await fresh.open("/auth/sign_up");
  const another = { ...zoe, email: "another@mail.test", agreement: "true" };
  assert.equal(
    (await fresh.press(page, "/auth/sign_up", another)).path,
    "/auth/waiting",
    "the name is free again",
  );
});

Deno.test("an app in which somebody signs up is told to wait, as Mastodon tells it", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: { ...mail.settings, HANDLE_DOMAIN: "riff.test" } });
  const client = await register(world);
  const app = await exchange(world, client, "", { grant_type: "client_credentials", scope: "read write" });
  const send = (token: string, method: string, path: string, body?: unknown) =>
    request(world.url, path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const { json: { access_token: token }, status } = await send(
    app.json.access_token,
    "POST",
    "/api/v1/accounts",
    {
      ...{ ...zoe, agreement: true, locale: "en" },
    },
  );
  assert.equal(status, 200);
  const early = await send(token, "GET", "/api/v1/accounts/verify_credentials");
  assert.equal(early.status, 403);
  assert.deepEqual(early.json, { error: "Your login is missing a confirmed e-mail address" });
  assert.equal((await send(token, "POST", "/api/v1/statuses", { status: "hello" })).status, 403);
  assert.equal((await send(token, "GET", "/api/v1/emails/check_confirmation")).json, false);
  assert.deepEqual((await send(token, "POST", "/api/v1/emails/confirmations", {})).json, {});
  await world.settle();
  assert.equal(mail.mails.length, 2);
  const faces = [
    "/@zoe",
    "/api/v1/accounts/lookup?acct=zoe",
    "/.well-known/webfinger?resource=acct:zoe@riff.test",
  ];
  const seen = async () => await Promise.all(faces.map(async (path) => (await world.visit(path)).status));
  assert.deepEqual(await seen(), [404, 404, 404], "nobody meets whom nobody can reach");
  assert.equal((await world.visit("/api/v1/instance")).json.stats.user_count, 0);

  await follow(new Browser(world.url), linkIn(mail.latestTo(zoe.email), "/auth/confirm/"));
  assert.deepEqual(await seen(), [200, 200, 200]);
  assert.equal((await send(token, "GET", "/api/v1/emails/check_confirmation")).json, true);
  assert.equal((await send(token, "GET", "/api/v1/accounts/verify_credentials")).json.username, "zoe");
  assert.equal((await send(token, "POST", "/api/v1/emails/confirmations", {})).status, 403);
});

Deno.test("a forgotten password is replaced by a link that works once, and whoever was signed in is not any more", async () => {
  await using mail = await openMailServer();
  await using world = await worldWithMail(mail);
  const alice = await world.person("alice");
  const thief = await signIn(world, alice);
  await world.settle();
  mail.mails.length = 0;

  const browser = new Browser(world.url);
  const ask = async (email: string) =>
    await browser.press(await browser.open("/auth/forgot"), "/auth/forgot", { email });
  const bare = ({ status, path, html }: { status: number; path: string; html: string }) =>
    [status, path, html.replaceAll(/alice|nobody/g, "X").replaceAll(/name="csrf" value="[^"]*"/g, "")].join();
  const queries = async (email: string) => await world.countQueries(() => ask(email));
  assert.equal(bare(await ask("nobody@mail.test")), bare(await ask("alice@mail.test")));
  assert.equal(await queries("nobody@mail.test"), await queries("alice@mail.test"), "and takes the same");
  await world.settle();
  assert.deepEqual(mail.mails.map(({ envelopeTo }) => envelopeTo[0]), ["alice@mail.test", "alice@mail.test"]);
  const [first, link] = mail.mails.map((one) => linkIn(one, "/auth/reset/")) as [string, string];

  // For PostgreSQL a Kelvin sign is a "k" in capitals, for a mail server another mailbox.
  await world.person("frank");
  await ask("fran\u212A@mail.test");
  await world.settle();
  assert.deepEqual(mail.mails.map(({ envelopeTo }) => envelopeTo[0]).slice(2), ["frank@mail.test"]);

  const { rows } = await world.pool.query("select * from one_time_links");
  assert.ok(!JSON.stringify(rows).includes(link.split("/").at(-1)!), "only its hash is kept");
  const weak = await follow(browser, link, { password: "password" });
  assert.equal(weak.status, 422);
  const after = await follow(browser, link, { password: "a louder kettle" });
  assert.equal(after.status, 200);
  for (const one of [first, link]) assert.equal((await follow(browser, one)).status, 410);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 401);
  assert.match((await thief.open("/home")).path, /^\/auth\/sign_in/);
  const attempt = async (password: string) => {
    const fresh = new Browser(world.url);
    return (await fresh.press(await fresh.open("/auth/sign_in"), "/auth/sign_in", {
      identifier: "alice",
      password,
    }))
      .path;
  };
  assert.equal(await attempt(passwordOf("alice")), "/auth/sign_in");
  assert.equal(await attempt("a louder kettle"), "/home");
  await world.settle();
  assert.ok(mail.mails.some(({ subject }) => /password/i.test(subject!) && /changed/i.test(subject!)));

  await ask("alice@mail.test");
  await world.settle();
  const late = linkIn(mail.latestTo("alice@mail.test"), "/auth/reset/");
  world.pass({ minutes: 61 });
  assert.equal((await follow(browser, late)).status, 410);
});

Deno.test("nobody's mailbox is filled by those who ask for its password", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: { ...mail.settings, RATE_LIMITS: "on" } });
  await world.person("alice");
  const browser = new Browser(world.url);
  for (let times = 0; times < 5; times++) {
    const page = await browser.open("/auth/forgot");
    const { status } = await browser.press(page, "/auth/forgot", { email: "Alice@mail.test" });
    assert.equal(status, 200, "what is too much is dropped in silence");
  }
  await world.settle();
  assert.equal(mail.mails.length, 3);
});

Deno.test("a new address takes the old one's place when its link is followed, and the old one is told", async () => {
  await using mail = await openMailServer();
  await using world = await worldWithMail(mail);
  const alice = await world.person("alice");
  await world.person("bob");
  const browser = await signIn(world, alice);
  await world.settle();
  const change = async (email: string, password = passwordOf("alice")) =>
    await browser.press(await browser.open("/settings"), "/settings/email", {
      email,
      email_password: password,
    });
  assert.equal((await change("new@mail.test", "wrong")).status, 422);
  assert.match((await change("bob@mail.test")).html, /address already/);
  await change("new@mail.test");
  await world.settle();
  const link = linkIn(mail.latestTo("new@mail.test"), "/auth/confirm/");
  assert.match(mail.latestTo("alice@mail.test").text!, /new@mail\.test/);

  await browser.press(await browser.open("/settings"), "/settings/email/keep");
  assert.equal((await follow(browser, link)).status, 410);
  await change("newer@mail.test");
  await world.settle();
  const stranger = new Browser(world.url);
  await follow(stranger, linkIn(mail.latestTo("newer@mail.test"), "/auth/confirm/"));
  const { rows: [row] } = await world.pool.query(
    "select email, new_email from members where account_id = $1",
    [
      alice.id,
    ],
  );
  assert.deepEqual(row, { email: "newer@mail.test", new_email: null });
  await world.settle();
  assert.match(mail.latestTo("alice@mail.test").text!, /newer@mail\.test/);
  assert.ok(!stranger.cookies.has("riff_session"), "a link signs nobody in who was not signed in");
});

Deno.test("a sign-in from a browser that is not known is told of, from a known one it is not", async () => {
  await using mail = await openMailServer();
  await using world = await worldWithMail(mail);
  const browser = await signIn(world, await world.person("alice"));
  await world.settle();
  assert.equal(mail.mails.length, 1);
  assert.match(mail.latestTo("alice@mail.test").subject!, /new browser/i);
  const page = await browser.open("/auth/sign_in?again=true");
  await browser.press(page, "/auth/sign_in", { identifier: "alice", password: passwordOf("alice") });
  await world.settle();
  assert.equal(mail.mails.length, 1);
});

Deno.test("where somebody decides who comes in, they hear of each who waits, and who is let in hears of that", async () => {
  await using mail = await openMailServer();
  await using world = await worldWithMail(mail);
  await world.person("mona", { role: "moderator" });
  await updateSignups(world.ctx.db, "approval");
  const browser = new Browser(world.url);
  const page = await browser.open("/auth/sign_up");
  const reason = "I like tea.\n<b>Really</b>";
  await browser.press(page, "/auth/sign_up", { ...zoe, reason, agreement: "true" });
  await world.settle();
  assert.throws(() => mail.latestTo("mona@mail.test"), /Nothing came/, "not before the address is confirmed");
  const after = await follow(browser, linkIn(mail.latestTo(zoe.email), "/auth/confirm/"));
  assert.equal(after.path, "/auth/waiting");
  await world.settle();
  const asked = mail.latestTo("mona@mail.test");
  assert.match(asked.text!, /> I like tea\.\n> <b>Really<\/b>/);
  assert.match(asked.html!, /&lt;b>Really/);
  assert.match(asked.text!, /accounts approve zoe/);

  await using premises = premisesOf(world, mail.settings);
  assert.match((await typed("accounts approve zoe", premises)).out, /^Let @zoe in\. A mail tells them/);
  await world.settle();
  assert.match(mail.latestTo(zoe.email).text!, /\/auth\/sign_in/);
  assert.equal((await browser.open("/home")).status, 200);
});

Deno.test("whoever reported something hears when it has been dealt with", async () => {
  await using mail = await openMailServer();
  await using world = await worldWithMail(mail);
  const [alice, mallory] = [await world.person("alice"), await world.person("mallory")];
  const { json } = await alice.post("/api/v1/reports", { account_id: mallory.id, comment: "Rude" });
  await world.settle();
  await using premises = premisesOf(world, mail.settings);
  assert.equal((await typed(`reports resolve ${json.id}`, premises)).code, 0);
  await world.settle();
  assert.match(mail.latestTo("alice@mail.test").text!, /@mallory/);
  assert.equal(mail.mails.length, 1);
});
