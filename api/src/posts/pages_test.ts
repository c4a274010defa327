import assert from "node:assert/strict";
import { signIn } from "../../test/browser.ts";
import { newWorld } from "../../test/world.ts";
import { renameAccount } from "../accounts/rename.ts";

const html = { headers: { accept: "text/html" } };

Deno.test("a visitor reads a public post in its conversation, and nothing is set or asked", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await alice.says("Does the kettle sing?");
  const reply = await bob.says("@alice It hums.", { in_reply_to_id: post.id });
  await alice.says("@bob Then it is <new>.", { in_reply_to_id: reply.id });

  const page = await world.visit(`/@bob/${reply.id}`, html);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  assert.match(page.headers.get("vary") ?? "", /Accept/);
  assert.equal(page.headers.get("set-cookie"), null);
  assert.doesNotMatch(page.text, /<form method="post"/);
  const [above, itself, below] = ["Does the kettle sing?", "It hums.", "Then it is &lt;new&gt;."].map((
    words,
  ) => page.text.lastIndexOf(words));
  assert.ok(0 < above! && above! < itself! && itself! < below!);
});

Deno.test("a post's page tells previews and other servers what it is", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.patch("/api/v1/accounts/update_credentials", { display_name: "Alice B.", indexable: true });
  const post = await alice.says('Tea & "cake" at four');
  const { text } = await world.visit(`/@alice/${post.id}`, html);

  assert.match(text, /<title>Alice B\.: “Tea &amp; [^<]*cake[^<]*at four”/);
  assert.match(text, /<meta property="og:type" content="article"/);
  assert.match(text, /<meta property="og:description" content="Tea &amp; &quot;cake&quot; at four"/);
  assert.ok(text.includes(`<meta property="og:url" content="${post.url}"`));
  assert.ok(text.includes(`<link rel="canonical" href="${post.url}"`));
  assert.ok(text.includes(`<link rel="alternate" type="application/activity+json" href="${post.uri}"`));
  assert.ok(text.includes(`<meta property="article:published_time" content="${post.created_at}"`));
  assert.doesNotMatch(text, /noindex/);
});

Deno.test("search engines are kept away unless an author lets them in, and warnings hide from previews", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const post = await alice.says("It was the butler", { spoiler_text: "How the film ends" });
  const { text } = await world.visit(`/@alice/${post.id}`, html);
  assert.match(text, /<meta name="robots" content="noindex"/);
  const head = text.slice(0, text.indexOf("</head>"));
  assert.match(head, /How the film ends/);
  assert.doesNotMatch(head, /butler/);
});

Deno.test("a post has one address: other names of its author, boosts and ids lead there", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await alice.says("Where am I?");
  const { json: boost } = await bob.post(`/api/v1/statuses/${post.id}/reblog`);
  await renameAccount(world.ctx, alice.account, "alison");

  const detours = [
    `/@alice/${post.id}`,
    `/@ALISON/${post.id}`,
    `/@alison@${world.ctx.config.handleDomain}/${post.id}`,
    `/@bob/${boost.id}`,
    `/ap/posts/${post.id}`,
  ];
  for (const detour of detours) {
    const { status, headers } = await world.visit(detour, html);
    assert.deepEqual([status, headers.get("location")], [302, `/@alison/${post.id}`], detour);
  }
  assert.equal(
    (await world.visit(`/@alice/${post.id}/history`)).headers.get("location"),
    `/@alison/${post.id}/history`,
  );
});

Deno.test("a deleted post is gone for good where everybody could see it, and else was never there", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const open = await alice.says("For all");
  const closed = await alice.says("For few", { visibility: "private" });
  const missing = await world.visit("/@alice/42", html);
  for (const { id } of [open, closed]) await alice.delete(`/api/v1/statuses/${id}`);

  assert.equal((await world.visit(`/@alice/${open.id}`, html)).status, 410);
  assert.equal((await world.visit(`/ap/posts/${open.id}`, html)).status, 410);
  const hidden = await world.visit(`/@alice/${closed.id}`, html);
  assert.deepEqual([hidden.status, missing.status], [404, 404]);
});

Deno.test("a member writes, answers, edits and deletes with plain forms", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const browser = await signIn(world, alice);

  const home = await browser.press(await browser.open("/home"), "/posts", {
    status: "Line one\nLine two",
    visibility: "unlisted",
  });
  assert.match(home.path, /^\/home#post-\d+$/);
  const [, id = ""] = home.path.match(/post-(\d+)/) ?? [];
  const { json: made } = await bob.get(`/api/v1/statuses/${id}`);
  assert.deepEqual([made.content, made.visibility, made.application], [
    "<p>Line one<br>Line two</p>",
    "unlisted",
    null,
  ]);

  const others = await signIn(world, bob);
  const answered = await others.press(await others.open(`/@alice/${id}`), "/posts");
  assert.match(answered.path, new RegExp(`^/@alice/${id}#post-\\d+$`));
  const { json: { descendants: [reply] } } = await bob.get(`/api/v1/statuses/${id}/context`);
  assert.deepEqual([reply.visibility, reply.mentions[0].acct], ["unlisted", "alice"]);

  const edit = await browser.open(`/@alice/${id}/edit`);
  assert.match(edit.html, />Line one\nLine two<\/textarea>/);
  const edited = await browser.press(edit, `/posts/${id}/edit`, { status: "One line" });
  assert.equal(edited.path, `/@alice/${id}`);
  assert.match(edited.html, /One line/);
  const history = await world.visit(`/@alice/${id}/history`, html);
  assert.match(history.text, /Line one<br>Line two/);
  assert.match(history.text, /One line/);

  const deleted = await browser.press(await browser.open(`/@alice/${id}/delete`), `/posts/${id}/delete`);
  assert.match(deleted.html, />One line<\/textarea>/);
  assert.equal((await world.visit(`/@alice/${id}`, html)).status, 410);
});

Deno.test("what is refused comes back with all that was typed, and why", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const post = await alice.says("Short enough");
  const typed = { status: "x".repeat(5_001), spoiler_text: "Long", visibility: "private", language: "fr" };

  for (const path of ["/home", `/@alice/${post.id}`]) {
    const again = await browser.press(await browser.open(path), "/posts", typed);
    assert.equal(again.status, 422);
    assert.match(again.html, /This is too long/);
    assert.match(again.html, />x{5001}<\/textarea>/);
    assert.match(again.html, /name="spoiler_text"[^>]*value="Long"/);
    assert.match(again.html, /<option value="private"[^>]*selected/);
    assert.match(again.html, /<option value="fr"[^>]*selected/);
    const mended = await browser.press(again, "/posts", { status: `Mended on ${path}` });
    assert.ok(mended.path.startsWith(`${path}#post-`), mended.path);
    assert.ok(mended.html.includes(`Mended on ${path}`));
  }

  const blank = await browser.press(await browser.open("/home"), "/posts", { status: " \n " });
  assert.deepEqual([blank.status, /Write something first/.test(blank.html)], [422, true]);

  const refused = await browser.press(
    await browser.open(`/@alice/${post.id}/edit`),
    `/posts/${post.id}/edit`,
    typed,
  );
  assert.equal(refused.status, 422);
  assert.match(refused.html, />x{5001}<\/textarea>/);
  assert.match(refused.html, /<option value="fr"[^>]*selected/);
  assert.equal((await alice.get(`/api/v1/statuses/${post.id}`)).json.edited_at, null);
});

Deno.test("an answer to what is deleted meanwhile keeps its words, for a post of its own", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await bob.says("Soon gone");
  const browser = await signIn(world, alice);
  const page = await browser.open(`/@bob/${post.id}`);
  await bob.delete(`/api/v1/statuses/${post.id}`);

  const again = await browser.press(page, "/posts", { status: "Well said" });
  assert.equal(again.status, 422);
  assert.match(again.html, />Well said<\/textarea>/);
  assert.doesNotMatch(again.html, /in_reply_to_id/);
  const posted = await browser.press(again, "/posts");
  assert.match(posted.path, /^\/home#post-/);
});

Deno.test("nobody edits, deletes or pins what is not theirs", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const [own, others] = [await alice.says("Mine"), await bob.says("Not mine")];
  const browser = await signIn(world, alice);
  for (const page of ["edit", "delete"]) {
    assert.equal((await browser.open(`/@bob/${others.id}/${page}`)).status, 404);
    const form = await browser.open(`/@alice/${own.id}/${page}`);
    const forged = { ...form, html: form.html.replaceAll(own.id, others.id) };
    assert.equal((await browser.press(forged, `/posts/${others.id}/${page}`)).status, 404);
  }
  const menu = await browser.open(`/@alice/${own.id}`);
  const forged = { ...menu, html: menu.html.replaceAll(own.id, others.id) };
  assert.equal((await browser.press(forged, `/posts/${others.id}/pin`)).status, 422);
  assert.equal((await bob.get(`/api/v1/statuses/${others.id}`)).json.content, "<p>Not mine</p>");
});

Deno.test("a form that did not come from one of our pages changes nothing", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const page = await browser.open("/home");
  for (const csrf of ["", "guessed", null]) {
    const answer = await browser.press(page, "/posts", { status: "Forged", csrf });
    assert.equal(answer.status, 403);
  }
  const { json } = await alice.get(`/api/v1/accounts/${alice.id}/statuses`);
  assert.deepEqual(json, []);
});

Deno.test("a form leads back to a page of ours, whatever it says", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  for (const back of ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "", null]) {
    const after = await browser.press(await browser.open("/home"), "/posts", { status: `To ${back}`, back });
    assert.match(after.path, /^\/home#post-/);
  }
});

Deno.test("a pinned post stands on top of its author's profile until it is taken down", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const browser = await signIn(world, alice);
  const post = await alice.says("Read this first");
  await alice.says("Newer");
  const pinned = await browser.press(await browser.open(`/@alice/${post.id}`), `/posts/${post.id}/pin`);
  assert.ok(pinned.path.startsWith(`/@alice/${post.id}`));
  const order = async () => {
    const { text } = await world.visit("/@alice", html);
    const body = text.slice(text.indexOf("<main"));
    return body.indexOf("Read this first") < body.indexOf("Newer");
  };
  assert.equal(await order(), true);
  await browser.press(await browser.open("/@alice"), `/posts/${post.id}/unpin`);
  assert.equal(await order(), false);
});
