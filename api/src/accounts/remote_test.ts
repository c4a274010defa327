import assert from "node:assert/strict";
import { documentAnswer, type Elsewhere, newElsewhere, post } from "../../test/elsewhere.ts";
import { cavageSigned } from "../../test/signing.ts";
import { newWorld, type World } from "../../test/world.ts";
import { activityType, type JsonObject, publicUri } from "../base/activitystreams.ts";
import { Gone, NotFound } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { fetchPost } from "../posts/remote.ts";
import { postByUri } from "../posts/store.ts";
import { fetchAccount, resolveHandle } from "./remote.ts";

/** People elsewhere: how they are found, what is believed of them, and how they are kept. */

const day = { hours: 24 };

/** Has a domain say whose a handle is. */
function fingers(home: Elsewhere, handle: string, actorUri: string, more: JsonObject = {}): void {
  home.serve(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${handle}`)}`, () =>
    Response.json({
      subject: `acct:${handle}`,
      links: [
        { rel: "http://webfinger.net/rel/profile-page", type: "text/html", href: `${home.url}/@rimu` },
        { rel: "self", type: activityType, href: actorUri },
      ],
      ...more,
    }));
}

async function accountsKnown({ pool }: World): Promise<string[]> {
  const { rows } = await pool.query(
    "select username || '@' || domain as handle from accounts where domain is not null order by 1",
  );
  return rows.map((row) => row.handle);
}

Deno.test("somebody elsewhere is fetched once, and kept as their server describes them", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  Object.assign(rimu.document, {
    type: "Group",
    name: "  Rimu\n of the <b>woods</b> ",
    summary: '<p>Hello <script>alert(1)</script><a href="https://rimu.test" onclick="x()">there</a></p>',
    attachment: [
      { type: "PropertyValue", name: "Web", value: '<a href="https://rimu.test">rimu.test</a>' },
      { type: "PropertyValue", name: "Empty", value: "" },
      { type: "IdentityProof", name: "No", value: "field" },
    ],
    manuallyApprovesFollowers: true,
    discoverable: true,
    indexable: true,
    published: "2019-05-06T07:08:09Z",
    outbox: `${rimu.uri}/outbox`,
    featured: { id: `${rimu.uri}/featured`, type: "OrderedCollection" },
    following: "https://far.test/users/somebody/following",
    alsoKnownAs: "https://far.test/users/rimu",
    url: [{ type: "Link", href: `${elsewhere.url}/rimu.rss`, mediaType: "application/rss+xml" }, {
      type: "Link",
      href: `${elsewhere.url}/@rimu`,
      mediaType: "text/html",
    }],
  });
  const account = await fetchAccount(world.ctx, rimu.uri);
  assert.deepEqual(
    [account.username, account.domain, account.uri, account.url, account.kind],
    ["rimu", "elsewhere.test", rimu.uri, `${elsewhere.url}/@rimu`, "group"],
  );
  assert.equal(account.displayName, "Rimu of the <b>woods</b>");
  assert.equal(
    account.bioHtml,
    '<p>Hello <a href="https://rimu.test" rel="nofollow noopener" target="_blank">there</a></p>',
  );
  assert.deepEqual(account.fields.map((field) => field.name), ["Web"]);
  assert.deepEqual([account.isLocked, account.isDiscoverable, account.isIndexable], [true, true, true]);
  assert.equal(account.createdAt.toString(), "2019-05-06T07:08:09Z");
  const { rows: [row] } = await world.pool.query(
    `select inbox_uri, shared_inbox_uri, outbox_uri, followers_uri, following_uri, featured_uri, also_known_as
     from accounts where id = $1`,
    [account.id],
  );
  assert.deepEqual(row, {
    inbox_uri: `${rimu.uri}/inbox`,
    shared_inbox_uri: `${elsewhere.url}/inbox`,
    outbox_uri: `${rimu.uri}/outbox`,
    followers_uri: `${rimu.uri}/followers`,
    following_uri: null,
    featured_uri: `${rimu.uri}/featured`,
    also_known_as: ["https://far.test/users/rimu"],
  });
  assert.deepEqual((await world.pool.query("select key_id from remote_keys")).rows, [{
    key_id: rimu.key.id,
  }]);

  const asked = elsewhere.asked.length;
  assert.equal((await fetchAccount(world.ctx, rimu.uri)).id, account.id);
  assert.equal((await resolveHandle(world.ctx, "@Rimu@Elsewhere.test")).id, account.id);
  assert.equal(elsewhere.asked.length, asked);
});

Deno.test("whoever asks for the same stranger at the same moment makes one request", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const found = await Promise.all(Array.from({ length: 8 }, () => fetchAccount(world.ctx, rimu.uri)));
  assert.equal(new Set(found.map((account) => account.id)).size, 1);
  assert.equal(elsewhere.asked.length, 2);
});

Deno.test("an account is read anew after a day, behind the scenes and once", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  await fetchAccount(world.ctx, rimu.uri);
  rimu.document.name = "Rimu anew";
  assert.equal((await fetchAccount(world.ctx, rimu.uri)).displayName, "rimu");
  world.pass({ hours: 25 });
  for (let count = 0; count < 3; count++) {
    assert.equal((await fetchAccount(world.ctx, rimu.uri)).displayName, "rimu", "nobody waits for it");
  }
  await world.settle();
  assert.equal((await fetchAccount(world.ctx, rimu.uri)).displayName, "Rimu anew");
  assert.equal(elsewhere.asked.filter((request) => request === "GET /users/rimu").length, 2);
  rimu.document.name = "Rimu now";
  assert.equal((await fetchAccount(world.ctx, rimu.uri, { maxAge: { seconds: 0 } })).displayName, "Rimu now");
});

Deno.test("where a server does not answer, what we know of its people stays", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  await fetchAccount(world.ctx, rimu.uri);
  elsewhere.serve("/users/rimu", () => new Response("Down", { status: 502 }));
  world.pass(day);
  world.pass({ minutes: 1 });
  await fetchAccount(world.ctx, rimu.uri);
  await world.settle();
  assert.equal((await fetchAccount(world.ctx, rimu.uri)).displayName, "rimu");
});

Deno.test("a handle leads to whom its domain says, and to nobody else", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using far = newElsewhere("far.test");
  const rimu = await elsewhere.person("rimu");
  assert.equal((await resolveHandle(world.ctx, "rimu@elsewhere.test")).uri, rimu.uri);
  fingers(far, "rimu@far.test", rimu.uri);
  await resolveHandle(world.ctx, "rimu@far.test");
  assert.deepEqual(await accountsKnown(world), ["rimu@elsewhere.test"]);
  for (const nobody of ["tane@elsewhere.test", "rimu@none.test"]) {
    await assert.rejects(resolveHandle(world.ctx, nobody), FetchFailed);
  }
  for (const nonsense of ["", "@", "rimu@", "rimu@elsewhere.test@far.test", "a b@c", "nobody"]) {
    await assert.rejects(resolveHandle(world.ctx, nonsense), NotFound);
  }
});

Deno.test("a handle may end with another domain than its server's, if that domain agrees", async () => {
  await using world = await newWorld();
  await using social = newElsewhere("social.elsewhere.test");
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await social.person("rimu");
  fingers(social, "rimu@social.elsewhere.test", rimu.uri, { subject: "acct:rimu@elsewhere.test" });
  await assert.rejects(fetchAccount(world.ctx, rimu.uri), FetchFailed);
  fingers(elsewhere, "rimu@elsewhere.test", `${social.url}/users/other`);
  await assert.rejects(fetchAccount(world.ctx, rimu.uri), /does not stand by/);
  fingers(elsewhere, "rimu@elsewhere.test", rimu.uri);
  const account = await fetchAccount(world.ctx, rimu.uri);
  assert.equal(account.domain, "elsewhere.test");
  assert.equal((await resolveHandle(world.ctx, "rimu@elsewhere.test")).id, account.id);
});

Deno.test("a document that its host does not stand by is nobody: whoever may upload files could be anyone", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const uri = `${elsewhere.url}/uploads/fake.json`;
  elsewhere.serve("/uploads/fake.json", { ...rimu.document, id: uri, inbox: `${elsewhere.url}/x` });
  await assert.rejects(fetchAccount(world.ctx, uri), /does not stand by/);
  elsewhere.serve("/uploads/fake.json", { ...rimu.document, id: uri, preferredUsername: "nobody" });
  await assert.rejects(fetchAccount(world.ctx, uri), FetchFailed);
  assert.deepEqual(await accountsKnown(world), []);
});

Deno.test("a host that redirects to another does not stand by what that one says", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using evil = newElsewhere("evil.test");
  const [rimu, mallory] = [await elsewhere.person("rimu"), await evil.person("mallory")];
  const uri = `${elsewhere.url}/leave?to=evil.test`;
  elsewhere.serve("/leave", () => Response.redirect(`${evil.url}/forged`));

  evil.serve("/forged", {
    ...{ id: uri, type: "Note", attributedTo: rimu.uri, content: "Forged", to: [publicUri] },
  });
  await assert.rejects(fetchPost(world.ctx, uri), /evil.test speaks for elsewhere.test/);
  assert.equal(await postByUri(world.ctx.db, uri), undefined);

  const key = { ...mallory.document.publicKey as JsonObject, id: `${uri}#main-key`, owner: uri };
  evil.serve("/forged", { ...mallory.document, id: uri, publicKey: key });
  const activity = { ...mallory.does("Like", "https://nowhere.test/1"), id: `${uri}#like`, actor: uri };
  const signing = { activity, keyId: `${uri}#main-key` };
  assert.equal((await post(world, await cavageSigned(world, mallory, signing))).status, 401);
  assert.deepEqual(await accountsKnown(world), []);
});

Deno.test("whoever sends us on slowly keeps us no longer than whoever does not answer", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  elsewhere.serve("/slow", () => {
    world.pass({ seconds: 11 });
    return Response.redirect(rimu.uri);
  });
  await assert.rejects(fetchAccount(world.ctx, `${elsewhere.url}/slow`), { kind: "timeout" });
  assert.deepEqual(elsewhere.asked, ["GET /slow"]);
});

Deno.test("nobody elsewhere gets a handle of ours", async () => {
  await using world = await newWorld({ settings: { HANDLE_DOMAIN: "handles.test" } });
  await using elsewhere = newElsewhere("elsewhere.test");
  await using handles = newElsewhere("handles.test");
  const alice = await elsewhere.person("alice");
  for (const domain of ["handles.test", new URL(world.ctx.config.baseUrl).host]) {
    fingers(elsewhere, "alice@elsewhere.test", alice.uri, { subject: `acct:alice@${domain}` });
    fingers(handles, "alice@handles.test", alice.uri);
    await assert.rejects(fetchAccount(world.ctx, alice.uri), FetchFailed, domain);
  }
  assert.deepEqual(await accountsKnown(world), []);
});

Deno.test("an account made anew under an old name has the name, and the old one has it no more", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const old = await fetchAccount(world.ctx, rimu.uri);
  const uri = `${elsewhere.url}/users/second`;
  elsewhere.serve("/users/second", { ...rimu.document, id: uri, publicKey: undefined });
  fingers(elsewhere, "rimu@elsewhere.test", uri);
  const anew = await fetchAccount(world.ctx, uri);
  assert.notEqual(anew.id, old.id);
  assert.equal((await resolveHandle(world.ctx, "rimu@elsewhere.test")).id, anew.id);
  assert.deepEqual(
    await accountsKnown(world),
    [`rimu.${old.id}@elsewhere.test`, "rimu@elsewhere.test"].sort(),
  );
});

Deno.test("somebody who was renamed there is renamed here", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const rimu = await elsewhere.person("rimu");
  const { id } = await fetchAccount(world.ctx, rimu.uri);
  rimu.document.preferredUsername = "kauri";
  fingers(elsewhere, "kauri@elsewhere.test", rimu.uri);
  const renamed = await fetchAccount(world.ctx, rimu.uri, { maxAge: { seconds: 0 } });
  assert.deepEqual([renamed.id, renamed.username], [id, "kauri"]);
});

Deno.test("whoever is gone there is gone here: 410, or a tombstone; 404 may pass", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const farewells: [string, () => Response, boolean][] = [
    ["gone", () => new Response("Gone", { status: 410 }), true],
    ["tombstone", () => documentAnswer({ id: `${elsewhere.url}/users/tombstone`, type: "Tombstone" }), true],
    ["missing", () => new Response("Not found", { status: 404 }), false],
  ];
  for (const [name, answer, isGone] of farewells) {
    const person = await elsewhere.person(name);
    await fetchAccount(world.ctx, person.uri);
    elsewhere.serve(`/users/${name}`, answer);
    await assert.rejects(fetchAccount(world.ctx, person.uri, { maxAge: { seconds: 0 } }));
    await world.settle();
    if (isGone) await assert.rejects(fetchAccount(world.ctx, person.uri), Gone, name);
    else assert.equal((await fetchAccount(world.ctx, person.uri)).username, name);
  }
  elsewhere.serve("/users/unknown", () => new Response("Gone", { status: 410 }));
  await assert.rejects(fetchAccount(world.ctx, `${elsewhere.url}/users/unknown`), Gone);
  assert.deepEqual(
    await accountsKnown(world),
    ["gone", "missing", "tombstone"].map((name) => `${name}@elsewhere.test`),
  );
});

Deno.test("a move is believed when the new account says so, too", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  await using far = newElsewhere("far.test");
  const [old, anew] = [await elsewhere.person("rimu"), await far.person("rimu")];
  old.document.movedTo = anew.uri;
  const movedTo = async () => {
    await fetchAccount(world.ctx, anew.uri, { maxAge: { seconds: 0 } });
    const { id } = await fetchAccount(world.ctx, old.uri, { maxAge: { seconds: 0 } });
    return (await world.pool.query("select moved_to_id from accounts where id = $1", [id])).rows[0]
      .moved_to_id;
  };
  assert.equal(await movedTo(), null);
  anew.document.alsoKnownAs = [old.uri];
  assert.equal(await movedTo(), (await fetchAccount(world.ctx, anew.uri)).id);
});

Deno.test("times that make no sense are made to", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const born = async (name: string, published: JsonObject[string]) => {
    (await elsewhere.person(name)).document.published = published;
    return (await fetchAccount(world.ctx, `${elsewhere.url}/users/${name}`)).createdAt;
  };
  assert.equal((await born("ancient", "1066-10-14T00:00:00Z")).epochMilliseconds, 0);
  for (
    const [name, published] of [["future", "3000-01-01T00:00:00Z"], ["none", null], ["list", [
      5,
      {},
    ]]] as const
  ) {
    const createdAt = await born(name, published as JsonObject[string]);
    const age = world.ctx.now().since(createdAt).total("seconds");
    assert.ok(age >= 0 && age < 60, name);
    world.pass({ hours: 25 });
    const later = await fetchAccount(world.ctx, `${elsewhere.url}/users/${name}`, { maxAge: { seconds: 0 } });
    assert.deepEqual(later.createdAt, createdAt, "nobody gets younger");
  }
});

Deno.test("whatever else a document says, it is read as far as it goes, or not at all", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const nonsense: JsonObject[string][] = [
    null,
    5,
    true,
    "",
    "\0",
    [],
    {},
    [null, [5]],
    { id: 5 },
    "x".repeat(20_000),
  ];
  const fields = [
    "name",
    "summary",
    "url",
    "outbox",
    "followers",
    "featured",
    "endpoints",
    "attachment",
    "published",
  ];
  fields.push("alsoKnownAs", "movedTo", "publicKey", "assertionMethod", "icon", "discoverable", "summaryMap");
  const rimu = await elsewhere.person("rimu");
  for (const value of nonsense) {
    for (const field of fields) rimu.document[field] = value;
    const account = await fetchAccount(world.ctx, rimu.uri, { maxAge: { seconds: 0 } });
    assert.equal(account.username, "rimu", JSON.stringify(value)?.slice(0, 40));
    assert.ok(account.displayName.length <= 500 && account.bioHtml.length <= 60_000);
  }
  for (const field of ["id", "type", "preferredUsername", "inbox"]) {
    for (const [index, value] of nonsense.entries()) {
      // A type that we don't know is somebody all the same.
      if (field === "type" && typeof value === "string") continue;
      const broken = await elsewhere.person(`broken_${field}_${index}`);
      broken.document[field] = value;
      await assert.rejects(
        fetchAccount(world.ctx, broken.uri),
        FetchFailed,
        `${field}: ${JSON.stringify(value)}`,
      );
    }
  }
  assert.deepEqual(await accountsKnown(world), ["rimu@elsewhere.test"]);
});

Deno.test("our own accounts are looked up, and never fetched", async () => {
  await using world = await newWorld();
  const alice: { account: { uri: string; id: string } } = await world.person("alice");
  assert.equal((await fetchAccount(world.ctx, alice.account.uri)).id, alice.account.id);
  assert.equal((await resolveHandle(world.ctx, "@alice")).id, alice.account.id);
  const { host } = new URL(world.ctx.config.baseUrl);
  assert.equal((await resolveHandle(world.ctx, `alice@${host}`)).id, alice.account.id);
  await assert.rejects(fetchAccount(world.ctx, `${world.ctx.config.baseUrl}/ap/actors/1`), NotFound);
  await assert.rejects(fetchAccount(world.ctx, "mailto:alice@riff.test"), FetchFailed);
});

Deno.test("an actor of ours is read elsewhere as what it is here", async () => {
  await using world = await newWorld();
  await using other = await newWorld();
  const alice = await world.person("alice");
  await alice.patch("/api/v1/accounts/update_credentials", {
    display_name: "Alice",
    note: "I collect teapots",
    locked: true,
    fields_attributes: [{ name: "Tea", value: "Oolong" }],
  });
  const seen = await fetchAccount(other.ctx, alice.account.uri);
  const { displayName, bioHtml, isLocked, fields, username, domain } = seen;
  assert.deepEqual([displayName, bioHtml, isLocked, username], [
    "Alice",
    "<p>I collect teapots</p>",
    true,
    "alice",
  ]);
  assert.deepEqual(fields.map((field) => [field.name, field.html]), [["Tea", "Oolong"]]);
  assert.equal(domain, new URL(world.ctx.config.baseUrl).host);
  assert.equal(
    (await other.pool.query("select from remote_keys where owner_uri = $1", [seen.uri])).rows.length,
    2,
  );
});
