import assert from "node:assert/strict";
import { complaintsAbout } from "./entities.ts";
import { newElsewhere } from "./elsewhere.ts";
import type { Person } from "./person.ts";
import { newWorld } from "./world.ts";

/** The same fields are there in every state that a thing can be in, and wherever it comes from. */

/** What is wrong with what `who` is answered there. */
async function complaints(who: Person, type: string, path: string): Promise<string[]> {
  const { status, json } = await who.get(path);
  assert.equal(status, 200, path);
  assert.ok(!Array.isArray(json) || json.length > 0, `${path} shows nothing`);
  return complaintsAbout(type, json);
}

Deno.test("people and posts of other servers have every field, however little is said of them", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  const rimu = await elsewhere.person("rimu");
  const tui = await elsewhere.person("tui");
  Object.assign(tui.document, {
    name: "Tui :blob:",
    summary: "<p>Sings</p>",
    manuallyApprovesFollowers: true,
    published: "2020-02-03T04:05:06Z",
    icon: { type: "Image", url: `${elsewhere.url}/tui.png` },
    attachment: [{ type: "PropertyValue", name: "Tree", value: "Flax" }],
    tag: [{ type: "Emoji", name: ":blob:", icon: { type: "Image", url: `${elsewhere.url}/blob.png` } }],
  });
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  const mention = { type: "Mention", href: alice.account.uri };
  const said = async (who: typeof rimu, more: Record<string, unknown>) => {
    const id = `${elsewhere.url}/notes/${crypto.randomUUID()}`;
    const published = new Date(Date.now() - 60_000).toISOString();
    const note = { id, type: "Note", attributedTo: who.uri, published, to, tag: [mention], ...more };
    assert.equal(await who.sends(world, who.does("Create", note as never, { to })), 202);
  };
  await said(rimu, { content: "Hello" });
  await said(tui, {
    content: "",
    attachment: [{ type: "Document", mediaType: "image/png", url: `${elsewhere.url}/a.png` }],
  });
  await said(tui, {
    content: "A film",
    attachment: [{ type: "Document", mediaType: "video/mp4", url: `${elsewhere.url}/a.mp4` }],
  });
  await said(tui, {
    content: "Odd",
    attachment: [{ type: "Document", mediaType: "application/pdf", url: `${elsewhere.url}/a.pdf` }],
  });
  const endTime = new Date(Date.now() + 60_000).toISOString();
  await said(tui, {
    ...{ type: "Question", content: "Which?", endTime, summary: "Trees", sensitive: true },
    ...{ oneOf: [{ type: "Note", name: "flax" }, { type: "Note", name: "kōwhai" }] },
  });
  await world.settle();

  const { json: told } = await alice.get("/api/v1/notifications");
  assert.equal(told.length, 5);
  const found: string[] = complaintsAbout("[Notification]", told);
  for (const { account, status } of told) {
    found.push(
      ...await complaints(alice, "Account", `/api/v1/accounts/${account.id}`),
      ...await complaints(alice, "Status", `/api/v1/statuses/${status.id}`),
      ...await complaints(alice, "[StatusEdit]", `/api/v1/statuses/${status.id}/history`),
      ...await complaints(alice, "[Relationship]", `/api/v1/accounts/relationships?id[]=${account.id}`),
    );
  }
  assert.deepEqual([...new Set(found)], []);
});

Deno.test("what has ended, moved, been hidden or been edited has every field", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const bob = await world.person("bob");
  const carol = await world.person("carol");
  const found: string[] = [];

  const asked = await alice.says("Which?", {
    poll: { options: ["a", "b"], expires_in: 300, hide_totals: true },
  });
  found.push(...await complaints(bob, "Poll", `/api/v1/polls/${asked.poll.id}`));
  await bob.post(`/api/v1/polls/${asked.poll.id}/votes`, { choices: [1] });
  const edited = await alice.says("One");
  await alice.put(`/api/v1/statuses/${edited.id}`, { status: "Two", spoiler_text: "x" });
  const answer = await bob.says("@alice Me", { in_reply_to_id: edited.id });
  await bob.post(`/api/v1/statuses/${edited.id}/reblog`);
  await bob.post(`/api/v1/accounts/${alice.id}/mute`, { duration: 600 });
  await alice.post("/api/v2/filters", {
    ...{ title: "x", context: ["home", "public", "thread"], filter_action: "hide" },
    keywords_attributes: [{ keyword: "me" }],
  });
  await world.pass({ minutes: 10 });
  await world.settle();
  found.push(
    ...await complaints(bob, "Status", `/api/v1/statuses/${asked.id}`),
    ...await complaints(alice, "Status", `/api/v1/statuses/${answer.id}`),
    ...await complaints(alice, "[StatusEdit]", `/api/v1/statuses/${edited.id}/history`),
    ...await complaints(bob, "[Status]", `/api/v1/accounts/${bob.id}/statuses`),
    ...await complaints(alice, "[Notification]", "/api/v1/notifications"),
    ...await complaints(
      alice,
      "GroupedNotificationsResults",
      "/api/v2/notifications?expand_accounts=partial_avatars",
    ),
  );
  const { pool } = world;
  await pool.query("update accounts set moved_to_id = $1 where id = $2", [alice.id, carol.id]);
  found.push(...await complaints(alice, "Account", `/api/v1/accounts/${carol.id}`));
  await pool.query("update accounts set suspended_at = now() where id = $1", [carol.id]);
  found.push(...await complaints(alice, "Account", `/api/v1/accounts/${carol.id}`));
  assert.deepEqual([...new Set(found)], []);
});
