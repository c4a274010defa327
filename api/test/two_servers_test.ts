import assert from "node:assert/strict";
import { sql } from "kysely";
import type { BrowserContext, Page as Tab } from "playwright-core";
import { type Resident, residents } from "../../scripts/demo/residents.ts";
import { type Demo, settingsOf, startServers } from "../../scripts/demo/servers.ts";
import { follow, found, met, post, seen, type Status, tell, until } from "../../scripts/demo/story.ts";
import { addAlias, moveAccount } from "../src/accounts/move.ts";
import { fetchAccount, resolveHandle } from "../src/accounts/remote.ts";
import { type Environment, readConfig } from "../src/base/config.ts";
import { openPremises } from "../src/wiring/premises.ts";
import { chromiumPath, launchChromium } from "./chromium.ts";
import { typed } from "./terminal.ts";
import { cloneTemplate, dropDatabase, emptyDatabase, urlOf } from "./world.ts";

/**
 * Two whole servers, as `deno task demo` starts them, that speak real HTTP on loopback addresses. Nothing here
 * lets things happen: they have to happen by themselves, and the table says how long that took.
 */

/**
 * Two servers with nobody's posts. alice and bob live on the first, rimu and totara on the second. `before` is what
 * happens to them before they start.
 */
async function startTwo(before: (servers: Environment[]) => Promise<void> = async () => {}): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const hosts = ["localhost", "127.0.0.1"].map((name) => `${name}:${freePort()}`);
  const servers: Environment[] = [];
  for (const settings of settingsOf(hosts)) {
    const database = await cloneTemplate(`riff_${crypto.randomUUID().slice(0, 13)}`);
    started.defer(() => dropDatabase(database));
    const folder = await Deno.makeTempDir({ prefix: "riff-two-" });
    started.defer(() => Deno.remove(folder, { recursive: true }));
    servers.push({
      ...settings,
      DATA_DIR: folder,
      DATABASE_URL: urlOf(database),
      SECRET_KEY: "a secret key that only tests know, long enough",
      DB_POOL_SIZE: "22",
      LOG_LEVEL: "error",
    });
  }
  await before(servers);
  const demo = started.use(await startServers(servers.map(readConfig)));
  const running = started.move();
  return { ...demo, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

Deno.test("whatever is done on one of two servers is seen on the other within seconds", async () => {
  await using demo = await startTwo();
  await tellAll(demo);
});

Deno.test("and so it is on two servers that lost everything but a backup, with what was before", async () => {
  let old: Status | undefined;
  await using demo = await startTwo(async (servers) => {
    {
      await using before = await startServers(servers.map(readConfig));
      await follow(before.who("bob"), before.who("totara"));
      const status = old = await post(before.who("totara"), "From before the fire");
      await until(async () => await found(before.who("bob"), status));
    }
    for (const server of servers) await loseAndRestore(server);
  });
  assert.ok(await found(demo.who("bob"), old!), "what came from the other server is there again");
  const since = await post(demo.who("totara"), "From after the fire");
  await until(async () => await found(demo.who("bob"), since));
  await tellAll(demo);
});

/** Backs up a server's database, drops it with all that is in it, and restores it into an empty one. */
async function loseAndRestore(server: Environment): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "riff-backups-" });
  const settings = { ...server, BACKUP_TO: folder, BACKUP_PASSPHRASE: "correct horse battery staple" };
  const riff = async (command: string) => {
    await using premises = openPremises(() => settings, () => {});
    const { code, out, err } = await typed(command, premises);
    assert.equal(code, 0, err);
    return out;
  };
  try {
    const { path } = JSON.parse(await riff("backup make --json"));
    const database = new URL(server.DATABASE_URL!).pathname.slice(1);
    await dropDatabase(database);
    await emptyDatabase(database);
    await riff(`restore ${path}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Everything that people of two servers do to each other. */
async function tellAll(demo: Demo): Promise<void> {
  const [alice, bob] = [demo.who("alice"), demo.who("bob")];
  const [rimu, totara] = [demo.who("rimu"), demo.who("totara")];
  const times: Record<string, { milliseconds: number }> = {};
  /** Waits until something is seen, and notes how long that took. */
  const isSeen = async (what: string, ask: () => Promise<unknown>) => {
    const begun = performance.now();
    await until(async () => await ask() || undefined);
    times[what] = { milliseconds: Math.round(performance.now() - begun) };
  };
  const aliceThere = await met(totara, alice);
  const relation = async (who: Resident, id: string) =>
    (await who.ask("GET", `/api/v1/accounts/relationships?id[]=${id}`))[0];

  await isSeen("a follow", () => follow(totara, alice).then(() => true));

  await rimu.ask("PATCH", "/api/v1/accounts/update_credentials", { locked: true });
  const rimuHere = await met(bob, rimu);
  await bob.ask("POST", `/api/v1/accounts/${rimuHere}/follow`);
  const requests = () => rimu.ask("GET", "/api/v1/follow_requests");
  await isSeen("a request to follow", async () => (await requests()).length > 0);
  await rimu.ask("POST", `/api/v1/follow_requests/${(await requests())[0].id}/authorize`);
  await isSeen("its acceptance", async () => (await relation(bob, rimuHere)).following);

  const status = await post(alice, "The kettle is on");
  await isSeen("a post", () => found(totara, status));
  const priv = await post(alice, "Only for you who follow", { visibility: "private" });
  await isSeen("a post for followers", () => found(totara, priv));
  assert.equal(await found(rimu, priv), undefined, "who does not follow does not see it");
  const direct = await post(alice, `@${rimu.handle} Just for you`, { visibility: "direct" });
  await isSeen("a direct message", () => found(rimu, direct));
  assert.equal(await found(totara, direct), undefined, "nobody else sees it");

  const there = await seen(totara, status);
  const answer = await post(totara, `@${alice.handle} Milk for me`, { in_reply_to_id: there });
  await isSeen("an answer", async () => (await found(alice, answer))?.in_reply_to_id === status.id);
  await alice.ask("PUT", `/api/v1/statuses/${status.id}`, { status: "The kettle has boiled" });
  await isSeen("an edit", async () => (await found(totara, status)).content.includes("has boiled"));
  const here = () => alice.ask("GET", `/api/v1/statuses/${status.id}`);
  for (
    const [act, undo, count] of [
      ["reblog", "unreblog", "reblogs_count"],
      ["favourite", "unfavourite", "favourites_count"],
    ]
  ) {
    await totara.ask("POST", `/api/v1/statuses/${there}/${act}`);
    await isSeen(`a ${act}`, async () => (await here())[count!] === 1);
    await totara.ask("POST", `/api/v1/statuses/${there}/${undo}`);
    await isSeen(`that it is taken back (${undo})`, async () => (await here())[count!] === 0);
  }

  const question = await post(alice, "Tea?", { poll: { options: ["Yes", "No"], expires_in: 3_600 } });
  await isSeen("a poll", async () => (await found(totara, question))?.poll);
  const { poll } = await found(totara, question);
  await totara.ask("POST", `/api/v1/polls/${poll.id}/votes`, { choices: [0] });
  await isSeen("a vote", async () => (await found(alice, question)).poll.options[0].votes_count === 1);

  const pinned = () => totara.ask("GET", `/api/v1/accounts/${aliceThere}/statuses?pinned=true`);
  await alice.ask("POST", `/api/v1/statuses/${status.id}/pin`);
  await isSeen("a pin", async () => (await pinned()).length === 1);
  await alice.ask("POST", `/api/v1/statuses/${status.id}/unpin`);
  await isSeen("that it is taken down", async () => (await pinned()).length === 0);

  await alice.ask("PATCH", "/api/v1/accounts/update_credentials", { display_name: "Alice Anew" });
  const aliceAsSeen = () => totara.ask("GET", `/api/v1/accounts/${aliceThere}`);
  await isSeen("a profile", async () => (await aliceAsSeen()).display_name === "Alice Anew");

  const report = { account_id: aliceThere, status_ids: [there], comment: "Cold tea", forward: true };
  await totara.ask("POST", "/api/v1/reports", report);
  await isSeen("a report", async () => {
    const { rows } = await sql`select 1 from reports where comment = 'Cold tea'`.execute(demo.servers[0]!.db);
    return rows.length === 1;
  });

  await alice.ask("DELETE", `/api/v1/statuses/${status.id}`);
  await isSeen("a deletion", async () => !await found(totara, status));

  await follow(rimu, bob);
  await isSeen("a move, and its followers with it", () => moves(demo, bob, totara, rimu));

  const totaraHere = await met(alice, totara);
  await alice.ask("POST", `/api/v1/accounts/${totaraHere}/block`);
  await isSeen("a block", async () => {
    const { blocked_by, following } = await relation(totara, aliceThere);
    return blocked_by && !following;
  });
  await alice.ask("POST", `/api/v1/accounts/${totaraHere}/unblock`);
  await isSeen("that it has ended", async () => !(await relation(totara, aliceThere)).blocked_by);

  console.table(times);
}

/** `who` of the first server moves to be `anew` on the second, and `follower` there goes along. */
async function moves({ servers: [here, there] }: Demo, who: Resident, anew: Resident, follower: Resident) {
  const [old, target] = [who, anew].map(({ handle }) => handle) as [string, string];
  await addAlias(there!, await resolveHandle(there!, target), await resolveHandle(there!, old));
  const { uri } = await resolveHandle(here!, target);
  const fresh = await fetchAccount(here!, uri, { maxAge: { seconds: 0 } });
  await moveAccount(here!, await resolveHandle(here!, old), fresh);
  const id = await met(follower, anew);
  return await until(async () => {
    const [{ following }] = await follower.ask("GET", `/api/v1/accounts/relationships?id[]=${id}`);
    return following || undefined;
  });
}

Deno.test({
  name:
    "the demo's people have talked before anybody looks, and what one posts in a browser, another reads in hers",
  ignore: !chromiumPath,
  // Chromium's pipes outlive a single test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using demo = await startTwo();
    await tell(demo.who);
    const chromium = await launchChromium();
    try {
      const [alice, rimu] = [
        await signedIn(await chromium.newContext({ viewport: phone }), demo, "alice"),
        await signedIn(await chromium.newContext({ viewport: desk }), demo, "rimu"),
      ];
      for (const text of ["This is one of two servers", "the long table"]) {
        for (const tab of [alice, rimu]) assert.ok(await shows(tab, text), text);
      }
      const words = "Written on the first server, a moment ago";
      await alice.locator(".composer textarea[name=status]").fill(words);
      await alice.locator(".composer button", { hasText: "Post" }).last().click();
      await picture(alice, "one");
      await until(async () => {
        await rimu.reload();
        return await shows(rimu, words) || undefined;
      });
      await picture(rimu, "other");

      await rimu.locator("article", { hasText: words }).locator("button", { hasText: "Favourite" }).click();
      await until(async () => {
        await alice.goto(`${demo.who("alice").base}/notifications`);
        return await shows(alice, "Rimu Sample favourited your post") || undefined;
      });
      await picture(alice, "notified");
    } finally {
      await chromium.close();
    }
  },
});

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

/** The home of somebody who has signed in through the form. */
async function signedIn(context: BrowserContext, demo: Demo, name: string): Promise<Tab> {
  const tab = await context.newPage();
  await tab.goto(`${demo.who(name).base}/auth/sign_in`);
  await tab.locator("[name=identifier]").fill(name);
  await tab.locator("[name=password]").fill(residents.flat().find((one) => one.name === name)!.password);
  await tab.locator("main form button").last().click();
  assert.equal(new URL(tab.url()).pathname, "/home");
  return tab;
}

async function shows(tab: Tab, text: string): Promise<boolean> {
  return (await tab.locator("main").innerText()).includes(text);
}

function picture(tab: Tab, name: string): Promise<Uint8Array> {
  const path = new URL(`../../screenshots/two_servers_${name}.png`, import.meta.url).pathname;
  return tab.screenshot({ path, fullPage: true });
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
