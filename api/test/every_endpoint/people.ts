import assert from "node:assert/strict";
import { picture } from "../pictures.ts";
import type { Cast } from "./cast.ts";

/** Profiles: one's own, with pictures and featured tags, and those of others. */
export async function profiles({ alice, bob, anyone }: Cast): Promise<void> {
  const { v1 } = alice.masto;
  assert.equal((await v1.accounts.verifyCredentials()).acct, "alice");
  const file = new File([await picture({ width: 300, height: 200, format: "png" })], "kea.png");
  await v1.accounts.updateCredentials({
    displayName: "Alice",
    avatar: file,
    header: file,
    discoverable: true,
    fieldsAttributes: [{ name: "Tea", value: "Green" }],
  });
  await v1.profile.fetch();
  const changed = await v1.profile.update({ note: "Likes #tea" });
  assert.match(changed.note, /Likes/);
  await v1.profile.avatar.remove();
  await v1.profile.header.remove();
  await v1.preferences.fetch();

  const tag = await v1.featuredTags.create({ name: "tea" });
  await v1.featuredTags.list();
  await v1.featuredTags.suggestions.list();
  const [shown] = await anyone.masto.v1.accounts.$select(alice.id).featuredTags.list();
  assert.equal(shown?.name, "tea");
  await v1.featuredTags.$select(tag.id).remove();

  await anyone.masto.v1.accounts.$select(alice.id).fetch();
  const several = await anyone.masto.v1.accounts.fetch({ id: [alice.id, bob.id] });
  assert.equal(several.length, 2);
  assert.equal((await anyone.masto.v1.accounts.lookup({ acct: "alice" })).id, alice.id);
  assert.equal((await v1.accounts.search.list({ q: "bob" }))[0]?.id, bob.id);
}

/** Following, and being asked; blocking, muting, notes; and all lists of people. */
export async function relationships({ alice, bob, carol, anyone }: Cast): Promise<void> {
  const { v1 } = alice.masto;
  const them = v1.accounts.$select(bob.id);
  assert.equal((await them.follow({ reblogs: false, notify: true, languages: ["en"] })).notifying, true);
  await carol.masto.v1.accounts.$select(bob.id).follow();
  await bob.masto.v1.accounts.$select(alice.id).follow();
  assert.equal((await anyone.masto.v1.accounts.$select(bob.id).followers.list()).length, 2);
  assert.equal((await anyone.masto.v1.accounts.$select(alice.id).following.list()).length, 1);
  await v1.accounts.relationships.fetch({ id: [bob.id, carol.id] });
  await v1.accounts.$select(carol.id).follow();
  const ids = { id: [bob.id] } as unknown as string[]; // its types say a list, of which it would make 0=..., 1=...
  assert.equal((await v1.accounts.familiarFollowers.fetch(ids))[0]?.accounts[0]?.id, carol.id);
  assert.equal((await them.note.create({ comment: "Makes tea" })).note, "Makes tea");

  assert.equal((await them.endorse()).endorsed, true);
  assert.equal((await v1.endorsements.list()).length, 1);
  assert.equal((await anyone.masto.v1.accounts.$select(alice.id).endorsements.list()).length, 1);
  assert.equal((await them.unendorse()).endorsed, false);
  assert.equal((await them.pin()).endorsed, true);
  assert.equal((await them.unpin()).endorsed, false);

  assert.equal((await them.mute({ duration: 3600, notifications: true })).muting, true);
  assert.equal((await v1.mutes.list()).length, 1);
  await them.unmute();
  assert.equal((await v1.accounts.$select(carol.id).block()).blocking, true);
  assert.equal((await v1.blocks.list()).length, 1);
  await v1.accounts.$select(carol.id).unblock();
  await v1.domainBlocks.create({ domain: "spam.test" });
  assert.deepEqual(await v1.domainBlocks.list(), ["spam.test"]);
  await alice.plain.get("/api/v1/domain_blocks/preview?domain=spam.test");
  await v1.domainBlocks.remove({ domain: "spam.test" });

  await v1.accounts.updateCredentials({ locked: true });
  for (const who of [bob, carol]) {
    await who.masto.v1.accounts.$select(alice.id).unfollow();
    assert.equal((await who.masto.v1.accounts.$select(alice.id).follow()).requested, true);
  }
  assert.equal((await v1.followRequests.list()).length, 2);
  assert.equal((await v1.followRequests.$select(bob.id).authorize()).followedBy, true);
  assert.equal((await v1.followRequests.$select(carol.id).reject()).followedBy, false);
  await them.removeFromFollowers();
  assert.equal((await anyone.masto.v1.accounts.$select(alice.id).followers.list()).length, 0);
  await v1.accounts.updateCredentials({ locked: false });
}

/** The same once more as megalodon asks. */
export async function peopleByMegalodon({ alice, bob, carol, anyone }: Cast): Promise<void> {
  const { megalodon } = alice;
  await megalodon.verifyAccountCredentials();
  await megalodon.updateCredentials({
    display_name: "Alice",
    source: { privacy: "public", sensitive: false, language: "en" },
    fields_attributes: [{ name: "Tea", value: "Black" }, { name: "Milk", value: "No" }],
  });
  const { data } = await anyone.megalodon.getAccount(alice.id);
  assert.deepEqual(data.fields.map(({ value }) => value), ["Black", "No"]);
  await megalodon.getPreferences();
  await megalodon.lookupAccount("bob");
  await megalodon.searchAccount("bob", { limit: 3 });
  await megalodon.followAccount(bob.id, { reblog: true });
  await megalodon.getAccountFollowers(bob.id, { limit: 5 });
  await megalodon.getAccountFollowing(alice.id, { limit: 5 });
  const { data: [both] } = await megalodon.getRelationships([bob.id, carol.id]);
  assert.equal(both?.following, true);
  await megalodon.getRelationship(bob.id);
  await megalodon.setAccountNote(bob.id, "Makes coffee");
  await megalodon.pinAccount(bob.id);
  await megalodon.getEndorsements();
  await megalodon.unpinAccount(bob.id);
  await megalodon.muteAccount(carol.id, true);
  assert.equal((await megalodon.getMutes()).data.length, 1);
  await megalodon.unmuteAccount(carol.id);
  await megalodon.blockAccount(carol.id);
  assert.equal((await megalodon.getBlocks()).data.length, 1);
  await megalodon.unblockAccount(carol.id);
  await megalodon.blockDomain("spam.test");
  assert.deepEqual((await megalodon.getDomainBlocks()).data, ["spam.test"]);
  await megalodon.unblockDomain("spam.test");
  assert.deepEqual((await megalodon.getDomainBlocks()).data, []);

  await megalodon.updateCredentials({ locked: true });
  for (const who of [bob, carol]) await who.megalodon.followAccount(alice.id);
  await megalodon.getFollowRequests(10);
  await megalodon.acceptFollowRequest(bob.id);
  await megalodon.rejectFollowRequest(carol.id);
  await megalodon.updateCredentials({ locked: false });
  const { data: tag } = await megalodon.createFeaturedTag("tea");
  await megalodon.getFeaturedTags();
  await megalodon.getSuggestedTags();
  await megalodon.deleteFeaturedTag(tag.id);
  await megalodon.unfollowAccount(bob.id);
}
