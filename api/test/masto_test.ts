import assert from "node:assert/strict";
import { createOAuthAPIClient, createRestAPIClient } from "masto";
import { signIn } from "./browser.ts";
import { hasFfmpeg, seconds } from "./films.ts";
import { codeFor, pkce, verifier } from "./oauth.ts";
import type { Person } from "./person.ts";
import { picture } from "./pictures.ts";
import { newWorld, type World } from "./world.ts";

/**
 * An app written with masto.js, the most used client library, against a running server: what it is told is
 * what apps see. It signs in as apps do: registration, consent in a browser, code, token.
 */

const redirectUri = "kettle://signed-in";
const scopes = "read write follow push";

async function appOf(world: World, person: Person) {
  const anyone = createRestAPIClient({ url: world.url });
  const client = await anyone.v1.apps.create({ clientName: "Kettle", redirectUris: redirectUri, scopes });
  assert.ok(client.clientId && client.clientSecret);
  const code = await codeFor(
    await signIn(world, person),
    { client_id: client.clientId!, client_secret: client.clientSecret!, redirect_uri: redirectUri },
    { scope: scopes, ...pkce },
  );
  const token = await createOAuthAPIClient({ url: world.url }).token.create({
    grantType: "authorization_code",
    clientId: client.clientId!,
    clientSecret: client.clientSecret!,
    redirectUri,
    code,
    ...{ codeVerifier: verifier }, // its types do not know PKCE yet; it sends what it is given
  });
  return createRestAPIClient({ url: world.url, accessToken: token.accessToken });
}

Deno.test("masto.js signs in by code and PKCE, and everything it does has its effect", async () => {
  await using world = await newWorld();
  const alice = await appOf(world, await world.person("alice"));
  const bob = await appOf(world, await world.person("bob"));
  const me = await alice.v1.accounts.verifyCredentials();
  const them = await bob.v1.accounts.verifyCredentials();
  assert.equal(me.acct, "alice");

  const post = await alice.v1.statuses.create({ status: "Kettle's on, @bob #tea", visibility: "public" });
  const answer = await bob.v1.statuses.create({ status: "@alice Two sugars", inReplyToId: post.id });
  assert.equal(answer.inReplyToId, post.id);
  assert.equal(post.application?.name, "Kettle");
  assert.equal((await bob.v1.statuses.$select(post.id).favourite()).favourited, true);
  assert.equal((await bob.v1.statuses.$select(post.id).reblog()).reblog?.id, post.id);
  assert.equal((await bob.v1.statuses.$select(post.id).bookmark()).bookmarked, true);
  const edited = await alice.v1.statuses.$select(post.id).update({
    status: "Kettle's off",
    spoilerText: "sad",
  });
  assert.match(edited.content, /off/);
  assert.ok(edited.editedAt);
  assert.equal((await bob.v1.statuses.$select(post.id).history.list()).length, 2);
  assert.equal((await alice.v1.statuses.$select(post.id).source.fetch()).text, "Kettle's off");
  const context = await alice.v1.statuses.$select(post.id).context.fetch();
  assert.deepEqual(context.descendants.map((status) => status.id), [answer.id]);
  const seen = await alice.v1.statuses.$select(post.id).fetch();
  assert.deepEqual([seen.favouritesCount, seen.reblogsCount, seen.repliesCount], [1, 1, 1]);

  assert.equal((await alice.v1.accounts.$select(them.id).follow()).following, true);
  const [relationship] = await alice.v1.accounts.relationships.fetch({ id: [them.id] });
  assert.equal(relationship!.following, true);
  await world.settle();
  const told = await alice.v1.notifications.list();
  assert.deepEqual(told.map((one) => one.type).sort(), ["favourite", "mention", "reblog"]);

  const home = await alice.v1.timelines.home.list({ limit: 10 });
  assert.ok(home.some((status) => status.id === answer.id), "who is followed is at home");
  assert.ok(home.some((status) => status.reblog?.id === post.id));
  assert.equal((await bob.v1.timelines.tag.$select("tea").list()).length, 0, "the edit took the tag away");

  await alice.v1.markers.create({ home: { lastReadId: home[0]!.id } });
  assert.equal((await alice.v1.markers.fetch({ timeline: ["home"] })).home.lastReadId, home[0]!.id);
  assert.equal((await alice.v1.preferences.fetch())["posting:default:visibility"], "public");
  assert.deepEqual((await bob.v2.search.list({ q: "alice" })).accounts.map((one) => one.acct), ["alice"]);
  assert.equal((await bob.v1.accounts.lookup({ acct: "alice" })).id, me.id);
  assert.equal((await bob.v2.instance.fetch()).domain, world.ctx.config.handleDomain);

  const profile = await alice.v1.accounts.updateCredentials({
    displayName: "Alice",
    note: "Likes tea",
    fieldsAttributes: [{ name: "Tea", value: "Green" }],
  });
  assert.deepEqual([profile.displayName, profile.fields[0]?.name], ["Alice", "Tea"]);

  await alice.v1.statuses.$select(post.id).remove();
  await assert.rejects(() => bob.v1.statuses.$select(post.id).fetch(), /not found/i);
});

Deno.test("masto.js pages through a timeline by its links, to the end and no further", async () => {
  await using world = await newWorld();
  const alice = await appOf(world, await world.person("alice"));
  for (let n = 0; n < 25; n++) await alice.v1.statuses.create({ status: `Post ${n}` });
  const seen: string[] = [];
  let pages = 0;
  for await (const page of alice.v1.timelines.home.list({ limit: 10 })) {
    seen.push(...page.map((status) => status.content));
    assert.ok(++pages < 10);
  }
  assert.deepEqual(seen, Array.from({ length: 25 }, (_, n) => `<p>Post ${24 - n}</p>`));
});

Deno.test("masto.js uploads pictures, waits for film, posts both, and sets an avatar", async () => {
  await using world = await newWorld();
  const alice = await appOf(world, await world.person("alice"));
  const file = new File([await picture({ width: 300, height: 200, format: "png" })], "kea.png");
  const media = await alice.v2.media.create({ file, description: "A kea", focus: "0.1,0.2" });
  assert.deepEqual([media.type, media.description, media.meta?.focus], ["image", "A kea", {
    x: 0.1,
    y: 0.2,
  }]);
  const changed = await alice.v1.media.$select(media.id).update({ description: "The kea" });
  assert.equal(changed.description, "The kea");
  const post = await alice.v1.statuses.create({ status: "Look", mediaIds: [media.id] });
  assert.equal(post.mediaAttachments[0]?.url, media.url);
  const edited = await alice.v1.statuses.$select(post.id).update({
    status: "Look again",
    mediaIds: [media.id],
    mediaAttributes: [{ id: media.id, description: "Kea" }],
  });
  assert.equal(edited.mediaAttachments[0]?.description, "Kea");
  const profile = await alice.v1.accounts.updateCredentials({ avatar: file, header: file });
  assert.match(profile.avatar, /\/media\/[0-9a-f]{32}\/original\.webp$/);
  const about = await alice.v2.instance.fetch();
  assert.ok(about.configuration.mediaAttachments.supportedMimeTypes.includes("image/webp"));
  if (!hasFfmpeg) return;

  const working = new AbortController();
  const worker = (async () => {
    while (!working.signal.aborted) await world.settle();
  })();
  // It asks again and again until the film is ready.
  const film = await alice.v2.media.create({ file: new File([await seconds.webm()], "bars.webm") });
  working.abort();
  await worker;
  assert.equal(film.type, "video");
  const shown = await alice.v1.statuses.create({ status: "Bars", mediaIds: [film.id] });
  assert.match(shown.mediaAttachments[0]?.url ?? "", /original\.mp4$/);
});
