import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newNeighbours, sees } from "../../test/neighbours.ts";
import type { Person } from "../../test/person.ts";
import { picture } from "../../test/pictures.ts";
import { newWorld, type World } from "../../test/world.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import { addEmoji } from "../emoji/add.ts";

Deno.test("a post is answered with one emoji by each member, which is their favourite", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await own(world, "kea");
  const { id } = await alice.says("A fine day");

  await bob.post(`/api/v1/statuses/${id}/favourite`);
  await world.settle();
  for (const name of ["🎉", ":kea:", "☀", "kea", "kea"]) assert.equal((await put(bob, id, name)).status, 200);
  await put(alice, id, "🎉");
  const { json } = await put(alice, id, "kea");
  assert.deepEqual(shown(json), ["kea 2 me"]);
  assert.match(json.reactions[0].url, /\/media\/.+\/original\.webp$/);
  assert.deepEqual(shown((await world.visit(`/api/v1/statuses/${id}`)).json), ["kea 2"]);
  assert.equal(json.favourites_count, 2);
  await put(bob, id, "❤");
  assert.deepEqual(shown(await seen(alice, id)), ["kea 1 me", "❤️ 1"]);
  const { json: [first] } = await alice.get(`/api/v1/pleroma/statuses/${id}/reactions`);
  assert.deepEqual([first.name, first.accounts.map((one: { acct: string }) => one.acct)], ["kea", ["alice"]]);

  await world.settle();
  const { json: told } = await alice.get("/api/v1/notifications");
  assert.deepEqual(told.map((one: { type: string }) => one.type), ["favourite"]);
  for (const name of ["no", "🎉🎉", "kea@elsewhere.test", "%00"]) {
    assert.equal((await put(bob, id, name)).status, 422, name);
  }
  assert.equal((await put(bob, "1", "🎉")).status, 404);

  await bob.delete(`/api/v1/statuses/${id}/emoji_reactions/${encodeURIComponent("🎉")}`); // not the one they have
  assert.deepEqual(shown(await seen(alice, id)), ["kea 1 me", "❤️ 1"]);
  await bob.post(`/api/v1/statuses/${id}/unfavourite`);
  await alice.delete(`/api/v1/statuses/${id}/emoji_reactions/kea`);
  const last = await seen(alice, id);
  assert.deepEqual([shown(last), last.favourites_count, last.favourited], [[], 0, false]);
});

Deno.test("emojis cross to other servers and back, and so does that they are taken back", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(rimu, alice);
  await own(both.there, "kea");
  const status = await alice.says("A fine day");
  await both.settle();
  const { id } = await sees(rimu, status);
  const host = new URL(both.there.ctx.config.baseUrl).host;
  const here = async () => {
    await both.settle();
    const { favourites_count: count, ...post } = await seen(alice, status.id);
    return [count, ...shown(post)];
  };

  await rimu.post(`/api/v1/statuses/${id}/favourite`);
  assert.deepEqual(await here(), [1]);
  await put(rimu, id, "🎉");
  assert.deepEqual(await here(), [1, "🎉 1"]);
  await put(rimu, id, "kea");
  assert.deepEqual(await here(), [1, `kea@${host} 1`]);
  const { json } = await put(alice, status.id, `kea@${host}`);
  assert.deepEqual(shown(json), [`kea@${host} 2 me`]);
  assert.match(json.reactions[0].url, /\/media\/remote\/emoji-/);
  await rimu.delete(`/api/v1/statuses/${id}/emoji_reactions/kea`);
  assert.deepEqual(await here(), [1, `kea@${host} 1 me`]);
  await put(rimu, id, "🎉");
  assert.deepEqual(await here(), [2, `kea@${host} 1 me`, "🎉 1"]);
  await rimu.post(`/api/v1/statuses/${id}/unfavourite`);
  assert.deepEqual(await here(), [1, `kea@${host} 1 me`]);
});

Deno.test("what other programs answer with is understood in all their words", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const status = await alice.says("A fine day");
  const blob = {
    ...{ id: `${elsewhere.url}/emojis/blob`, type: "Emoji", name: ":blob:" },
    icon: { type: "Image", mediaType: "image/png", url: `${elsewhere.url}/blob.png` },
  };
  const pictured = (name: string): JsonObject => ({ content: name, tag: [{ ...blob, name }] });
  const cases: [type: string, more: JsonObject, shown: string[]][] = [
    ["Like", { content: "🎉", _misskey_reaction: "🎉" }, ["🎉 1"]],
    ["Like", { _misskey_reaction: "☀" }, ["☀️ 1"]],
    ["Like", { ...pictured(":blob:"), _misskey_reaction: ":blob:" }, ["blob@elsewhere.test 1"]],
    ["Like", { content: ":blob@elsewhere.test:" }, ["blob@elsewhere.test 1"]],
    ["Like", { content: "❤", _misskey_reaction: "❤" }, []],
    ["EmojiReact", { content: "❤️" }, ["❤️ 1"]],
    ["EmojiReact", pictured(":blob:"), ["blob@elsewhere.test 1"]],
    ["EmojiReact", { content: ":unknown:" }, []],
    ["EmojiReact", { content: "a long text that is no emoji" }, []],
    ["EmojiReact", { content: "🎉".repeat(10_000) }, []],
    ["EmojiReact", { content: ["🎉", 7] }, ["🎉 1"]],
    ["EmojiReact", {}, []],
  ];
  for (const [type, more, expected] of cases) {
    for (const undone of [(it: JsonObject) => it, (it: JsonObject) => String(it.id)]) {
      const reaction = rimu.does(type, status.uri, more);
      await rimu.sends(world, reaction);
      await world.settle();
      const { favourites_count: count, ...post } = await seen(alice, status.id);
      assert.deepEqual([count, shown(post)], [1, expected], JSON.stringify(more).slice(0, 200));
      await rimu.sends(world, rimu.does("Undo", undone(reaction)));
      await world.settle();
      assert.equal((await seen(alice, status.id)).favourites_count, 0, JSON.stringify(more).slice(0, 200));
    }
  }
});

Deno.test("somebody elsewhere may answer with several emojis, up to a number, and is one favourite", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const status = await alice.says("A fine day");
  const faces = async () => {
    await world.settle();
    const { favourites_count: count, ...post } = await seen(alice, status.id);
    return [count, shown(post).length];
  };
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(0x1F34A + index));
  const all = letters.map((content) => rimu.does("EmojiReact", status.uri, { content }));
  for (const one of [rimu.does("Like", status.uri), ...all]) await rimu.sends(world, one);
  assert.deepEqual(await faces(), [1, 20]);
  for (const one of all.slice(1)) await rimu.sends(world, rimu.does("Undo", one));
  assert.deepEqual(await faces(), [1, 1]);
  await rimu.sends(world, rimu.does("Undo", rimu.does("Like", status.uri)));
  assert.deepEqual(await faces(), [1, 1]);
  await rimu.sends(world, rimu.does("Undo", all[0]!));
  assert.deepEqual(await faces(), [0, 0]);
});

function put(who: Person, id: string, name: string) {
  return who.put(`/api/v1/statuses/${id}/emoji_reactions/${encodeURIComponent(name)}`);
}

async function seen(who: Person, id: string) {
  return (await who.get(`/api/v1/statuses/${id}`)).json;
}

/** `name count`, and whether the viewer is among them. */
function shown({ reactions }: { reactions?: { name: string; count: number; me: boolean }[] }): string[] {
  return reactions!.map(({ name, count, me }) => `${name} ${count}${me ? " me" : ""}`);
}

async function own(world: World, shortcode: string): Promise<void> {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, await picture());
  await addEmoji(world.ctx, { shortcode, path });
  await Deno.remove(path);
}
