import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { met, type Neighbours, newNeighbours, sees } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { deleteAccount } from "./delete.ts";
import { addAlias, comeBack, moveAccount, removeAlias } from "./move.ts";
import { fetchAccount } from "./remote.ts";
import { renameAccount } from "./rename.ts";
import { accountById, accountByUri } from "./store.ts";
import { suspend, unsuspend } from "./suspend.ts";

/** Alice, who lives here, and rimu, who lives elsewhere and follows her. */
async function followed(both: Neighbours) {
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  return { alice, rimu };
}

/** Alice as the other server shows her. */
async function shown(world: World, { account }: Person) {
  const known = await accountByUri(world.ctx.db, account.uri);
  return (await world.visit(`/api/v1/accounts/${known!.id}`)).json;
}

/** Whom somebody follows, by handle. */
async function following(who: Person): Promise<string[]> {
  const { json } = await who.get(`/api/v1/accounts/${who.id}/following`);
  return json.map(({ acct }: { acct: string }) => acct).sort();
}

Deno.test("a new profile is seen on the servers of those who follow", async () => {
  await using both = await newNeighbours();
  const { alice } = await followed(both);
  await alice.patch("/api/v1/accounts/update_credentials", {
    display_name: "Alice <b>",
    note: "Bakes & reads",
    locked: true,
    bot: true,
    fields_attributes: [{ name: "Kai", value: "bread" }],
  });
  await both.settle();
  const there = await shown(both.there, alice);
  assert.deepEqual(
    [there.display_name, there.note, there.locked, there.bot],
    ["Alice <b>", "<p>Bakes &amp; reads</p>", true, true],
  );
  assert.deepEqual(there.fields, [{ name: "Kai", value: "bread", verified_at: null }]);
});

Deno.test("a renamed account keeps its followers, and is called anew where they live", async () => {
  await using both = await newNeighbours();
  const { alice, rimu } = await followed(both);
  await renameAccount(both.here.ctx, alice.account, "alison");
  await both.settle();
  const domain = both.here.ctx.config.handleDomain;
  const there = await shown(both.there, alice);
  assert.deepEqual(
    [there.acct, there.uri, there.url],
    [`alison@${domain}`, alice.account.uri, `${both.here.ctx.config.baseUrl}/@alison`],
  );
  const status = await alice.says("Under a new name");
  await both.settle();
  assert.equal((await sees(rimu, status)).account.acct, `alison@${domain}`);
  assert.deepEqual(await following(rimu), [`alison@${domain}`]);
});

Deno.test("a deleted account is gone on every server that knew it, with all that it said", async () => {
  await using both = await newNeighbours();
  const { alice, rimu } = await followed(both);
  const totara = await both.there.person("totara");
  await both.follows(alice, totara);
  const status = await alice.says("Soon gone");
  await both.settle();
  assert.ok(await sees(rimu, status));

  await deleteAccount(both.here.ctx, alice.account);
  await both.settle();

  assert.equal(await sees(rimu, status), undefined);
  assert.deepEqual(await following(rimu), []);
  assert.equal((await both.there.visit(`/api/v1/accounts/${totara.id}`)).json.followers_count, 0);
  const known = await accountByUri(both.there.ctx.db, alice.account.uri);
  assert.equal((await both.there.visit(`/api/v1/accounts/${known!.id}`)).status, 404);
  await assert.rejects(fetchAccount(both.there.ctx, alice.account.uri), { name: "Gone" });
});

Deno.test("a suspended account is empty elsewhere, too, and comes back whole", async () => {
  await using both = await newNeighbours();
  const { alice } = await followed(both);
  await alice.patch("/api/v1/accounts/update_credentials", { display_name: "Alice" });
  await suspend(both.here.ctx, alice.account);
  await both.settle();
  assert.equal((await shown(both.there, alice)).display_name, "");
  await unsuspend(both.here.ctx, alice.account);
  await both.settle();
  assert.equal((await shown(both.there, alice)).display_name, "Alice");
});

Deno.test("whoever moves to another server takes the followers of all servers along", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const { alice, rimu } = await followed(both);
  const [bob, alicia] = [await here.person("bob"), await there.person("alicia")];
  await bob.post(`/api/v1/accounts/${alice.id}/follow`, { notify: true, reblogs: false });
  const aliciaHere = await met(here, alicia);
  await assert.rejects(moveAccount(here.ctx, alice.account, aliciaHere), /add that alias over there first/);

  await addAlias(there.ctx, alicia.account, await met(there, alice));
  await moveAccount(
    here.ctx,
    alice.account,
    await fetchAccount(here.ctx, aliciaHere.uri, { maxAge: { seconds: 0 } }),
  );
  await both.settle();

  assert.deepEqual(await following(rimu), ["alicia"]);
  assert.deepEqual(await following(bob), [`alicia@${there.ctx.config.handleDomain}`]);
  const { json: [kept] } = await bob.get(`/api/v1/accounts/relationships?id[]=${aliciaHere.id}`);
  assert.deepEqual([kept.following, kept.notifying, kept.showing_reblogs], [true, true, false]);
  assert.equal((await here.visit(`/api/v1/accounts/${alice.id}`)).json.moved.uri, alicia.account.uri);
  const page = await here.visit("/@alice", { headers: { accept: "text/html" } });
  assert.ok(page.text.includes(`moved to <a href="/@alicia@${there.ctx.config.handleDomain}">`));
  const old = await shown(there, alice);
  assert.deepEqual([old.moved.acct, old.moved.moved, old.followers_count], ["alicia", undefined, 0]);

  await comeBack(here.ctx, (await accountById(here.ctx.db, alice.id))!);
  assert.equal((await here.visit(`/api/v1/accounts/${alice.id}`)).json.moved, undefined);
});

Deno.test("whoever moves here from another server brings the followers along who live here", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, bob] = [await here.person("alice"), await here.person("bob")];
  const rimu = await there.person("rimu");
  await both.follows(bob, rimu);
  await both.follows(alice, rimu);
  await addAlias(here.ctx, alice.account, await met(here, rimu));
  const aliceThere = await fetchAccount(there.ctx, alice.account.uri, { maxAge: { seconds: 0 } });
  await moveAccount(there.ctx, rimu.account, aliceThere);
  await both.settle();
  assert.deepEqual(await following(bob), ["alice"]);
  const handle = `rimu@${there.ctx.config.handleDomain}`;
  assert.deepEqual(await following(alice), [handle], "nobody follows themselves");
});

Deno.test("an alias is told as long as it holds", async () => {
  await using both = await newNeighbours();
  const { alice, rimu } = await followed(both);
  const rimuHere = await met(both.here, rimu);
  const aliases = async () => {
    const { json } = await both.here.visit(`/ap/actors/${alice.id}`, activity);
    return json.alsoKnownAs;
  };
  await addAlias(both.here.ctx, alice.account, rimuHere);
  assert.deepEqual(await aliases(), [rimu.account.uri]);
  await removeAlias(both.here.ctx, alice.account, rimuHere);
  assert.equal(await aliases(), undefined);
});

Deno.test("nobody changes, moves or deletes somebody else", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const [alice, tui] = [await world.person("alice"), await home.person("tui")];
  const mallory = await home.person("mallory");
  const tuiHere = await fetchAccount(world.ctx, tui.uri);
  const malloryHere = await fetchAccount(world.ctx, mallory.uri);
  await alice.post(`/api/v1/accounts/${tuiHere.id}/follow`);
  await tui.sends(world, tui.does("Accept", { type: "Follow", actor: alice.account.uri, object: tui.uri }));
  await world.settle();
  assert.deepEqual(await following(alice), ["tui@elsewhere.test"]);

  const forged = { ...tui.document, name: "Owned" };
  for (
    const activity of [
      mallory.does("Update", forged),
      mallory.does("Delete", tui.uri),
      mallory.does("Move", tui.uri, { target: mallory.uri }),
      mallory.does("Move", mallory.uri, { target: tui.uri }),
      tui.does("Move", tui.uri, { target: mallory.uri }),
      tui.does("Delete", alice.account.uri),
      tui.does("Update", { ...forged, id: alice.account.uri }),
    ]
  ) {
    await (activity.actor === tui.uri ? tui : mallory).sends(world, activity);
  }
  await world.settle();
  assert.deepEqual(await following(alice), ["tui@elsewhere.test"]);
  const { json } = await world.visit(`/api/v1/accounts/${tuiHere.id}`);
  assert.deepEqual([json.display_name, json.moved], ["tui", undefined]);
  assert.equal((await world.visit(`/api/v1/accounts/${alice.id}`)).status, 200);
  assert.equal((await accountById(world.ctx.db, malloryHere.id))?.movedToId, null);
});

Deno.test("what an update says counts only as far as its server stands by it", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const tui = await home.person("tui");
  const { id } = await fetchAccount(world.ctx, tui.uri);
  await tui.sends(world, tui.does("Update", { ...tui.document, name: "Only said" }));
  await world.settle();
  assert.equal((await world.visit(`/api/v1/accounts/${id}`)).json.display_name, "tui");
  tui.document.name = "Tūī";
  await tui.sends(world, tui.does("Update", { ...tui.document, name: "Only said" }));
  await world.settle();
  assert.equal((await world.visit(`/api/v1/accounts/${id}`)).json.display_name, "Tūī");
});

const activity = { headers: { accept: "application/activity+json" } };
