import assert from "node:assert/strict";
import { newWorld } from "../world.ts";

/** Where clients find out what kind of server this is. Each trap was met in a real client. */

Deno.test("clients find out what this server is and can", async (t) => {
  await using world = await newWorld();
  const { json: v1 } = await world.visit("/api/v1/instance");
  const { json: v2 } = await world.visit("/api/v2/instance");
  const { json: nodeinfo } = await world.visit("/nodeinfo/2.0");

  await t.step("trap 1: the version's beginning switches on all that 4.3 brought, however it is read", () => {
    for (const { version } of [v1, v2]) {
      assert.ok(parseFloat(version.slice(0, 3)) >= 4.3, "Ice Cubes: three characters as a number");
      assert.ok(
        Number.parseInt(version.split(".")[0]) >= 4,
        "the official app: what stands before the first dot",
      );
      assert.match(version, /^\d+\.\d+\.\d+/, "Mastodon.py: three numbers");
    }
  });

  await t.step("trap 2: our name stands in brackets after it, our version in NodeInfo alone", () => {
    for (const { version } of [v1, v2]) {
      assert.match(version, /^4\.6\.0 \(compatible; riff \d+\.\d+\.\d+\)$/);
      assert.doesNotMatch(version, /pleroma|akkoma|pixelfed|gotosocial|\+glitch/i);
    }
    assert.match(nodeinfo.software.version, /^\d+\.\d+\.\d+$/);
    assert.ok(v1.version.endsWith(` ${nodeinfo.software.version})`));
  });

  await t.step(
    "trap 3: the level of the API is a number, and that of profiles with described pictures",
    () => {
      assert.deepEqual(Object.values(v2.api_versions).map((level) => Number.isInteger(level)), [true]);
      assert.equal(v2.api_versions.mastodon, 9);
    },
  );

  await t.step("trap 4: NodeInfo says honestly who we are", () => {
    assert.equal(nodeinfo.software.name, "riff");
  });

  await t.step("trap 5: NodeInfo is where Elk looks without asking", () => {
    assert.equal(nodeinfo.version, "2.0");
  });

  await t.step("trap 6: host-meta leads from the handles' domain to WebFinger, as XML", async () => {
    const { headers, text } = await world.visit("/.well-known/host-meta");
    assert.match(headers.get("content-type")!, /^application\/xrd\+xml/);
    assert.match(text, /rel="lrdd"[^>]*template="[^"]*\/\.well-known\/webfinger\?resource=\{uri\}"/);
  });

  await t.step("trap 16: all that Ice Cubes must have is there", () => {
    assert.deepEqual(
      [v2.title, v2.domain, v2.registrations.enabled, v2.contact.email].map((value) => typeof value),
      ["string", "string", "boolean", "string"],
    );
    assert.equal(typeof v2.thumbnail.url, "string");
    for (const { configuration: { statuses, polls } } of [v1, v2]) {
      for (
        const limit of [
          ...[statuses.max_characters, statuses.max_media_attachments, polls.max_options],
          ...[polls.max_characters_per_option, polls.min_expiration, polls.max_expiration],
        ]
      ) assert.ok(Number.isInteger(limit));
    }
  });

  await t.step("trap 37: the limits that clients enforce themselves are there, and a link counts 23", () => {
    for (const { configuration } of [v1, v2]) {
      assert.equal(configuration.statuses.characters_reserved_per_url, 23);
      const { supported_mime_types, image_size_limit, image_matrix_limit } = configuration.media_attachments;
      assert.ok(supported_mime_types.includes("image/png") && image_size_limit > 0 && image_matrix_limit > 0);
    }
  });

  await t.step("trap 38: streams are said to be on this host, without a path", () => {
    for (const address of [v1.urls.streaming_api, v2.configuration.urls.streaming]) {
      const { protocol, host, pathname } = new URL(address);
      assert.deepEqual([protocol, host, pathname], ["ws:", new URL(world.ctx.config.baseUrl).host, "/"]);
    }
  });

  await t.step("trap 43: old apps find the longest post where they look for it", () => {
    assert.equal(v1.max_toot_chars, v2.configuration.statuses.max_characters);
  });
});
