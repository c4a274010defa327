import assert from "node:assert/strict";
import { newElsewhere } from "../../test/elsewhere.ts";
import { signIn } from "../../test/browser.ts";
import { complaintsAbout } from "../../test/entities.ts";
import { openMailServer } from "../../test/mail_server.ts";
import { idIn, met, newNeighbours, sees } from "../../test/neighbours.ts";
import { premisesOf, typed } from "../../test/terminal.ts";
import { newWorld, type World } from "../../test/world.ts";
import { deleteAccount } from "../accounts/delete.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import { latestReports } from "./store.ts";

/** An admin's terminal before this world. */
function terminal(world: World) {
  return async (command: string) => {
    await using premises = premisesOf(world);
    return await typed(command, premises);
  };
}

function reportsIn({ ctx }: World) {
  return latestReports(ctx.db, true, 10);
}

Deno.test("a member reports somebody with their posts, and sees what became of it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const rude = await bob.says("You fool");
  const others = await alice.says("Not bob's");
  const hidden = await bob.says("Hush", { visibility: "private" });
  const { status, json } = await alice.post("/api/v1/reports", {
    account_id: bob.id,
    status_ids: [rude.id, others.id, hidden.id],
    comment: "Rude",
    category: "spam",
    forward: true,
  });
  assert.equal(status, 200);
  const { created_at, id, target_account, ...report } = json;
  assert.deepEqual(report, {
    action_taken: false,
    action_taken_at: null,
    category: "spam",
    comment: "Rude",
    forwarded: false,
    status_ids: [rude.id],
    rule_ids: [],
    collection_ids: [],
  });
  assert.equal(target_account.id, bob.id);
  assert.ok(Temporal.Instant.from(created_at));
  const [kept] = await reportsIn(world);
  assert.deepEqual([kept?.id, kept?.reporterId, kept?.postIds], [id, alice.id, [rude.id]]);
});

Deno.test("a report that makes no sense is refused, and a form's fields are read as Rails would", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const refused: [unknown, number][] = [
    [{}, 404],
    [{ account_id: "1" }, 404],
    [{ account_id: bob.id, comment: "x".repeat(1_001) }, 422],
    [{ account_id: bob.id, category: "boredom" }, 422],
  ];
  for (const [body, status] of refused) {
    assert.equal((await alice.post("/api/v1/reports", body)).status, status, JSON.stringify(body));
  }
  const init = { method: "POST", body: new URLSearchParams({ account_id: bob.id }) };
  assert.equal((await world.visit("/api/v1/reports", init)).status, 401);
  const form = new URLSearchParams([["account_id", bob.id], ["status_ids[]", "abc"], ["rule_ids[]", "7"]]);
  const { status, json } = await alice.post("/api/v1/reports", form);
  assert.deepEqual([status, json.status_ids, json.rule_ids, json.category], [200, [], [], "other"]);
});

Deno.test("a forwarded report reaches the other server's moderators, and not who made it", async () => {
  await using both = await newNeighbours();
  const [alice, rimu] = [await both.here.person("alice"), await both.there.person("rimu")];
  await both.follows(alice, rimu);
  const status = await rimu.says("You fool");
  await both.settle();
  assert.ok(await sees(alice, status));
  const rimuHere = await met(both.here, rimu);
  const told = { account_id: rimuHere.id, status_ids: [await idIn(both.here, status)], comment: "Rude" };

  assert.equal((await alice.post("/api/v1/reports", told)).json.forwarded, false);
  await both.settle();
  assert.deepEqual(await reportsIn(both.there), [], "it was not to be forwarded");

  assert.equal((await alice.post("/api/v1/reports", { ...told, forward: true })).json.forwarded, true);
  await both.settle();
  const [report] = await reportsIn(both.there);
  assert.deepEqual([report?.accountId, report?.postIds, report?.comment], [rimu.id, [status.id], "Rude"]);
  assert.notEqual(report?.reporterId, (await met(both.there, alice)).id);
});

Deno.test("reports come in in the words of many servers, once each", async () => {
  await using world = await newWorld();
  await using home = newElsewhere("elsewhere.test");
  const [alice, bob, tui] = [
    await world.person("alice"),
    await world.person("bob"),
    await home.person("tui"),
  ];
  const [one, two] = [await alice.says("One"), await alice.says("Two", { visibility: "private" })];
  const ofBob = await bob.says("Bob's");
  const strange = "http://elsewhere.test/notes/1";
  const sent: [JsonObject, [accountId: string, postIds: string[]][]][] = [
    [flag([alice.account.uri, one.uri, strange]), [[alice.id, [one.id]]]],
    [flag([two.uri, one.uri, alice.account.uri]), [[alice.id, [one.id, two.id]]]],
    [flag(one.uri), [[alice.id, [one.id]]]],
    [flag({ type: "Note", id: one.uri }), [[alice.id, [one.id]]]],
    [flag([one.uri, ofBob.uri]), [[alice.id, [one.id]], [bob.id, [ofBob.id]]]],
    [flag([strange, "http://elsewhere.test/users/tui"]), []],
    [flag([]), []],
  ];
  function flag(object: unknown): JsonObject {
    return tui.does("Flag", object as string, { content: "Rude\u0000" });
  }
  for (const [activity, expected] of sent) {
    const before = (await reportsIn(world)).length;
    for (const again of [1, 2]) {
      assert.equal(await tui.sends(world, activity), 202, `${again}`);
      await world.settle();
    }
    const reports = await reportsIn(world);
    const made = reports.slice(0, reports.length - before).map((
      { accountId, postIds },
    ) => [accountId, postIds]);
    assert.deepEqual(made.sort(), expected.sort(), JSON.stringify(activity.object));
  }
  assert.equal((await reportsIn(world))[0]?.comment, "Rude");
});

Deno.test("a deleted account takes the reports about it along; those that it made stay, without a name", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  await alice.post("/api/v1/reports", { account_id: bob.id, comment: "Rude" });
  await bob.post("/api/v1/reports", { account_id: alice.id, comment: "No, she" });
  await deleteAccount(world.ctx, bob.account);
  await world.settle();
  const desk = terminal(world);
  const { out } = await desk("reports list --all --json");
  assert.deepEqual(
    JSON.parse(out).map(({ about, by }: Record<string, string>) => [about, by]),
    [["@alice", "somebody who is gone"]],
  );
});

Deno.test("an admin reads reports in the terminal, and says when one has been dealt with", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const desk = terminal(world);
  assert.match((await desk("reports list")).out, /Nothing waits/);
  const rude = await bob.says("You fool");
  const { json: report } = await alice.post("/api/v1/reports", {
    account_id: bob.id,
    status_ids: [rude.id],
    comment: "Rude\n\u001b[31mand loud",
  });
  assert.match((await desk("reports list")).out, new RegExp(`${report.id} .*@bob +@alice +other +open`));
  const shown = (await desk(`reports show ${report.id}`)).out;
  for (const words of ["Rude", "@bob", "@alice", rude.uri, `reports resolve ${report.id}`]) {
    assert.ok(shown.includes(words), words);
  }
  assert.ok(!shown.includes("\u001b"), "nobody paints an admin's terminal");
  assert.match((await desk(`reports resolve ${report.id}`)).out, /is resolved/);
  assert.match((await desk("reports list")).out, /Nothing waits/);
  const [listed] = JSON.parse((await desk("reports list --all --json")).out);
  assert.ok(listed.resolved_at);
  for (const id of ["1", "x"]) {
    for (const verb of ["show", "resolve"]) assert.equal((await desk(`reports ${verb} ${id}`)).code, 1);
  }
});

Deno.test("a member who is warned reads so in apps, on the page and in a mail", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: mail.settings });
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const rude = await bob.says("You fool");
  const desk = terminal(world);
  const { out } = await desk(`accounts warn bob --text "Please be kind" --post ${rude.id} --json`);
  await bob.patch("/api/v2/notifications/policy", { for_not_following: "drop", for_bots: "drop" });
  await world.settle();

  const { json: told } = await bob.get("/api/v1/notifications", { "types[]": "moderation_warning" });
  assert.deepEqual(complaintsAbout("[Notification]", told), []);
  assert.equal(told.length, 1, "no policy keeps it back");
  const { id, action, text, status_ids, target_account, appeal } = told[0].moderation_warning;
  assert.deepEqual([told[0].type, told[0].account.id], ["moderation_warning", bob.id]);
  assert.deepEqual([id, action, text, status_ids], [
    ...[JSON.parse(out).warning, "none", "Please be kind"],
    [rude.id],
  ]);
  assert.deepEqual([target_account.id, appeal], [bob.id, null]);
  const { json: groups } = await bob.get("/api/v2/notifications");
  assert.deepEqual(complaintsAbout("GroupedNotificationsResults", groups), []);
  assert.deepEqual(groups.notification_groups[0].moderation_warning, told[0].moderation_warning);
  const page = await (await signIn(world, bob)).open("/notifications");
  assert.match(page.html, /The moderators have sent you a warning[^]*Please be kind/);
  const letter = mail.latestTo("bob@mail.test");
  assert.match(letter.subject!, /warning/);
  for (const words of ["Please be kind", rude.uri, "/about"]) assert.ok(letter.text!.includes(words), words);
  assert.deepEqual((await alice.get("/api/v1/notifications")).json, [], "nobody else learns of it");
});

Deno.test("whoever is suspended learns by mail why; who lives elsewhere is not warned, nor for others' posts", async () => {
  await using mail = await openMailServer();
  await using world = await newWorld({ settings: mail.settings });
  await using home = newElsewhere("elsewhere.test");
  const alice = await world.person("alice");
  await world.person("bob");
  const tui = await home.person("tui");
  const desk = terminal(world);
  assert.equal((await desk('accounts suspend bob --text "The third time"')).code, 0);
  await world.settle();
  const letter = mail.latestTo("bob@mail.test");
  assert.match(letter.subject!, /suspended/);
  assert.ok(letter.text!.includes("The third time"));

  const others = await alice.says("Not bob's");
  await tui.sends(world, tui.does("Follow", alice.account.uri));
  await world.settle();
  for (
    const words of [
      `accounts warn alice --post 1`,
      `accounts warn bob --post ${others.id}`,
      "accounts warn tui@elsewhere.test",
      `accounts warn alice --text "${"x".repeat(2_001)}"`,
    ]
  ) assert.equal((await desk(words)).code, 1, words.slice(0, 60));
  assert.deepEqual((await alice.get("/api/v1/notifications", { "types[]": "moderation_warning" })).json, []);
  assert.ok(mail.mails.every(({ envelopeTo }) => !envelopeTo.includes("alice@mail.test")));
});
