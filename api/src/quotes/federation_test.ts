import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { idIn, newNeighbours, sees } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { newWorld } from "../../test/world.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";

Deno.test("a quote waits for its author's consent on the other server, and shows on both once it is there", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  const totara = await there.person("totara");
  await both.follows(rimu, alice);
  await both.follows(alice, totara);
  const fine = await alice.says("A fine day");
  await both.settle();
  const quoted = await idIn(there, fine);
  const quoting = await rimu.says("Indeed", { quoted_status_id: quoted });
  assert.deepEqual(quoting.quote, { state: "pending", quoted_status: null });
  await both.settle();
  assert.equal((await sees(rimu, quoting)).quote.quoted_status.uri, fine.uri);
  const seen = await sees(alice, quoting);
  assert.deepEqual([seen.quote.state, seen.quote.quoted_status.id], ["accepted", fine.id]);
  assert.ok(!seen.content.includes("quote-inline"));
  const { json: [told] } = await alice.get("/api/v1/notifications", { "types[]": "quote" });
  assert.equal(told.status.uri, quoting.uri);
  assert.equal((await sees(alice, fine)).quotes_count, 1);

  const { json: note } = await there.visit(new URL(quoting.uri).pathname, asServer);
  const stamp = await here.visit(new URL(note.quoteAuthorization).pathname, asServer);
  assert.deepEqual([note.quote, note.quoteUrl, note._misskey_quote, note.quoteUri], Array(4).fill(fine.uri));
  assert.match(note.content, /^<p class="quote-inline">RE: /);
  assert.equal(note.tag.find((tag: JsonObject) => tag.type === "Link").href, fine.uri);
  const { type, attributedTo, interactingObject, interactionTarget } = stamp.json;
  assert.deepEqual([type, attributedTo], ["QuoteAuthorization", alice.account.uri]);
  assert.deepEqual([interactingObject, interactionTarget], [quoting.uri, fine.uri]);

  // Whoever comes later, asks for the stamp.
  const other = await totara.says("I say so, too", { quoted_status_id: quoted });
  await both.settle();
  assert.equal((await sees(alice, other)).quote.state, "accepted");

  await alice.post(`/api/v1/statuses/${fine.id}/quotes/${await idIn(here, quoting)}/revoke`);
  await both.settle();
  assert.deepEqual((await sees(rimu, quoting)).quote, { state: "revoked", quoted_status: null });
  assert.equal((await here.visit(new URL(note.quoteAuthorization).pathname, asServer)).status, 404);
  assert.equal((await there.visit(new URL(quoting.uri).pathname, asServer)).json.quote, undefined);
  assert.equal((await sees(totara, other)).quote.state, "accepted");
});

Deno.test("who may quote on another server is held there and here", async () => {
  await using both = await newNeighbours();
  const { here, there } = both;
  const [alice, rimu] = [await here.person("alice"), await there.person("rimu")];
  const totara = await there.person("totara");
  await both.follows(rimu, alice);
  const circle = await alice.says("For friends", { quote_approval_policy: "followers" });
  const mine = await alice.says("Mine", { quote_approval_policy: "nobody" });
  await both.settle();
  const approval = async (who: Person, post: { uri: string }) => (await sees(who, post)).quote_approval;
  assert.deepEqual(await approval(rimu, circle), {
    ...{ automatic: ["followers"], manual: [], current_user: "automatic" },
  });
  assert.equal((await approval(totara, circle)).current_user, "denied");
  assert.equal((await approval(rimu, mine)).current_user, "denied");
  const path = "/api/v1/statuses";
  const id = await idIn(there, mine);
  assert.equal((await rimu.post(path, { status: "See", quoted_status_id: id })).status, 404);

  // Its author changes their mind before the question comes: then it is no.
  const open = await idIn(there, circle);
  const quoting = await rimu.says("See", { quoted_status_id: open });
  await here.pool.query(`update posts set policy = '{"quote": {"automatic": [], "manual": []}}'`);
  await both.settle();
  assert.deepEqual((await sees(rimu, quoting)).quote, { state: "rejected", quoted_status: null });
  await alice.put(`/api/v1/statuses/${mine.id}/interaction_policy`, { quote_approval_policy: "public" });
  await both.settle();
  assert.equal((await approval(rimu, mine)).current_user, "automatic");
});

Deno.test("quotes of other programs are read in all their words, and none is shown against its author's will", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const mallory = await elsewhere.person("mallory");
  const fine = await alice.says("A fine day");
  const mine = await alice.says("Mine", { quote_approval_policy: "nobody" });
  let notes = 0;
  const note = (more: JsonObject): JsonObject & { id: string } => ({
    id: `${elsewhere.url}/notes/${++notes}`,
    ...{ type: "Note", attributedTo: rimu.uri, to: [publicUri, alice.account.uri], ...more },
  });
  const takes = async (more: JsonObject) => {
    const object = note({ content: "<p>See this</p>", ...more });
    elsewhere.serve(new URL(object.id).pathname, { "@context": context, ...object });
    assert.equal(await rimu.sends(world, rimu.does("Create", object)), 202);
    await world.settle();
    const shown = await seesByUri(alice, object.id);
    return [shown.quote?.state, shown.quote?.quoted_status?.id, shown.content];
  };
  const span = `<p>See this<br><br><span class="quote-inline">RE: <a href="${fine.url}">x</a></span></p>`;
  const see = "<p>See this</p>";
  const told = ["accepted", fine.id, see];
  assert.deepEqual(await takes({ _misskey_quote: fine.uri, quoteUrl: fine.uri, content: span }), told);
  assert.deepEqual(await takes({ quoteUri: fine.uri }), told);
  assert.deepEqual(await takes({ tag: [{ type: "Link", href: fine.uri, mediaType, name: "RE: x" }] }), told);
  assert.deepEqual(await takes({ quoteUrl: mine.uri }), ["pending", undefined, see]);
  assert.deepEqual(await takes({ quote: fine.uri }), ["pending", undefined, see]);
  assert.deepEqual(await takes({ quote: { type: "Tombstone" } }), [undefined, undefined, see]);
  assert.deepEqual(await takes({ quoteUrl: "https://nowhere.test/1" }), ["pending", undefined, see]);

  // What Mastodon asks. Nobody asks for others.
  const instrument = note({ quote: fine.uri, content: see });
  const asks = (who: typeof rimu, what: JsonObject, of: string) =>
    who.sends(world, who.does("QuoteRequest", of, { instrument: what }));
  elsewhere.serve(new URL(instrument.id).pathname, { "@context": context, ...instrument });
  await asks(mallory, instrument, fine.uri);
  await world.settle();
  assert.equal(await seesByUri(alice, instrument.id), undefined);
  await asks(rimu, instrument, fine.uri);
  await world.settle();
  assert.equal((await seesByUri(alice, instrument.id)).quote.state, "accepted");

  // A stamp that somebody else made says nothing.
  const stamp = { id: `${elsewhere.url}/stamps/1`, type: "QuoteAuthorization", attributedTo: rimu.uri };
  elsewhere.serve("/stamps/1", { "@context": context, ...stamp, interactionTarget: fine.uri });
  const forged = await takes({ quote: fine.uri, quoteAuthorization: stamp.id });
  assert.deepEqual(forged, ["pending", undefined, see]);
});

const context = ["https://www.w3.org/ns/activitystreams"];
const mediaType = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
const asServer = { headers: { accept: "application/activity+json" } };

/** A post by its address, as somebody sees it; undefined where it has not come. */
async function seesByUri(who: Person, uri: string) {
  const { json } = await who.get("/api/v2/search", { q: uri, resolve: "false", type: "statuses" });
  return json.statuses[0];
}
