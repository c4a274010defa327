import assert from "node:assert/strict";
import { newCast } from "./every_endpoint/cast.ts";
import { collections, facts } from "./every_endpoint/facts.ts";
import { notifications, notificationsByMegalodon, requests } from "./every_endpoint/notifications.ts";
import { peopleByMegalodon, profiles, relationships } from "./every_endpoint/people.ts";
import { media, posts, postsByMegalodon, quotes, reactions, scheduled } from "./every_endpoint/posts.ts";
import { finding, reading, readingByMegalodon, tagsAndConversations } from "./every_endpoint/reading.ts";
import { about, apps, appsByMegalodon } from "./every_endpoint/server.ts";

/**
 * Every endpoint that apps may use, asked over HTTP by the two client libraries that most web apps are made with, and
 * by plain requests where neither can. A route that comes tomorrow needs a call in one of these stories tomorrow.
 */
Deno.test("masto.js and megalodon are answered on every endpoint, with all fields of Mastodon's", async () => {
  await using cast = await newCast();
  const stories = [
    ...[about, apps, appsByMegalodon, profiles, relationships, peopleByMegalodon],
    ...[posts, quotes, reactions, scheduled, media, postsByMegalodon],
    ...[reading, readingByMegalodon, tagsAndConversations, finding],
    ...[facts, collections],
    ...[notifications, requests, notificationsByMegalodon],
  ];
  for (const story of stories) await story(cast);
  const { witness } = cast;
  assert.deepEqual([...witness.complaints].toSorted(), []);
  assert.deepEqual(witness.missed, [], "no story asks for these");
  const by = (who: string) => [...witness.answered.values()].filter((all) => all.has(who)).length;
  assert.ok(by("masto") > 100 && by("megalodon") > 70, `${by("masto")}, ${by("megalodon")}`);
});
