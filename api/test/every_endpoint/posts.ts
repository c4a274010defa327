import assert from "node:assert/strict";
import { picture } from "../pictures.ts";
import type { Cast } from "./cast.ts";

/** A post's whole life, and what others do with it. */
export async function posts({ alice, bob, anyone, world }: Cast): Promise<void> {
  const { v1 } = alice.masto;
  const post = await v1.statuses.create({ status: "Kettle's on, @bob #tea", language: "en" });
  const answer = await bob.masto.v1.statuses.create({ status: "@alice Two sugars", inReplyToId: post.id });
  const theirs = bob.masto.v1.statuses.$select(post.id);
  assert.equal((await theirs.favourite()).favourited, true);
  assert.equal((await theirs.reblog()).reblog?.id, post.id);
  assert.equal((await theirs.bookmark()).bookmarked, true);
  assert.equal((await bob.masto.v1.favourites.list()).length, 1);
  assert.equal((await bob.masto.v1.bookmarks.list()).length, 1);
  const seen = anyone.masto.v1.statuses.$select(post.id);
  assert.equal((await seen.favouritedBy.list())[0]?.id, bob.id);
  assert.equal((await seen.rebloggedBy.list())[0]?.id, bob.id);
  assert.equal((await seen.context.fetch()).descendants[0]?.id, answer.id);
  assert.equal((await anyone.masto.v1.statuses.fetch({ id: [post.id, answer.id] })).length, 2);

  const own = v1.statuses.$select(post.id);
  assert.equal((await own.mute()).muted, true);
  assert.equal((await own.unmute()).muted, false);
  assert.equal((await own.pin()).pinned, true);
  assert.equal((await anyone.masto.v1.accounts.$select(alice.id).statuses.list({ pinned: true })).length, 1);
  assert.equal((await own.unpin()).pinned, false);
  await own.update({ status: "Kettle's off, @bob", spoilerText: "Sad" });
  assert.equal((await seen.history.list()).length, 2);
  assert.equal((await own.source.fetch()).text, "Kettle's off, @bob");
  assert.ok((await seen.fetch()).editedAt);
  await theirs.unfavourite();
  await theirs.unreblog();
  await theirs.unbookmark();

  const asked = await v1.statuses.create({
    status: "Tea or coffee?",
    poll: { options: ["tea", "coffee"], expiresIn: 600, multiple: true },
  });
  await anyone.masto.v1.polls.$select(asked.poll!.id).fetch();
  const voted = await bob.masto.v1.polls.$select(asked.poll!.id).votes.create({ choices: [0] });
  assert.deepEqual(voted.ownVotes, [0]);
  const slip = await v1.statuses.create({ status: "A slip" });
  assert.equal((await v1.statuses.$select(slip.id).remove()).text, "A slip");
  await world.settle();
}

/** Emoji reactions, in the words of everybody who has them. */
export async function reactions({ alice, bob, anyone }: Cast): Promise<void> {
  const { id } = await alice.masto.v1.statuses.create({ status: "Tea" });
  const tea = encodeURIComponent("🍵");
  await bob.plain.put(`/api/v1/statuses/${id}/emoji_reactions/${tea}`);
  assert.equal((await anyone.masto.v1.statuses.$select(id).favouritedBy.list())[0]?.id, bob.id);
  await alice.plain.get(`/api/v1/pleroma/statuses/${id}/reactions`);
  await alice.plain.get(`/api/v1/pleroma/statuses/${id}/reactions/${tea}`);
  await bob.plain.delete(`/api/v1/statuses/${id}/emoji_reactions/${tea}`);
  await bob.plain.put(`/api/v1/pleroma/statuses/${id}/reactions/${tea}`);
  await bob.plain.delete(`/api/v1/pleroma/statuses/${id}/reactions/${tea}`);
  await bob.plain.post(`/api/v1/statuses/${id}/react/${tea}`);
  await bob.plain.post(`/api/v1/statuses/${id}/unreact/${tea}`);
}

/** Quotes, and who may make them. */
export async function quotes({ alice, bob, anyone }: Cast): Promise<void> {
  const post = await alice.masto.v1.statuses.create({ status: "Quote me", quoteApprovalPolicy: "public" });
  const quoting = await bob.masto.v1.statuses.create({ status: "She says", quotedStatusId: post.id });
  assert.equal(quoting.quote?.state, "accepted");
  const { v1 } = anyone.masto;
  const list = await alice.masto.v1.statuses.$select(post.id).quotes.list();
  assert.equal(list[0]?.id, quoting.id);
  await alice.plain.post(`/api/v1/statuses/${post.id}/quotes/${quoting.id}/revoke`);
  assert.equal((await v1.statuses.$select(quoting.id).fetch()).quote?.state, "revoked");
  const nobody = { quote_approval_policy: "nobody" };
  const { json } = await alice.plain.put(`/api/v1/statuses/${post.id}/interaction_policy`, nobody);
  assert.deepEqual(json.quote_approval.automatic, []);
}

/** What is written today and published another day. */
export async function scheduled({ alice }: Cast): Promise<void> {
  const { v1 } = alice.masto;
  const waiting = await v1.statuses.create({
    status: "Good morning",
    scheduledAt: "2126-01-01T08:00:00Z",
    poll: { options: ["tea", "coffee"], expiresIn: 600 },
  });
  assert.equal((await v1.scheduledStatuses.list())[0]?.id, waiting.id);
  const one = v1.scheduledStatuses.$select(waiting.id);
  assert.equal((await one.fetch()).params.text, "Good morning");
  const { scheduledAt } = await one.update({ scheduledAt: "2126-01-02T08:00:00Z" });
  assert.equal(scheduledAt, "2126-01-02T08:00:00.000Z");
  await one.remove();

  const { megalodon } = alice;
  const { data: draft } = await megalodon.postStatus("A thought", { scheduled_at: "2126-01-01T08:00:00Z" });
  assert.equal((await megalodon.getScheduledStatuses()).data[0]?.id, draft.id);
  await megalodon.getScheduledStatus(draft.id);
  await megalodon.scheduleStatus(draft.id, "2126-01-02T08:00:00Z");
  await megalodon.cancelScheduledStatus(draft.id);
}

/** Pictures, before and after they stand in a post. */
export async function media({ alice }: Cast): Promise<void> {
  const { v1, v2 } = alice.masto;
  const file = new File([await picture({ width: 300, height: 200, format: "png" })], "kea.png");
  const sent = await v2.media.create({ file, description: "A kea", focus: "0.1,0.2" });
  await v1.media.$select(sent.id).fetch();
  assert.equal((await v1.media.$select(sent.id).update({ description: "The kea" })).description, "The kea");
  const post = await v1.statuses.create({ status: "Look", mediaIds: [sent.id] });
  assert.equal(post.mediaAttachments[0]?.id, sent.id);
  const form = new FormData();
  form.set("file", file);
  const { json } = await alice.plain.post("/api/v1/media", form); // masto.js has no v1 upload that works by form
  await alice.plain.delete(`/api/v1/media/${json.id}`);
}

/** The same once more as megalodon asks. */
export async function postsByMegalodon({ alice, bob, anyone }: Cast): Promise<void> {
  const { megalodon } = alice;
  const { data: post } = await megalodon.postStatus("Hello @bob", { visibility: "public", language: "en" });
  const { id } = post;
  await bob.megalodon.favouriteStatus(id);
  await bob.megalodon.reblogStatus(id);
  await bob.megalodon.bookmarkStatus(id);
  await bob.megalodon.getFavourites({ limit: 5 });
  await bob.megalodon.getBookmarks({ limit: 5 });
  assert.equal((await anyone.megalodon.getStatusFavouritedBy(id)).data.length, 1);
  assert.equal((await anyone.megalodon.getStatusRebloggedBy(id)).data.length, 1);
  await bob.megalodon.unfavouriteStatus(id);
  await bob.megalodon.unreblogStatus(id);
  await bob.megalodon.unbookmarkStatus(id);
  await megalodon.muteStatus(id);
  await megalodon.unmuteStatus(id);
  await megalodon.pinStatus(id);
  await megalodon.unpinStatus(id);
  await megalodon.editStatus(id, { status: "Hello again" });
  assert.equal((await megalodon.getStatusSource(id)).data.text, "Hello again");
  await anyone.megalodon.getStatus(id);
  await anyone.megalodon.getStatusContext(id);

  const poll = { options: ["tea", "coffee"], expires_in: 600 };
  const { data: asked } = await megalodon.postStatus("Which?", { poll });
  const pollId = "poll" in asked ? asked.poll!.id : "";
  assert.equal((await bob.megalodon.votePoll(pollId, [1])).data.voted, true);
  await anyone.megalodon.getPoll(pollId);
  await anyone.megalodon.getAccountStatuses(alice.id, { limit: 5, exclude_replies: true });
  await megalodon.report(bob.id, { status_ids: [], comment: "Puts milk in first", category: "other" });
  await megalodon.deleteStatus(id);
}
