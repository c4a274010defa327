import assert from "node:assert/strict";
import { Browser } from "../../test/browser.ts";
import { type MailServer, openMailServer } from "../../test/mail_server.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld, type World } from "../../test/world.ts";
import { signUp } from "../auth/sign_up.ts";
import { chooseDigest } from "../notifications/digest.ts";
import { toMessage } from "./message.tsx";
import { wayOut } from "./way.ts";
import { writeMail } from "./write.ts";

/** A server whose mails go to this one. */
function worldOf({ settings }: MailServer): Promise<World> {
  return newWorld({ settings });
}

/** How each mail stands. */
async function states({ pool }: World): Promise<string[]> {
  const { rows } = await pool.query("select state, attempts from mails order by id");
  return rows.map(({ state, attempts }) => attempts ? `${state} after ${attempts}` : state);
}

/** `riff mail ...` on the machine where this server runs. */
async function riff(
  world: World,
  { settings }: { settings: Record<string, string> },
  command: string,
) {
  await using premises = premisesOf(world, settings);
  return await typed(`mail ${command}`, premises);
}

/** Somebody new, whose address waits for its confirmation. */
async function newcomer(world: World, name = "bob"): Promise<void> {
  await signUp(world.ctx, {
    ...{ username: name, email: `${name}@mail.test`, password: "a kettle full of tea" },
    ...{ confirmed: false, approved: true },
  });
}

for (const secure of [false, true]) {
  Deno.test(`mail goes out by ${secure ? "TLS from the first byte" : "STARTTLS"}, with user and password`, async () => {
    await using mail = await openMailServer({ secure });
    await using world = await worldOf(mail);
    await newcomer(world);
    await world.settle();

    const came = mail.latestTo("bob@mail.test");
    assert.deepEqual(came.envelopeTo, ["bob@mail.test"]);
    assert.equal(came.envelopeFrom, "mail@riff.test");
    assert.deepEqual(came.from, { name: "Riff", address: "mail@riff.test" });
    assert.match(came.text!, /https?:\/\/\S+\/auth\/confirm\/\S+/);
    assert.match(came.html!, /href="https?:\/\/[^"]+\/auth\/confirm\//);
    assert.match(came.messageId!, /^<\d+\.riff@/);
    const header = (name: string) => came.headers.find(({ key }) => key === name)?.value;
    assert.equal(header("auto-submitted"), "auto-generated");
    assert.equal(header("content-language"), "en");
    const ageOf = (date: string) => Math.abs(Date.now() - Date.parse(date));
    assert.ok(ageOf(header("date")!) < 10 * 60_000, header("date"));
    assert.equal(header("list-unsubscribe"), undefined, "nobody is subscribed to this");
    assert.deepEqual(await states(world), ["sent"]);
    const { rows } = await world.pool.query("select recipient, about from mails");
    assert.deepEqual(rows, [{ recipient: "", about: {} }], "whom it was for is forgotten");
  });
}

Deno.test("a mail server that is down costs no mail: all wait for it, and go by themselves", async () => {
  const before = await openMailServer();
  const { port, settings: { SMTP_CA_FILE: caFile } } = before;
  await using world = await worldOf(before);
  const ca = await Deno.readTextFile(caFile);
  await before[Symbol.asyncDispose]();
  await Deno.writeTextFile(caFile, ca);
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => Deno.remove(caFile));
  for (const name of ["bob", "carol", "dave"]) await newcomer(world, name);
  await world.settle();
  const status = JSON.parse((await riff(world, before, "status --json")).out);
  assert.equal(status.failures, 1, "of several that failed at once one is counted");
  assert.match(status.error, /does not answer|can't be spoken to/);
  assert.equal(status.waiting[0].count, 3);

  await using mail = await openMailServer({ port });
  await world.settle();
  assert.equal(mail.connections, 0, "it is not asked before its time");
  world.pass({ minutes: 2 });
  await world.settle();
  assert.deepEqual(mail.mails.map((one) => one.envelopeTo[0]).toSorted(), [
    "bob@mail.test",
    "carol@mail.test",
    "dave@mail.test",
  ]);
  assert.match((await riff(world, mail, "status")).out, /Nothing waits/);
});

Deno.test("a mail that is refused is tried again later, and again; one to nobody is not", async () => {
  await using mail = await openMailServer();
  await using world = await worldOf(mail);
  await newcomer(world);
  mail.mood = { refuses: "recipient", code: 450, text: "4.2.2 bob@mail.test is full" };
  await world.settle();
  assert.deepEqual(await states(world), ["waiting after 1"]);
  const asked = mail.connections;
  await world.settle();
  assert.equal(mail.connections, asked, "not at once");
  world.pass({ minutes: 2 });
  await world.settle();
  world.pass({ minutes: 1 });
  await world.settle();
  assert.deepEqual(await states(world), ["waiting after 2"], "the pauses grow");
  const { rows: [{ error }] } = await world.pool.query("select error from mails");
  assert.match(error, /4\.2\.2/);
  assert.doesNotMatch(error, /bob/, "whom it was for is no part of the reason");

  mail.mood = undefined;
  world.pass({ hours: 1 });
  await world.settle();
  assert.deepEqual(await states(world), ["sent after 2"]);
  assert.equal(mail.mails.length, 1);

  await newcomer(world, "carol");
  mail.mood = { refuses: "recipient", code: 550, text: "5.1.1 no such mailbox" };
  await world.settle();
  assert.deepEqual(await states(world), ["sent after 2", "failed"]);
  const { out, code } = await riff(world, mail, "status");
  assert.match(out, /confirm\s+@carol .*5\.1\.1 no such mailbox/);
  assert.equal(code, 1, "a command that found something says so");
});

Deno.test("one that is refused for good is given up after hours, and one after the other are not held up", async () => {
  await using mail = await openMailServer();
  await using world = await worldOf(mail);
  await newcomer(world);
  mail.mood = { refuses: "content", code: 554, text: "5.7.1 looks like spam" };
  await world.settle();
  mail.mood = undefined;
  await newcomer(world, "carol");
  await world.settle();
  assert.equal(mail.mails.length, 1, "carol's goes although bob's was refused");
  mail.mood = { refuses: "content", code: 554, text: "5.7.1 looks like spam" };
  for (let tries = 0; tries < 12; tries++) {
    world.pass({ hours: 4 });
    await world.settle();
  }
  const [bobs, carols] = await states(world);
  assert.deepEqual([bobs, carols], ["failed after 9", "sent"]);
});

Deno.test("a wrong password, a forged certificate and a silent server: nothing is sent, and the reason is said", async () => {
  const refused = async (mail: MailServer, change: (url: string) => string = (url) => url) => {
    const settings = { ...mail.settings, SMTP_URL: change(mail.settings.SMTP_URL) };
    await using world = await newWorld();
    const { code, err } = await riff(world, { settings }, "test alice@mail.test");
    assert.notEqual(code, 0);
    assert.equal(mail.mails.length, 0);
    return err;
  };
  await using mail = await openMailServer();
  const wrong = await refused(mail, (url) => url.replace(":kettle@", ":teapot@"));
  assert.match(wrong, /does not take the user and password of SMTP_URL/);
  assert.doesNotMatch(wrong, /teapot/, "a secret stays one");

  await using forged = await openMailServer({ isForged: true });
  assert.match(await refused(forged), /can't be spoken to|does not speak TLS/);

  // A server without TLS gets no password and no mail.
  await using open = await openMailServer({ disabledCommands: ["STARTTLS"] });
  assert.match(await refused(open), /does not speak TLS/);

  await using silent = await openMailServer();
  silent.mood = { isSilent: true };
  await using world = await worldOf(silent);
  const { mail: config, dataDir, allowLoopback } = world.ctx.config;
  const way = wayOut({ mail: config, dataDir, allowLoopback, say: () => {}, patience: 300 });
  const letter = { subject: "Hello", locale: "en", content: "Hello", why: "" };
  const message = await toMessage(world.ctx, { id: "1", recipient: "alice@mail.test" }, letter);
  await assert.rejects(way.send(message), /takes too long to answer/);
});

Deno.test("names cannot add headers, recipients or lines", async () => {
  await using mail = await openMailServer();
  await using world = await worldOf(mail);
  const nasty = "Riff\r\nBcc: eve@mail.test\r\n\r\nHello \u202Eeve";
  await world.pool.query("update instance set title = $1", [nasty]);
  await newcomer(world);
  await world.settle();
  const came = mail.latestTo("bob@mail.test");
  assert.equal(mail.mails.length, 1);
  assert.deepEqual(came.envelopeTo, ["bob@mail.test"]);
  const keys = came.headers.map(({ key }) => key);
  assert.ok(!keys.includes("bcc"), keys.join());
  assert.doesNotMatch(came.subject!, /[\r\n\u202E]/);

  const address = "bob@mail.test\r\nBcc: eve@mail.test";
  const browser = new Browser(world.url);
  const asked = await browser.press(await browser.open("/auth/forgot"), "/auth/forgot", { email: address });
  assert.equal(asked.status, 422);
  const eve = { username: "eve", password: "a kettle full of tea", agreement: "true" };
  const page = await browser.open("/auth/sign_up");
  assert.equal((await browser.press(page, "/auth/sign_up", { ...eve, email: address })).status, 422);
  await using premises = premisesOf(world, mail.settings);
  assert.equal((await typed("mail test bob@mail.test,eve@mail.test", premises)).code, 2);
  await world.settle();
  assert.equal(mail.mails.length, 1);
});

Deno.test("when the day's mails run out, digests wait first, then notices, what is urgent last", async () => {
  await using mail = await openMailServer();
  const settings = { ...mail.settings, MAIL_DAILY_LIMIT: "10" };
  await using world = await newWorld({ settings });
  const { id: accountId } = await world.person("alice");
  const rosa = await world.person("rosa");
  await chooseDigest(world.ctx, rosa.id, true);
  await (await world.person("bob")).says("@rosa hello");
  const digest = { kind: "digest", accountId: rosa.id, recipient: "rosa@mail.test", about: {} } as const;
  await writeMail(world.ctx, digest);
  await writeMail(world.ctx, digest);
  for (let n = 0; n < 12; n++) {
    await writeMail(world.ctx, { kind: "approved", accountId, recipient: "alice@mail.test", about: {} });
  }
  for (const name of ["carol", "dave", "ed"]) await newcomer(world, name);
  await world.settle();
  const went = () => mail.mails.map((one) => one.envelopeTo[0]!.split("@")[0]!).toSorted();
  const alices = (count: number) => Array<string>(count).fill("alice");
  assert.deepEqual(went(), [...alices(6), "carol", "dave", "ed"]);
  for (const name of ["eve", "frank"]) await newcomer(world, name);
  await world.settle();
  assert.equal(mail.mails.length, 10, "the last of the day is kept for what is urgent");
  assert.match((await riff(world, { settings }, "status")).out, /10 of 10 have left today, 10 this month/);

  world.pass({ hours: 24 });
  await world.settle();
  assert.deepEqual(went(), [...alices(12), "carol", "dave", "ed", "eve", "frank"]);
  world.pass({ hours: 24 });
  await world.settle();
  assert.deepEqual(went().slice(-2), ["rosa", "rosa"], "a day with little else to say");
});

Deno.test("without a mail server mails are files for its owner alone, and the console shows the link", async () => {
  const said: string[] = [];
  await using cleanup = new AsyncDisposableStack();
  const dataDir = await Deno.makeTempDir({ prefix: "riff-mail-" });
  cleanup.defer(() => Deno.remove(dataDir, { recursive: true }));
  const mail = { dailyLimit: 300, from: { name: "", address: "riff@riff.test" } };
  const way = wayOut({ mail, dataDir, allowLoopback: [], say: (line) => said.push(line) });
  await using world = await newWorld({ mailsGo: way });
  await newcomer(world);
  await world.settle();
  const [file] = await Array.fromAsync(Deno.readDir(`${dataDir}/mail`));
  assert.match(file!.name, /^\d{4}-\d\d-\d\dT\d{6}Z-\d+\.eml$/);
  assert.equal((await Deno.stat(`${dataDir}/mail/${file!.name}`)).mode! & 0o777, 0o600);
  assert.match(said.join("\n"), /Mail to bob@mail\.test: .*\n {2}http\S+\/auth\/confirm\//);
});
