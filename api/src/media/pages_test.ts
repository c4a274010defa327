import assert from "node:assert/strict";
import { type Browser, signIn } from "../../test/browser.ts";
import { hasFfmpeg, seconds } from "../../test/films.ts";
import { bytesAt, picture } from "../../test/pictures.ts";
import { newWorld } from "../../test/world.ts";

const file = async (name = "kea.jpg") => new File([await picture({ width: 900, height: 600 })], name);
const images = (html: string) => [...html.matchAll(/<img (?:[^">]|"[^"]*")*>/g)].map(([tag]) => tag);

/** Fills in the form on the start page, and sends it. */
async function post(browser: Browser, fields: Record<string, string | File | null>) {
  return await browser.press(await browser.open("/home"), "/posts", fields);
}

Deno.test("pictures are attached by a form, described, hidden, and shown to everybody who may see the post", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const browser = await signIn(world, alice);
  const after = await post(browser, {
    status: "",
    file_0: await file(),
    file_description_0: "A kea <on> a fence",
    file_2: await file("x.exe"),
    sensitive: "true",
  });
  assert.match(after.path, /^\/home#post-\d+$/);
  const { json: [status] } = await bob.get("/api/v1/timelines/public");
  assert.equal(status.sensitive, true);
  const described = status.media_attachments.map((one: { description: string | null }) => one.description);
  assert.deepEqual(described, ["A kea <on> a fence", null]);

  const page = await world.visit(`/@alice/${status.id}`, { headers: { accept: "text/html" } });
  const shown = images(page.text).filter((tag) => tag.includes("/media/"));
  assert.equal(shown.length, 2);
  assert.match(page.text, /<meta property="og:image" content="[^"]*\/assets\//, "hidden from previews, too");
  const { json: open } = await alice.patch(`/api/v1/statuses/${status.id}`, {
    status: "Look",
    sensitive: false,
    media_ids: status.media_attachments.map(({ id }: { id: string }) => id),
  });
  const preview = open.media_attachments[0].preview_url;
  const { text: openly } = await world.visit(`/@alice/${status.id}`, { headers: { accept: "text/html" } });
  assert.ok(openly.includes(`<meta property="og:image" content="${preview}"`));
  assert.doesNotMatch(openly, /media-warning/);
  assert.match(shown[0]!, /alt="A kea &lt;on(>|&gt;) a fence"/);
  assert.match(page.text, /<details class="post-warning media-warning">/);
  assert.match(page.text, /<summary>Description<\/summary><p dir="auto">A kea/);
  for (const { url, preview_url } of status.media_attachments) {
    assert.ok(page.text.includes(url) && page.text.includes(preview_url));
    assert.equal((await bytesAt(world.url, preview_url)).status, 200);
  }
});

Deno.test("a refused form keeps what was uploaded with it, and an edit keeps what is not taken away", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const refused = await post(browser, {
    status: "x".repeat(5_001),
    file_0: await file(),
    file_description_0: "First",
    file_1: await file(),
    sensitive: null,
  });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /First<\/textarea>/);
  const again = await browser.press(refused, "/posts", {
    status: "Shorter",
    "media_attributes[1][description]": "Second",
    file_0: new File([new TextEncoder().encode("<svg onload=alert(1)>")], "kea.jpg"),
  });
  assert.equal(again.status, 422, "no picture");
  const large = new Uint8Array(17 * 1024 * 1024);
  large.set([0xff, 0xd8, 0xff, 0xe0]);
  const tooLarge = await browser.press(refused, "/posts", { file_0: new File([large], "x.jpg") });
  assert.equal(tooLarge.status, 422);
  assert.match(tooLarge.html, /The picture is too large \(at most 16 MB\).*First<\/textarea>/s);
  assert.match(again.html, /Second<\/textarea>/);
  assert.match((await browser.press(again, "/posts")).path, /^\/home/);

  const { json: [status] } = await alice.get("/api/v1/timelines/home");
  const said = async () => {
    const { json } = await alice.get(`/api/v1/statuses/${status.id}`);
    return [json.content, ...json.media_attachments.map((one: { description: string }) => one.description)];
  };
  assert.deepEqual(await said(), ["<p>Shorter</p>", "First", "Second"]);
  const { rows: [{ count }] } = await world.pool.query("select count(*)::int from attachments");
  assert.equal(count, 2, "what was refused left nothing");

  const edit = `/posts/${status.id}/edit`;
  await browser.press(await browser.open(`/@alice/${status.id}/edit`), edit, { status: "Longer" });
  assert.deepEqual(await said(), ["<p>Longer</p>", "First", "Second"]);
  await browser.press(await browser.open(`/@alice/${status.id}/edit`), edit, {
    "media_removed[0]": status.media_attachments[0].id,
    "media_attributes[1][description]": "Only",
    file_1: await file(),
    file_description_1: "New",
  });
  assert.deepEqual(await said(), ["<p>Longer</p>", "Only", "New"]);
  const history = await browser.open(`/@alice/${status.id}/history`);
  assert.ok(["First", "Second", "New"].every((words) => history.html.includes(`alt="${words}"`)));
});

Deno.test({
  name: "a film is sent with a form, which is sent again once the film is ready",
  ignore: !hasFfmpeg,
  fn: async () => {
    await using world = await newWorld();
    const alice = await world.person("alice");
    const browser = await signIn(world, alice);
    const bars = new File([await seconds.mp4()], "bars.mp4");
    const early = await post(browser, { status: "Bars", file_0: bars, file_description_0: "Bars move" });
    assert.equal(early.status, 422);
    assert.match(early.html, /not finished processing.*Being made ready.*Bars move<\/textarea>/s);
    await world.settle();
    const after = await browser.press(early, "/posts");
    assert.match(after.html, /<video [^>]*aria-label="Bars move"/);
    const { json: [status] } = await alice.get("/api/v1/timelines/home");
    assert.equal(status.media_attachments[0].type, "video");
  },
});

Deno.test("somebody else's upload is not attached by naming it, and more than four are refused", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await post(await signIn(world, alice), { status: "Mine", file_0: await file() });
  const { json: [status] } = await alice.get("/api/v1/timelines/home");
  const browser = await signIn(world, bob);
  const stolen = await post(browser, { status: "His", "media_ids[0]": status.media_attachments[0].id });
  assert.equal(stolen.status, 422);
  assert.ok(!stolen.html.includes(status.media_attachments[0].preview_url));
  assert.equal((await bob.get("/api/v1/timelines/home")).json.length, 0);
});

Deno.test("avatar and header are uploaded and removed in the settings, and what is no picture says so beside its field", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const save = async (fields: Record<string, string | File>) =>
    await browser.press(await browser.open("/settings"), "/settings/profile", fields);
  const shown = async () => {
    const { json } = await alice.get("/api/v1/accounts/verify_credentials");
    return [json.avatar, json.header].map((url: string) => !url.includes("/assets/"));
  };
  await save({ avatar: await file(), header: await file(), header_description: "The sea" });
  assert.deepEqual(await shown(), [true, true]);
  await save({ avatar_description: "A kettle" });
  const { text } = await world.visit("/@alice", { headers: { accept: "text/html" } });
  assert.match(text, /<img class="profile-header"[^>]*alt="The sea"/);
  assert.match(text, /<img class="avatar avatar-large"[^>]*alt="A kettle"/);
  const wrong = await save({
    avatar: new File(["%PDF-1.4"], "me.png", { type: "image/png" }),
    note: "Typed",
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /id="avatar-error">.*?File is no picture that can be read/);
  assert.match(wrong.html, /Typed<\/textarea>/);
  assert.deepEqual(await shown(), [true, true]);
  await save({ avatar_removed: "true" });
  assert.deepEqual(await shown(), [false, true]);
});

Deno.test("pages load pictures from us and from where we keep them, and from nowhere else", async () => {
  await using world = await newWorld({ settings: { MEDIA_URL: "https://media.elsewhere.test" } });
  const policy = (await world.visit("/about", { headers: { accept: "text/html" } })).headers.get(
    "content-security-policy",
  );
  assert.match(policy!, /img-src 'self' data: https:\/\/media\.elsewhere\.test;/);
  assert.match(policy!, /media-src 'self' https:\/\/media\.elsewhere\.test;/);
});
