import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("our own pages hold to filters: each in its place, and none for what is one's own", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post(`/api/v1/accounts/${bob.id}/follow`);
  const root = await alice.says("Football and cricket are mine #sport");
  const football = await bob.says("@alice Football tonight #sport", { in_reply_to_id: root.id });
  const cricket = await bob.says("@alice Cricket tomorrow #sport", { in_reply_to_id: root.id });
  await world.settle();
  const filter = (title: string, filter_action: string, context: string[], keyword: string) =>
    alice.post("/api/v2/filters", { title, filter_action, context, keywords_attributes: [{ keyword }] });
  await filter("No balls", "warn", ["home", "thread", "notifications"], "football");
  await filter("No bats", "hide", ["home", "public", "account"], "cricket");

  const browser = await signIn(world, alice);
  const shows = async (path: string) => {
    const { html } = await browser.open(path);
    return ["Football tonight", "Cricket tomorrow", "No balls", "are mine"].map((words) =>
      html.includes(words)
    );
  };
  assert.deepEqual(await shows("/home"), [true, false, true, true]);
  assert.deepEqual(await shows("/tags/sport"), [true, false, false, true]);
  assert.deepEqual(await shows("/@bob/with_replies"), [true, false, false, false]);
  assert.deepEqual(await shows("/notifications"), [true, true, true, false]);
  const thread = new URL(root.url).pathname;
  assert.deepEqual(await shows(thread), [true, true, true, true]);
  const itself = await browser.open(new URL(football.url).pathname);
  assert.ok(!itself.html.includes("No balls"), "whoever opens a post wants to see it");

  const { html } = await browser.open("/home");
  const folded = html.match(/<details class="post-warning">(.*?)<\/details>/s)![1]!;
  assert.ok(folded.includes("No balls") && folded.includes("Football tonight"));

  await alice.post(`/api/v1/statuses/${cricket.id}/bookmark`);
  assert.deepEqual(await shows("/bookmarks"), [false, true, false, false]);
});
