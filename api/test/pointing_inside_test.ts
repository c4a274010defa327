import assert from "node:assert/strict";
import { type JsonObject, publicUri } from "../src/base/activitystreams.ts";
import { resolveHandle } from "../src/accounts/remote.ts";
import { documentAnswer, newElsewhere, type Stranger } from "./elsewhere.ts";
import type { Person } from "./person.ts";
import { newWorld, type World } from "./world.ts";

/**
 * Whoever is followed here may write what they like, and nearly everything in it may be an address: of somewhere inside
 * our network, for instance. Each way is gone twice. Where inside is forbidden, as it is everywhere but in tests, nobody
 * there hears of it; where it is allowed somebody does, or the way would not lead there at all.
 */

interface Scene {
  world: World;
  /** She follows mallory. */
  alice: Person;
  mallory: Stranger;
  /** An address inside: `http://127.0.0.1:PORT`. */
  inside: string;
}

const ways: Record<string, (scene: Scene) => Promise<unknown>> = {
  "a boost": does("Announce", ({ inside }) => `${inside}/notes/1`),
  "a post that is named by its address alone": does("Create", ({ inside }) => `${inside}/notes/2`),
  "an edit that is": does("Update", ({ inside }) => `${inside}/notes/3`),
  "what a post answers": writes(({ inside }) => ({ inReplyTo: `${inside}/notes/4` })),
  "what a post quotes": writes(({ inside }) => ({ quoteUrl: `${inside}/notes/5` })),
  "whom a post mentions": writes(({ inside }) => ({
    tag: [{ type: "Mention", href: `${inside}/users/x`, name: "@x" }],
  })),
  "a pin": does("Add", ({ inside }) => `${inside}/notes/6`, ({ mallory }) => ({
    target: `${mallory.uri}/featured`,
  })),
  "a move": does("Move", ({ mallory }) => mallory.uri, ({ inside }) => ({ target: `${inside}/users/y` })),

  "a picture in a post": async (scene) => {
    await writes(({ inside }) => ({
      attachment: [{ type: "Document", mediaType: "image/png", url: `${inside}/picture.png` }],
    }))(scene);
    await looksAt(scene, ([status]) => status.media_attachments[0].url);
  },
  "an emoji in a post": async (scene) => {
    await writes(({ inside }) => ({
      content: ":tea:",
      tag: [{ type: "Emoji", name: ":tea:", icon: { type: "Image", url: `${inside}/tea.png` } }],
    }))(scene);
    await looksAt(scene, ([status]) => status.emojis[0].url);
  },
  "a picture of somebody": async (scene) => {
    await becomes(scene, { icon: { type: "Image", url: `${scene.inside}/face.png` } });
    await looksAt(scene, ([status]) => status.account.avatar);
  },
  "an inbox": async (scene) => {
    await becomes(scene, { endpoints: { sharedInbox: `${scene.inside}/inbox` } });
    await scene.alice.says("@mallory@evil.test Are you there?");
  },

  "a link in a member's own post": ({ alice, inside }) => alice.says(`Look: ${inside}/page`),
  "a link on a member's own profile": ({ alice, inside }) =>
    alice.patch("/api/v1/accounts/update_credentials", {
      fields_attributes: [{ name: "Home", value: `${inside}/home` }],
    }),
  "a post that a member looks for": ({ alice, inside }) =>
    alice.get("/api/v2/search", { q: `${inside}/notes/7`, resolve: "true" }),
  "somebody whom a member looks for": ({ alice, inside }) =>
    alice.get("/api/v2/search", { q: `@x@${new URL(inside).host}`, resolve: "true" }),
};

Deno.test("wherever people point, and whatever members look at, nobody inside is asked", async () => {
  await using evil = newElsewhere("evil.test");
  const mallory = await evil.person("mallory");
  const honest = { ...mallory.document, featured: `${mallory.uri}/featured` };
  const asked: string[] = [];
  await using trap = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, ({ url }) => {
    asked.push(new URL(url).pathname);
    return documentAnswer({});
  });
  const host = `127.0.0.1:${trap.addr.port}`;
  for (const [allowed, may] of [[".test", false], [`.test,${host}`, true]] as const) {
    await using world = await newWorld({ settings: { ALLOW_LOOPBACK: allowed } });
    const scene = { world, mallory, inside: `http://${host}`, alice: await world.person("alice") };
    Object.assign(mallory.document, honest, { icon: undefined });
    const { id } = await resolveHandle(world.ctx, "mallory@evil.test");
    await scene.alice.post(`/api/v1/accounts/${id}/follow`);
    await world.settle();
    await mallory.sends(world, mallory.does("Accept", { type: "Follow", actor: scene.alice.account.uri }));
    assert.deepEqual(asked, []);
    for (const [name, goes] of Object.entries(ways)) {
      await goes(scene);
      await world.settle();
      assert.equal(asked.length > 0, may, `${name}: ${asked.length === 0 ? "nobody was" : asked} asked`);
      asked.length = 0;
    }
  }
});

/** mallory does something, and it is taken. */
function does(
  type: string,
  object: (scene: Scene) => JsonObject | string,
  more: (scene: Scene) => JsonObject = () => ({}),
): (scene: Scene) => Promise<void> {
  return async (scene) => {
    const { mallory, world } = scene;
    const activity = mallory.does(type, object(scene), { to: [publicUri], ...more(scene) });
    assert.equal(await mallory.sends(world, activity), 202);
    await world.settle();
  };
}

/** mallory writes something to everybody. */
function writes(more: (scene: Scene) => JsonObject): (scene: Scene) => Promise<void> {
  return does("Create", (scene) => ({
    id: `${scene.mallory.home.url}/notes/${crypto.randomUUID()}`,
    type: "Note",
    attributedTo: scene.mallory.uri,
    content: "Look",
    to: [publicUri],
    ...more(scene),
  }));
}

/** mallory is somebody else from now on. */
async function becomes({ mallory, world }: Scene, more: JsonObject): Promise<void> {
  Object.assign(mallory.document, more);
  assert.equal(await mallory.sends(world, mallory.does("Update", mallory.document)), 202);
  await world.settle();
}

/** alice's app loads what stands there in her home. */
// deno-lint-ignore no-explicit-any
async function looksAt({ alice, world }: Scene, url: (home: any[]) => string): Promise<void> {
  const { json } = await alice.get("/api/v1/timelines/home");
  const shown = url(json);
  assert.ok(shown.startsWith(world.ctx.config.baseUrl), "pictures come through us");
  await alice.get(shown.slice(world.ctx.config.baseUrl.length));
}
