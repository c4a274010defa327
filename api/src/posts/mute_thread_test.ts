import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";

async function told(who: Person): Promise<string[]> {
  const { json } = await who.get("/api/v1/notifications");
  return json.map(({ type }: { type: string }) => type);
}

Deno.test("whoever mutes a thread is told nothing more of it, by anybody, and everything else", async () => {
  await using world = await newWorld();
  const [alice, bob, carol] = [
    await world.person("alice"),
    await world.person("bob"),
    await world.person("carol"),
  ];
  const root = await bob.says("A question to @alice");
  const mine = await alice.says("My answer, @bob", { in_reply_to_id: root.id });
  const other = await alice.says("Another matter");
  await world.settle();
  assert.deepEqual(await told(alice), ["mention"]);

  const { status, json } = await alice.post(`/api/v1/statuses/${mine.id}/mute`);
  assert.deepEqual([status, json.id, json.muted], [200, mine.id, true]);
  const muted = async (who: Person, id: string) => (await who.get(`/api/v1/statuses/${id}`)).json.muted;
  assert.deepEqual([await muted(alice, root.id), await muted(alice, other.id)], [true, false]);
  assert.equal(await muted(bob, root.id), false);

  const late = await carol.says("@alice @bob I have to say", { in_reply_to_id: mine.id });
  await carol.post(`/api/v1/statuses/${mine.id}/favourite`);
  await carol.post(`/api/v1/statuses/${mine.id}/reblog`);
  await world.settle();
  assert.deepEqual(await told(alice), ["mention"]);
  assert.equal(await muted(alice, late.id), true);
  assert.ok((await told(bob)).includes("mention"));
  await carol.post(`/api/v1/statuses/${other.id}/favourite`);
  await world.settle();
  assert.deepEqual(await told(alice), ["favourite", "mention"]);

  assert.equal((await alice.post(`/api/v1/statuses/${root.id}/unmute`)).json.muted, false);
  await carol.says("@alice once more", { in_reply_to_id: late.id });
  await world.settle();
  assert.deepEqual(await told(alice), ["mention", "favourite", "mention"]);
  assert.equal((await alice.post("/api/v1/statuses/1/mute")).status, 404);
});

Deno.test("a thread that was muted before its beginning came stays muted", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  const rimu = await elsewhere.person("rimu");
  const handle = `@alice@${world.ctx.config.handleDomain}`;
  const note = (name: string, inReplyTo?: string) => ({
    id: `${rimu.uri}/notes/${name}`,
    type: "Note",
    attributedTo: rimu.uri,
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    cc: [alice.account.uri],
    content: `<p>${name} ${handle}</p>`,
    published: "2026-11-23T10:00:00Z",
    ...(inReplyTo && { inReplyTo }),
    tag: [{ type: "Mention", href: alice.account.uri, name: handle }],
  });
  const create = (object: { id: string }) => ({
    id: `${object.id}/activity`,
    type: "Create",
    actor: rimu.uri,
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    object,
  });
  const root = note("beginning");
  const answer = note("answer", root.id);
  await rimu.sends(world, create(answer));
  await world.settle();
  const { json: [mention] } = await alice.get("/api/v1/notifications");
  await alice.post(`/api/v1/statuses/${mention.status.id}/mute`);

  await rimu.sends(world, create(root));
  await rimu.sends(world, create(note("end", answer.id)));
  await world.settle();
  const { json: { ancestors: [beginning], descendants: [end] } } = await alice.get(
    `/api/v1/statuses/${mention.status.id}/context`,
  );
  assert.deepEqual([beginning.muted, end.muted], [true, true]);
  const { json: after } = await alice.get("/api/v1/notifications");
  assert.deepEqual(after.length, 1);
});
