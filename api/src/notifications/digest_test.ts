import assert from "node:assert/strict";
import { Browser, signIn } from "../../test/browser.ts";
import { linkIn, openMailServer } from "../../test/mail_server.ts";
import { request } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";
import { writeDigests } from "./digest.ts";

Deno.test("whoever asks for it gets a mail each week of what they have missed, and ends it by one request", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: mail.settings });
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const week = async () => {
    await world.pool.query("update members set digest_at = digest_at - interval '7 days'");
    await writeDigests(world.ctx);
    await world.settle();
  };
  const digests = () =>
    mail.mails.filter(({ headers }) => headers.some(({ key }) => key === "list-unsubscribe"));
  const browser = await signIn(world, alice);
  await week();
  assert.equal(digests().length, 0, "nobody gets what they have not asked for");

  await browser.press(await browser.open("/settings"), "/settings/digest", { digest: "true" });
  await week();
  assert.equal(digests().length, 0, "a week in which nothing was missed needs no mail");

  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  await bob.post(`/api/v1/accounts/${alice.id}/follow`);
  await bob.says("@alice are you there? <3");
  await bob.says("The kettle sings, and everybody hears it.");
  await bob.says("Nobody is to read this in a mail.", { visibility: "private" });
  await world.settle();
  await week();
  const [digest] = digests();
  assert.match(digest!.text!, /1 /);
  assert.match(digest!.text!, /The kettle sings/);
  assert.doesNotMatch(digest!.text!, /Nobody is to read this/);

  const header = (name: string) => digest!.headers.find(({ key }) => key === name)!.value;
  assert.equal(header("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  const link = new URL(header("list-unsubscribe").slice(1, -1)).pathname;
  assert.equal(linkIn(digest!, "/digest/"), link);
  // Looking at the page ends nothing: programs that check links do that.
  assert.equal((await world.visit(link)).status, 200);
  for (const table of ["notifications", "posts"]) {
    await world.pool.query(`update ${table} set created_at = created_at - interval '8 days'`);
  }
  await week();
  assert.equal(digests().length, 1, "what was missed before last week's mail is not told again");

  const forged = `${link.slice(0, -4)}abcd`;
  assert.equal((await request(world.url, forged, { method: "POST" })).status, 410);
  const ended = await request(world.url, link, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  assert.equal(ended.status, 200);
  await bob.says("@alice hello again");
  await world.settle();
  await week();
  assert.equal(digests().length, 1);

  const visitor = new Browser(world.url);
  const shown = await visitor.press(await visitor.open(link), `${link}/end`);
  assert.equal(shown.status, 200, "the page says so to whoever ended it before");
});
