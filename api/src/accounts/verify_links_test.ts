import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { newWorld, type World } from "../../test/world.ts";
import { verifyLinks } from "./verify_links.ts";
import { chores } from "./jobs.ts";
import { accountById } from "./store.ts";

function page(html: string, type = "text/html; charset=utf-8", status = 200) {
  return () => new Response(html, { status, headers: { "content-type": type } });
}

async function verified(world: World, id: string): Promise<boolean[]> {
  const { json } = await world.visit(`/api/v1/accounts/${id}`);
  return json.fields.map((field: { verified_at: string | null }) => field.verified_at !== null);
}

Deno.test("a page that links back proves whose profile names it, for as long as it does", async () => {
  await using world = await newWorld();
  await using site = newElsewhere("pages.test");
  const alice = await world.person("alice");
  const { url } = alice.account;
  site.serve("/head", page(`<html><head><link href="${url}" rel="me"></head></html>`));
  site.serve("/text", page(`<p>I am <a class=x rel="nofollow ME" href="${url}/">here</a>`));
  site.serve("/others", page(`<a rel="me" href="${url}b">somebody</a><a href="${url}">no rel</a>`));
  site.serve("/script", page(`<script>'<a rel="me" href="${url}">'</script>`));
  site.serve("/plain", page(`<a rel="me" href="${url}">here</a>`, "text/plain"));
  const rows = async (...paths: string[]) => {
    const fields_attributes = paths.map((path) => ({ name: path, value: `${site.url}${path}` }));
    await alice.patch("/api/v1/accounts/update_credentials", { fields_attributes });
    await world.settle();
    return await verified(world, alice.id);
  };

  assert.deepEqual(await rows("/head", "/text", "/others", "/script"), [true, true, false, false]);
  const { json: own } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.match(own.fields[0].verified_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(own.source.fields[0].verified_at, own.fields[0].verified_at);
  assert.deepEqual(await rows("/head", "/plain", "/missing"), [true, false, false]);
  const { json: still } = await alice.get("/api/v1/accounts/verify_credentials");
  assert.equal(still.fields[0].verified_at, own.fields[0].verified_at, "since when it is so");

  site.serve("/head", page("Down for a moment", "text/html", 503));
  await verifyLinks(world.ctx, (await accountById(world.ctx.db, alice.id))!);
  assert.deepEqual(await verified(world, alice.id), [true, false, false], "no answer proves nothing");

  site.serve("/head", page("<p>Under new management"));
  await chores["look-at-links-again"]!.run(world.ctx);
  await world.settle();
  assert.deepEqual(await verified(world, alice.id), [true, false, false], "looked at lately");
  world.pass({ hours: 24 * 8 });
  await chores["look-at-links-again"]!.run(world.ctx);
  await world.settle();
  assert.deepEqual(await verified(world, alice.id), [false, false, false]);
});

Deno.test("the links of somebody elsewhere are looked at once somebody here follows them", async () => {
  await using world = await newWorld();
  await using elsewhere = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  const rimu = await elsewhere.person("rimu");
  elsewhere.serve("/about", page(`<a rel="me" href="${rimu.document.url}">me</a>`));
  const row = (name: string, value: string) => ({ type: "PropertyValue", name, value });
  rimu.document.attachment = [
    row(
      "Site",
      `<a href="${elsewhere.url}/about" rel="me"><span class="invisible">http://</span><span>elsewhere.test/about</span></a>`,
    ),
    row("Trap", `<a href="${elsewhere.url}/about">https://bank.example</a>`),
    row("Words", "No link at all"),
  ];
  const { json: { accounts: [found] } } = await alice.get("/api/v2/search", {
    q: "@rimu@elsewhere.test",
    resolve: "true",
  });
  await world.settle();
  assert.deepEqual(await verified(world, found.id), [false, false, false]);

  await alice.post(`/api/v1/accounts/${found.id}/follow`);
  await world.settle();
  const { rows: [request] } = await world.pool.query("select uri from follow_requests");
  await rimu.sends(
    world,
    rimu.does("Accept", { id: request.uri, type: "Follow", actor: alice.account.uri, object: rimu.uri }),
  );
  await world.settle();
  assert.deepEqual(await verified(world, found.id), [true, false, false]);

  await rimu.sends(world, rimu.does("Update", rimu.document));
  await world.settle();
  assert.deepEqual(await verified(world, found.id), [true, false, false], "a row that stays so stays proven");
});
