import assert from "node:assert/strict";
import { idIn, met, newNeighbours, sees } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";

Deno.test("a post reaches the followers on another server as it was written", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);

  const status = await alice.says(
    "Kia ora, it is <raining> & cold\n\nAre #Aotearoa and https://a.example/b?c=1 there?",
    {
      spoiler_text: "weather",
      language: "en",
      visibility: "unlisted",
    },
  );
  await both.settle();

  const seen = await sees(rimu, status);
  assert.equal(read(seen.content), read(status.content));
  for (const same of ["spoiler_text", "sensitive", "language", "visibility", "created_at", "url"]) {
    assert.equal(seen[same], status[same], same);
  }
  assert.equal(seen.account.acct, `alice@${both.here.ctx.config.handleDomain}`);
  assert.deepEqual(seen.tags.map((tag: { name: string }) => tag.name), ["aotearoa"]);
  assert.deepEqual(await home(rimu), [seen.id]);
});

Deno.test("a conversation goes back and forth between servers, and both show it whole", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const root = await alice.says("Who has been to Ōtautahi?");
  await both.settle();

  const there = await sees(rimu, root);
  const answer = await rimu.says(`@alice@${both.here.ctx.config.handleDomain} I have!`, {
    in_reply_to_id: there.id,
  });
  await both.settle();
  const { json: [told] } = await alice.get("/api/v1/notifications");
  assert.deepEqual([told.type, told.status.uri, told.account.acct], [
    "mention",
    answer.uri,
    `rimu@${both.there.ctx.config.handleDomain}`,
  ]);
  const back = await alice.says(`@${told.account.acct} How was it?`, { in_reply_to_id: told.status.id });
  await both.settle();

  for (const reader of [alice, rimu]) {
    const shown = await sees(reader, answer);
    assert.deepEqual(await thread(reader, shown.id), [root.uri, back.uri]);
    assert.equal((await sees(reader, root)).replies_count, 1);
    assert.equal(shown.replies_count, 1);
  }
  assert.deepEqual((await sees(rimu, back)).mentions.map((one: { acct: string }) => one.acct), ["rimu"]);
});

Deno.test("an edit arrives with what the post said before, and a deletion takes it away", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const status = await alice.says("Tea at noon");
  await both.settle();

  await alice.put(`/api/v1/statuses/${status.id}`, { status: "Tea at one", spoiler_text: "late" });
  await both.settle();
  const seen = await sees(rimu, status);
  assert.deepEqual([seen.content, seen.spoiler_text], ["<p>Tea at one</p>", "late"]);
  const { json: history } = await rimu.get(`/api/v1/statuses/${seen.id}/history`);
  assert.deepEqual(history.map((one: { content: string }) => one.content), [
    "<p>Tea at noon</p>",
    "<p>Tea at one</p>",
  ]);

  await alice.delete(`/api/v1/statuses/${status.id}`);
  await both.settle();
  assert.equal(await sees(rimu, status), undefined);
  assert.deepEqual(await home(rimu), []);
  const { json } = await rimu.get(`/api/v1/accounts/${seen.account.id}`);
  assert.equal(json.statuses_count, 0);
});

Deno.test("posts for followers reach followers alone, and direct ones those whom they mention", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const totara = await both.there.person("totara");
  await both.follows(rimu, alice);

  const quiet = await alice.says("Only for those who follow me", { visibility: "private" });
  const aside = await alice.says(`@totara@${both.there.ctx.config.handleDomain} a word`, {
    visibility: "direct",
  });
  await both.settle();

  assert.equal((await sees(rimu, quiet)).visibility, "private");
  assert.equal(await sees(totara, quiet), undefined);
  assert.equal((await sees(totara, aside)).visibility, "direct");
  assert.equal(await sees(rimu, aside), undefined);
  // Whom totara does not follow, a request tells of, and no notification.
  const { json: [waiting] } = await totara.get("/api/v1/notifications/requests");
  assert.equal(waiting.last_status.uri, aside.uri);
  assert.deepEqual((await totara.get("/api/v1/notifications")).json, []);
});

Deno.test("what nobody follows, is not spoken to and takes no part in does not come", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const bob = await both.here.person("bob");
  await both.follows(rimu, alice);
  const heard = await bob.says("Nobody over there knows me");
  await both.settle();
  assert.equal(await idIn(both.there, heard), undefined);
});

Deno.test("whoever gets an answer gets the whole conversation above it", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const bob = await both.here.person("bob");
  await both.follows(rimu, alice);
  const root = await bob.says("Where is the river?");
  const second = await bob.says("The long one", { in_reply_to_id: root.id });
  const third = await alice.says("Behind the hill", { in_reply_to_id: second.id });
  await both.settle();

  const shown = await sees(rimu, third);
  assert.deepEqual(await thread(rimu, shown.id), [root.uri, second.uri]);
  assert.equal(shown.in_reply_to_id, await idIn(both.there, second));
});

Deno.test("whom an author blocks neither sees nor answers them any more, on whatever server", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  const root = await alice.says("Good morning");
  await both.settle();
  const known = await sees(rimu, root);
  await alice.post(`/api/v1/accounts/${(await met(both.here, rimu)).id}/block`);
  const late = await rimu.says("Is it?", { in_reply_to_id: known.id }); // sent before the block is heard of
  await both.settle();

  assert.equal(await idIn(both.here, late), undefined);
  assert.deepEqual(
    (await alice.get("/api/v1/notifications")).json.map((one: { type: string }) => one.type),
    [],
  );
  const next = await alice.says("Good day");
  await both.settle();
  assert.equal(await idIn(both.there, next), undefined);
});

Deno.test("what is pinned on one server stands on top of the profile on the other", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  const old = await alice.says("Read this first");
  await both.follows(rimu, alice);
  await alice.post(`/api/v1/statuses/${old.id}/pin`);
  await both.settle();
  const { id } = await met(both.there, alice);
  const pinned = async () => {
    const { json } = await rimu.get(`/api/v1/accounts/${id}/statuses`, { pinned: "true" });
    return json.map((one: { uri: string }) => one.uri);
  };
  assert.deepEqual(await pinned(), [old.uri]);
  await alice.post(`/api/v1/statuses/${old.id}/unpin`);
  await both.settle();
  assert.deepEqual(await pinned(), []);
});

/** Without what each server says about links in its own way. */
function read(html: string): string {
  return html.replaceAll(/ (rel|target|class|translate)="[^"]*"/g, "");
}

async function home(reader: Person): Promise<string[]> {
  const { json } = await reader.get("/api/v1/timelines/home");
  return json.map((one: { id: string }) => one.id);
}

/** The URIs around a post, from the first of the conversation on. */
async function thread(reader: Person, id: string): Promise<string[]> {
  const { json: { ancestors, descendants } } = await reader.get(`/api/v1/statuses/${id}/context`);
  return [...ancestors, ...descendants].map((one) => one.uri);
}
