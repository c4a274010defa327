import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newWorld, type World } from "../../test/world.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import { publicUri } from "../base/activitystreams.ts";
import { resolveHandle } from "../accounts/remote.ts";
import { readRemoteName, toldTo } from "./addresses.ts";

const picture = {
  type: "Document",
  mediaType: "image/jpeg",
  url: "http://elsewhere.test/files/kea.jpg",
  name: "A kea on a car",
  blurhash: "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",
  focalPoint: [0.5, -0.25],
  width: 1200,
  height: 800,
};

Deno.test("what a post from elsewhere shows is seen as its server describes it, through addresses of ours", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const { status } = await posted(world, elsewhere, [
    picture,
    {
      type: "Image",
      url: [{ type: "Link", href: "http://elsewhere.test/b", mediaType: "image/png" }],
      summary: "B",
    },
    {
      type: "Video",
      mediaType: "video/mp4",
      url: "http://elsewhere.test/c.mp4",
      duration: "PT1M2S",
      icon: icon("c.jpg"),
    },
    { type: "Audio", mediaType: "audio/ogg", url: "http://elsewhere.test/d.ogg" },
    { type: "Document", mediaType: "application/pdf", url: "http://elsewhere.test/e.pdf" },
    { type: "Link", href: "http://elsewhere.test/page" },
    { type: "Link", href: "http://elsewhere.test/g.webp", mediaType: "image/webp" },
    { type: "PropertyValue", name: "x", value: "y" },
    { type: "Image", url: "javascript:alert(1)" },
    picture,
  ]);

  const media = status.media_attachments;
  assert.deepEqual(media.map((one: { type: string }) => one.type), [
    "image",
    "image",
    "video",
    "audio",
    "unknown",
    "image",
  ]);
  const [kea, b, film] = media;
  assert.deepEqual([kea.remote_url, kea.description, kea.blurhash], [
    picture.url,
    picture.name,
    picture.blurhash,
  ]);
  assert.deepEqual(kea.meta, {
    original: { width: 1200, height: 800, size: "1200x800", aspect: 1.5 },
    focus: { x: 0.5, y: -0.25 },
  });
  assert.deepEqual([b.remote_url, b.description], ["http://elsewhere.test/b", "B"]);
  assert.deepEqual([film.meta, film.preview_remote_url], [
    { original: { duration: 62 } },
    "http://elsewhere.test/c.jpg",
  ]);
  assert.equal(media[4].url, "http://elsewhere.test/e.pdf");

  const signed = new RegExp(`^${world.ctx.config.baseUrl}/media/remote/([^/]+)/([^/]{22})$`);
  const [, name = "", signature = ""] = kea.url.match(signed);
  const thing = readRemoteName(name)!;
  assert.deepEqual(thing, { what: "attachment", id: kea.id, isSmall: false });
  assert.equal(toldTo(world.ctx, thing, picture.url, signature), "members");
  assert.equal(toldTo(world.ctx, thing, `${picture.url}?`, signature), undefined, "of another address");
  assert.equal(toldTo(world.ctx, { ...thing, id: "1" }, picture.url, signature), undefined, "of another one");
  assert.equal(kea.preview_url, `${kea.url.replace(name, `${name}-small`)}`);
  assert.match(film.preview_url, signed);
});

Deno.test("an edit elsewhere changes what its post shows, and the history shows what it was", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const { status, note, rimu, alice } = await posted(world, elsewhere, [picture]);
  const other = { ...picture, url: "http://elsewhere.test/files/tui.jpg", name: "A tūī" };
  const edited = {
    ...note,
    updated: new Date().toISOString(),
    attachment: [other, { ...picture, name: "A kea" }],
  };
  await rimu.sends(world, rimu.does("Update", edited));
  await world.settle();

  const { json } = await alice.get(`/api/v1/statuses/${status.id}`);
  assert.deepEqual(said(json), ["A tūī", "A kea"]);
  assert.equal(json.media_attachments[1].id, status.media_attachments[0].id);
  const { json: history } = await alice.get(`/api/v1/statuses/${status.id}/history`);
  assert.deepEqual(history.map(said), [["A kea on a car"], ["A tūī", "A kea"]]);
});

Deno.test("pictures of people elsewhere are shown through addresses of ours, until they have none", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  Object.assign(rimu.document, { icon: icon("rimu.gif"), image: ["http://elsewhere.test/hills.jpg"] });
  const { id } = await resolveHandle(world.ctx, "rimu@elsewhere.test");
  const shown = async () => (await world.visit(`/api/v1/accounts/${id}`)).json;
  const account = await shown();
  assert.match(account.avatar, new RegExp(`/media/remote/avatar-${id}/`));
  assert.match(account.avatar_static, new RegExp(`/media/remote/avatar-${id}-small/`));
  assert.match(account.header, new RegExp(`/media/remote/header-${id}/`));

  await world.pool.query("update accounts set suspended_at = now() where id = $1", [id]);
  assert.match((await shown()).avatar, /\/assets\/avatar\.png$/);
  await world.pool.query("update accounts set suspended_at = null where id = $1", [id]);
  delete rimu.document.icon;
  await rimu.sends(world, rimu.does("Update", rimu.uri));
  await world.settle();
  assert.match((await shown()).avatar, /\/assets\/avatar\.png$/);
});

Deno.test("a page of posts that show something takes as many queries as one post", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const { alice, status, rimu, note } = await posted(world, elsewhere, [picture]);
  const one = await world.countQueries(() => alice.get(`/api/v1/accounts/${status.account.id}/statuses`));
  for (let n = 0; n < 5; n++) {
    await rimu.sends(world, rimu.does("Create", { ...note, id: `${note.id}/${n}`, attachment: [picture] }));
  }
  await world.settle();
  const many = await world.countQueries(async () => {
    const { json } = await alice.get(`/api/v1/accounts/${status.account.id}/statuses`);
    assert.equal(json.length, 6);
  });
  assert.equal(many, one);
});

function icon(file: string): JsonObject {
  return { type: "Image", mediaType: "image/png", url: `http://elsewhere.test/${file}` };
}

function said({ media_attachments }: { media_attachments: { description: string }[] }): string[] {
  return media_attachments.map((one) => one.description);
}

/** A post of rimu's, whom alice follows, that shows this. */
async function posted(world: World, elsewhere: ReturnType<typeof newElsewhere>, attachment: JsonObject[]) {
  const alice = await world.person("alice");
  const rimu = await elsewhere.person("rimu");
  const { id } = await resolveHandle(world.ctx, "rimu@elsewhere.test");
  await alice.post(`/api/v1/accounts/${id}/follow`);
  const [{ uri }] = (await world.pool.query("select uri from follow_requests")).rows;
  await rimu.sends(
    world,
    rimu.does("Accept", { type: "Follow", id: uri, actor: alice.account.uri, object: rimu.uri }),
  );
  const note = {
    id: `${elsewhere.url}/notes/1`,
    type: "Note",
    attributedTo: rimu.uri,
    to: [publicUri],
    content: "<p>Look</p>",
    published: new Date().toISOString(),
    attachment,
  };
  await rimu.sends(world, rimu.does("Create", note));
  await world.settle();
  const { json: [status] } = await alice.get("/api/v1/timelines/home");
  return { status, note, rimu, alice };
}
