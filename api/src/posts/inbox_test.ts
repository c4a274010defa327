import assert from "node:assert/strict";
import { type Elsewhere, newElsewhere, type Stranger } from "../../test/elsewhere.ts";
import type { Person } from "../../test/person.ts";
import { newWorld, type World } from "../../test/world.ts";
import { resolveHandle } from "../accounts/remote.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import { chores } from "./jobs.ts";

/** What servers of all kinds send about posts, and what comes of it. alice lives here and follows rimu elsewhere. */
interface Stage extends AsyncDisposable {
  world: World;
  elsewhere: Elsewhere;
  alice: Person;
  rimu: Stranger;
  /** Sends what rimu does, and lets it happen. */
  rimuDoes(type: string, object: JsonObject | string, more?: JsonObject): Promise<void>;
  /** What alice's home shows, newest first. */
  home(): Promise<Answer[]>;
}
// deno-lint-ignore no-explicit-any
type Answer = any;

async function newStage(): Promise<Stage> {
  const world = await newWorld();
  const elsewhere = newElsewhere("elsewhere.test");
  const [alice, rimu] = [await world.person("alice"), await elsewhere.person("rimu")];
  const { id } = await resolveHandle(world.ctx, "rimu@elsewhere.test");
  await world.pool.query("insert into follows (follower_id, account_id) values ($1, $2)", [alice.id, id]);
  return {
    ...{ world, elsewhere, alice, rimu },
    rimuDoes: async (type, object, more) => {
      assert.equal(await rimu.sends(world, rimu.does(type, object, more)), 202);
      await world.settle();
    },
    home: async () => (await alice.get("/api/v1/timelines/home")).json,
    [Symbol.asyncDispose]: async () => {
      await elsewhere[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

function note({ uri, home }: Stranger, more: JsonObject = {}): JsonObject {
  const id = `${home.url}/notes/${crypto.randomUUID()}`;
  return { id, type: "Note", attributedTo: uri, content: "<p>Hello</p>", to: [publicUri], ...more };
}

Deno.test("posts of all programs are read: whatever is missing, odd or in another place", async () => {
  await using stage = await newStage();
  const { rimu } = stage;
  const shapes: [JsonObject, Record<string, unknown>][] = [
    [{ to: "as:Public" }, { visibility: "public", content: "<p>Hello</p>" }],
    [{ to: [`${rimu.uri}/followers`], cc: "Public" }, { visibility: "unlisted" }],
    [{ to: `${rimu.uri}/followers` }, { visibility: "private" }],
    [{ content: null, contentMap: { mi: "<p>Kia ora</p>" } }, { content: "<p>Kia ora</p>", language: "mi" }],
    [{ contentMap: { "pt-BR": "<p>Hello</p>" } }, { language: "pt-BR" }],
    [{ summary: "food", sensitive: null }, { spoiler_text: "food", sensitive: true }],
    [{ content: '<p onclick="x()">a<script>b</script> <a href="javascript:c">d</a></p>' }, {
      content: "<p>a <span>d</span></p>",
    }],
    [{ tag: { type: "Hashtag", name: "#Té" } }, { tags: ["té"] }],
    [{ tag: { type: "Hashtag", name: "" } }, { tags: [] }],
    [{
      url: [{ type: "Link", mediaType: "video/mp4", href: "https://a.test/1.mp4" }, {
        type: "Link",
        mediaType: "text/html",
        href: "https://a.test/1",
      }],
    }, { url: "https://a.test/1" }],
    [{ url: "javascript:alert(1)" }, { url: (status: Answer) => status.uri }],
    [{ published: "2020-02-02T10:00:00.123456+02:00" }, { created_at: "2020-02-02T08:00:00.123Z" }],
    [{ published: "1912-01-01T00:00:00Z" }, { created_at: "1970-01-01T00:00:00.000Z" }],
    [{ published: "2020-02-02T10:00:00Z", updated: "2020-02-02T10:00:00Z" }, { edited_at: null }],
    [{ published: "last Tuesday", updated: null }, { content: "<p>Hello</p>" }],
    [{
      type: "Article",
      name: "On <tea>",
      summary: "<p>Short</p>",
      content: "Long",
      url: "https://a.test/tea",
    }, {
      content:
        '<p><strong>On &lt;tea&gt;</strong></p><p>Short</p><p><a href="https://a.test/tea" rel="nofollow ' +
        'noopener" target="_blank">https://a.test/tea</a></p>',
      spoiler_text: "",
    }],
  ];
  for (const [more, expected] of shapes) {
    const object = note(rimu, more);
    await stage.rimuDoes("Create", object);
    const { json: { statuses: [status] } } = await stage.alice.get("/api/v2/search", {
      q: String(object.id),
    });
    assert.ok(status, JSON.stringify(more));
    status.tags = status.tags.map(({ name }: { name: string }) => name);
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(
        status[key],
        typeof value === "function" ? value(status) : value,
        JSON.stringify(more),
      );
    }
  }
});

Deno.test("the same post twice, at once and under other names of the activity, is one", async () => {
  await using stage = await newStage();
  const { rimu, world } = stage;
  const object = note(rimu);
  const sent = rimu.does("Create", object);
  const again = [sent, sent, rimu.does("Create", object), rimu.does("Create", String(object.id))];
  stage.elsewhere.serve(new URL(String(object.id)).pathname, object);
  await Promise.all(again.map((activity) => rimu.sends(world, activity)));
  await world.settle();
  const [status, ...others] = await stage.home();
  assert.deepEqual([status.uri, others.length, status.account.statuses_count], [object.id, 0, 1]);
});

Deno.test("nobody speaks for somebody else", async () => {
  await using stage = await newStage();
  const { rimu, world, elsewhere } = stage;
  const mallory = await elsewhere.person("mallory");
  await using farAway = newElsewhere("far.test");
  const eve = await farAway.person("eve");
  const post = note(rimu);
  await stage.rimuDoes("Create", post);

  const forged = note(rimu, { content: "forged" });
  const changed = { ...post, content: "forged", updated: "2030-01-01T00:00:00Z" };
  for (const liar of [mallory, eve]) {
    for (
      const activity of [
        liar.does("Create", forged),
        liar.does("Create", { ...forged, id: `${liar.home.url}/notes/${crypto.randomUUID()}` }),
        liar.does("Create", { ...forged, attributedTo: [liar.uri, rimu.uri] }),
        liar.does("Update", changed),
        liar.does("Update", { ...changed, attributedTo: liar.uri }),
        liar.does("Delete", String(post.id)),
        liar.does("Delete", { id: post.id!, type: "Tombstone" }),
        liar.does("Add", String(post.id), { target: `${rimu.uri}/featured` }),
      ]
    ) {
      assert.equal(await liar.sends(world, activity), 202);
    }
  }
  await world.settle();
  const shown = await stage.home();
  assert.deepEqual(shown.map((one: Answer) => [one.uri, one.content]), [[post.id, "<p>Hello</p>"]]);
  const { rows } = await world.pool.query("select 1 from posts where html like '%forged%'");
  assert.equal(rows.length, 0);
});

Deno.test("what others enclose of somebody is read where it lives, whatever the copy says", async () => {
  await using stage = await newStage();
  const { rimu } = stage;
  await using farAway = newElsewhere("far.test");
  const eve = await farAway.person("eve");
  const told = (name: string) => {
    const post = { ...note(eve, { content: `<p>${name}</p>` }), id: `${farAway.url}/notes/${name}` };
    farAway.serve(`/notes/${name}`, post);
    return { ...post, content: "forged", attributedTo: rimu.uri };
  };
  await stage.rimuDoes("Announce", told("boosted"), { to: [publicUri] });
  await stage.rimuDoes("Create", note(rimu, { inReplyTo: told("answered") }));
  await stage.rimuDoes("Create", note(rimu, { quote: told("quoted") }));
  for (const name of ["boosted", "answered", "quoted"]) {
    const { json: { statuses: [status] } } = await stage.alice.get("/api/v2/search", {
      q: `${farAway.url}/notes/${name}`,
    });
    assert.deepEqual([status.account.acct, status.content], ["eve@far.test", `<p>${name}</p>`]);
  }
});

Deno.test("edits count by their time, and only newer ones", async () => {
  await using stage = await newStage();
  const post = note(stage.rimu, { published: "2026-01-01T00:00:00Z" });
  await stage.rimuDoes("Create", post);
  const versions = [["second", "2026-01-02T00:00:00Z"], ["first", "2026-01-01T12:00:00Z"], ["unsaid", null]];
  for (const [content, updated] of versions) {
    await stage.rimuDoes("Update", { ...post, content: content!, updated: updated! });
  }
  const [status] = await stage.home();
  assert.deepEqual([status.content, status.edited_at], ["second", "2026-01-02T00:00:00.000Z"]);
});

Deno.test("a change of a post that never came is the post, unless it is old", async () => {
  await using stage = await newStage();
  const now = stage.world.ctx.now();
  const fresh = note(stage.rimu, {
    published: now.subtract({ hours: 1 }).toString(),
    updated: now.toString(),
  });
  const old = note(stage.rimu, {
    published: now.subtract({ hours: 50 }).toString(),
    updated: now.toString(),
  });
  for (const post of [fresh, old]) await stage.rimuDoes("Update", post);
  assert.deepEqual((await stage.home()).map((one: Answer) => one.uri), [fresh.id]);
});

Deno.test("a deletion that overtakes its post keeps the post away", async () => {
  await using stage = await newStage();
  const { rimu, elsewhere } = stage;
  const [post, other] = [note(rimu), note(rimu)];
  const mallory = await elsewhere.person("mallory");
  await resolveHandle(stage.world.ctx, "mallory@elsewhere.test");
  await mallory.sends(stage.world, mallory.does("Delete", String(other.id)));
  await stage.rimuDoes("Delete", { id: post.id!, type: "Tombstone" });
  await stage.rimuDoes("Create", post);
  await stage.rimuDoes("Create", other);
  assert.deepEqual((await stage.home()).map((one: Answer) => one.uri), [other.id]);

  const remembered = async () => {
    await chores["forget-withdrawn"]!.run(stage.world.ctx);
    return (await stage.world.pool.query("select from withdrawn_posts where uri = $1", [post.id])).rows
      .length;
  };
  stage.world.pass({ hours: 6 * 24 });
  assert.equal(await remembered(), 1);
  stage.world.pass({ hours: 25 });
  assert.equal(await remembered(), 0);
});

Deno.test("an answer whose conversation can't be had waits for it, and passes for no post of its own", async () => {
  await using stage = await newStage();
  const { rimu, elsewhere } = stage;
  const totara = await elsewhere.person("totara");
  const lost = note(totara, { content: "<p>Question</p>" });
  const answer = note(rimu, { inReplyTo: lost.id! });
  await stage.rimuDoes("Create", answer);
  assert.deepEqual(await stage.home(), []);

  elsewhere.serve(new URL(String(lost.id)).pathname, lost);
  const { json: { statuses: [found] } } = await stage.alice.get("/api/v2/search", {
    q: String(lost.id),
    resolve: "true",
  });
  assert.equal(found.replies_count, 1);
  const { json: { descendants } } = await stage.alice.get(`/api/v1/statuses/${found.id}/context`);
  assert.deepEqual(descendants.map((one: Answer) => one.uri), [answer.id]);
});

Deno.test("a conversation that leads in circles, or on and on, ends", async () => {
  await using stage = await newStage();
  const { rimu, elsewhere } = stage;
  const link = (index: number, to: number) =>
    note(rimu, { id: `${elsewhere.url}/chain/${index}`, inReplyTo: `${elsewhere.url}/chain/${to}` });
  for (let index = 0; index < 60; index++) elsewhere.serve(`/chain/${index}`, link(index, index + 1));
  await stage.rimuDoes("Create", link(0, 1));
  const asked = elsewhere.asked.filter((one) => one.includes("/chain/")).length;
  assert.ok(asked >= 15 && asked <= 21, `${asked}`);

  elsewhere.serve("/chain/101", link(101, 100));
  await stage.rimuDoes("Create", link(100, 101));
  const { rows } = await stage.world.pool.query("select 1 from posts where uri like '%/chain/10_'");
  assert.equal(rows.length, 2);
});

Deno.test("private words of strangers are not ours to keep", async () => {
  await using stage = await newStage();
  const { rimu, world } = stage;
  const nobody = `${stage.elsewhere.url}/users/nobody`;
  await stage.rimuDoes("Create", note(rimu, { to: [nobody] }));
  const direct = note(rimu, { to: [stage.alice.account.uri] });
  await stage.rimuDoes("Create", direct);
  const { rows } = await world.pool.query("select uri, visibility from posts");
  assert.deepEqual(rows, [{ uri: direct.id, visibility: "direct" }]);
  const { json: [told] } = await stage.alice.get("/api/v1/notifications");
  assert.deepEqual([told.type, told.status.uri], ["mention", direct.id]);
  const { json: [conversation] } = await stage.alice.get("/api/v1/conversations");
  assert.equal(conversation.last_status.uri, direct.id, "though nothing in its words leads to her");
});
