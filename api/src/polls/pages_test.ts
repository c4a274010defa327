import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";

const html = { headers: { accept: "text/html" } };
const typed = {
  status: "What would you like?",
  "poll[options][0]": "tea",
  "poll[options][1]": "coffee",
  "poll[expires_in]": "3600",
};

Deno.test("a member asks and another answers with plain forms", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const author = await signIn(world, alice);
  const asked = await author.press(await author.open("/home"), "/posts", typed);
  const { json: [{ id, poll }] } = await alice.get("/api/v1/timelines/home");
  assert.deepEqual([poll.options.length, poll.multiple], [2, false]);
  const [post, ballot] = [`/@alice/${id}`, `/polls/${poll.id}/votes`];
  assert.ok(!asked.html.includes(ballot), "an author has no vote");

  const voter = await signIn(world, bob);
  const page = await voter.open(post);
  assert.match(page.html, /<input type="radio" name="choices\[\]" value="1"/);
  const none = await voter.press(page, ballot, { "choices[]": null });
  assert.deepEqual([none.status, none.html.includes("Choose at least one option")], [422, true]);
  const voted = await voter.press(page, ballot, { "choices[]": "1" });
  assert.equal(voted.path, `${post}#post-${id}`);
  assert.match(voted.html, /100%/);
  assert.match(voted.html, /1 person has voted/);
  assert.ok(!voted.html.includes(ballot), "nobody votes twice");

  const visitor = await world.visit(post, html);
  assert.match(visitor.text, /100%/);
  assert.ok(!visitor.text.includes(ballot));
});

Deno.test("an edit of the words leaves the votes alone, and one of the answers does not", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const { id, poll } = await alice.says("Tea or", { poll: { options: ["tea", "coffee"], expires_in: 3600 } });
  await bob.post(`/api/v1/polls/${poll.id}/votes`, { choices: [0] });
  const browser = await signIn(world, alice);
  const edit = async (typed: Record<string, string>) => {
    await browser.press(await browser.open(`/@alice/${id}/edit`), `/posts/${id}/edit`, typed);
    return (await alice.get(`/api/v1/statuses/${id}`)).json;
  };

  const reworded = await edit({ status: "Tea or coffee?" });
  assert.match(reworded.content, /Tea or coffee/);
  assert.deepEqual([reworded.poll.expires_at, reworded.poll.votes_count], [poll.expires_at, 1]);
  const other = await edit({ "poll[options][2]": "cocoa", "poll[multiple]": "true" });
  assert.deepEqual(
    [other.poll.options.length, other.poll.multiple, other.poll.votes_count],
    [3, true, 0],
  );
  const none = { "poll[options][0]": "", "poll[options][1]": "", "poll[options][2]": "" };
  assert.equal((await edit(none)).poll, null);
  assert.match((await world.visit(`/@alice/${id}/history`, html)).text, /cocoa/);
});

Deno.test("a poll that is refused comes back with all that was typed, and why", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const again = await browser.press(await browser.open("/home"), "/posts", {
    ...typed,
    "poll[options][3]": "tea",
  });
  assert.equal(again.status, 422);
  assert.match(again.html, /Two answers of the poll are the same/);
  assert.match(again.html, /name="poll\[options\]\[3\]"[^>]*value="tea"/);
  assert.match(again.html, /<option value="3600"[^>]*selected/);

  await browser.press(again, "/posts", { "poll[options][3]": "cocoa" });
  const { json: [{ poll }] } = await alice.get("/api/v1/timelines/home");
  assert.deepEqual(poll.options.map((option: { title: string }) => option.title), ["tea", "coffee", "cocoa"]);
});
