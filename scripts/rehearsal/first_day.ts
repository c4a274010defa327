import assert from "node:assert/strict";
import { createRestAPIClient } from "masto";
import type { Browser, Page as Tab } from "playwright-core";
import { chromiumPath, launchChromium } from "../../api/test/chromium.ts";
import { eventually } from "../../api/test/deployment.ts";
import { linkIn } from "../../api/test/mail_server.ts";
import { picture } from "../../api/test/pictures.ts";
import { freePort, missing, newPlace, type Place } from "./place.ts";

/** `deno task rehearse`: what docs/install.md says, from nothing to running, and a member's first day. */

const lacking = [...await missing(), ...chromiumPath ? [] : ["chromium"]];
if (lacking.length > 0) {
  console.log(`No first day here: apt-get install ${lacking.join(" ")} makes one possible`);
}

const compose = "docker compose -f docker-compose.prod.yml";
const [alicesFirst, alicesSecond] = ["a kettle of green tea", "another kettle of tea"];

Deno.test({
  name: "on a rented machine members sign up, post pictures and meet those of another, all over HTTPS",
  ignore: lacking.length > 0,
  fn: async () => {
    const ports = [freePort(), freePort()];
    await using here = await opened(await newPlace({ ports }));
    const chromium = await launchChromium();
    try {
      await signUp(chromium, here);
      await resetPassword(chromium, here);
    } catch (error) {
      console.error((await here.run(`${compose} logs api worker caddy`)).said.slice(-4000));
      throw error;
    } finally {
      await chromium.close();
    }

    const alice = await clientOf(here, "alice");
    const file = new Blob([await picture()], { type: "image/jpeg" });
    const media = await alice.v2.media.create({ file, description: "A kea" });
    const post = await alice.v1.statuses.create({ status: "A kea on the roof", mediaIds: [media.id] });
    const [shown] = post.mediaAttachments;
    const answer = await fetch(shown!.url!, { client: here.client });
    assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "image/jpeg"]);
    await answer.body?.cancel();
    await eventually(async () =>
      (await here.bucket.names()).some((name) => shown!.url!.includes(name.split("/")[2]!))
    );

    await backUp(here);

    await using there = await opened(await newPlace({ ports: ports.toReversed(), neighbour: here }));
    const made = await onMachine(there, "accounts create bob --email bob@mail.test --role admin --confirmed");
    assert.match(made, /password/i, "which is shown once");
    await onMachine(there, "mail test bob@mail.test");
    assert.ok(there.mails.latestTo("bob@mail.test"));
    const bob = await clientOf(there, "bob");
    const handle = `alice@${new URL(here.url).host}`;
    const { accounts: [found] } = await bob.v2.search.list({ q: handle, resolve: true, type: "accounts" });
    assert.equal(found?.acct, handle);
    await bob.v1.accounts.$select(found.id).follow();
    await eventually(async () => (await alice.v1.accounts.verifyCredentials()).followersCount === 1);
    await alice.v1.statuses.create({ status: "Is anybody there?" });
    await eventually(async () =>
      (await bob.v1.timelines.home.list()).some(({ content }) => content.includes("Is anybody there?"))
    );
  },
});

/** A place where riff runs, as docs/install.md says. */
async function opened(place: Place): Promise<Place> {
  const { code, said } = await place.run(`${compose} up -d`);
  assert.equal(code, 0, said);
  const { said: states } = await place.run(`${compose} ps`);
  assert.deepEqual(states.trim().split("\n").sort(), [
    "api  Up (healthy)",
    "caddy  Up (healthy)",
    "worker  Up",
  ]);
  const answer = await fetch(`${place.url}/about`, { client: place.client });
  assert.deepEqual([answer.status, answer.headers.get("server")], [200, null]);
  await answer.body?.cancel();
  return place;
}

/** A backup into a second bucket, and whether it would do. */
async function backUp(place: Place): Promise<void> {
  await place.run("sed -i 's|^BACKUP_TO=.*|BACKUP_TO=s3://riff-backups/riff|' .env");
  const { path } = JSON.parse(jsonIn(await onMachine(place, "backup make --json")));
  assert.match(await onMachine(place, "backup list"), new RegExp(path.split("/").at(-1)));
  const drilled = await onMachine(place, `restore ${path} --drill`);
  assert.match(drilled, /drill|would do|holds/i);
  const { findings } = JSON.parse(jsonIn(await onMachine(place, "doctor --json")));
  assert.deepEqual(findings.filter(({ level }: { level: string }) => level === "bad"), []);
}

/** A command for admins, as docs/install.md says. */
async function onMachine(place: Place, command: string): Promise<string> {
  const { code, said } = await place.run(`${compose} exec api riff ${command}`);
  assert.equal(code, 0, said);
  return said;
}

async function clientOf(place: Place, name: string) {
  const said = await onMachine(place, `tokens create --account ${name} --scopes "read write follow" --json`);
  const { token } = JSON.parse(jsonIn(said));
  const requestInit = { client: place.client } as RequestInit;
  return createRestAPIClient({ url: place.url, accessToken: token, requestInit });
}

async function signUp(chromium: Browser, place: Place): Promise<void> {
  const tab = await newTab(chromium, place, "/auth/sign_up");
  await fill(tab, { username: "alice", email: "alice@mail.test", password: alicesFirst! });
  await tab.check("[name=agreement]");
  await press(tab);
  await tab.goto(place.url + await linkFrom(place, "/auth/confirm/"));
  await press(tab);
  await signIn(chromium, place, alicesFirst!);
}

async function resetPassword(chromium: Browser, place: Place): Promise<void> {
  const tab = await newTab(chromium, place, "/auth/forgot");
  await fill(tab, { email: "alice@mail.test" });
  await press(tab);
  await tab.goto(place.url + await linkFrom(place, "/auth/reset/"));
  await fill(tab, { password: alicesSecond! });
  await press(tab);
  await signIn(chromium, place, alicesSecond!);
}

async function signIn(chromium: Browser, place: Place, password: string): Promise<void> {
  const tab = await newTab(chromium, place, "/auth/sign_in");
  await fill(tab, { identifier: "alice", password });
  await press(tab);
  assert.equal(new URL(tab.url()).pathname, "/home");
}

/** Somebody's browser that knows nothing yet. Who signed the certificate is what the rehearsal's own client checks. */
async function newTab(chromium: Browser, place: Place, path: string): Promise<Tab> {
  const context = await chromium.newContext({ ignoreHTTPSErrors: true });
  const tab = await context.newPage();
  await tab.goto(place.url + path);
  return tab;
}

async function fill(tab: Tab, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await tab.fill(`main form.form [name=${name}]`, value);
}

async function press(tab: Tab): Promise<void> {
  const gone = tab.waitForEvent("framenavigated");
  await tab.click("main form.form button:not([name])");
  await gone;
  await tab.waitForLoadState();
}

/** The path of the link that begins so, in the latest mail to alice; waits until it is there. */
async function linkFrom(place: Place, start: string): Promise<string> {
  let link = "";
  await eventually(() => Boolean(link = linkIn(place.mails.latestTo("alice@mail.test"), start)));
  return link;
}

/** What a command said as JSON, after whatever it told on the way. */
function jsonIn(said: string): string {
  return said.slice(said.indexOf("{"));
}
