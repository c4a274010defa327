import assert from "node:assert/strict";
import { openTranslationService } from "../../test/translation_service.ts";
import { newWorld } from "../../test/world.ts";

Deno.test("a public post is read in another language, with its poll and warning, and the service is asked once", async () => {
  await using service = openTranslationService();
  await using world = await newWorld({
    settings: { TRANSLATE_BY: "libretranslate", TRANSLATE_URL: `${service.url}/`, TRANSLATE_KEY: "secret" },
  });
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const post = await bob.says("Guten <Tag> #tee", {
    ...{ language: "de", spoiler_text: "Tee & Brot", poll: { options: ["ja", "nein"], expires_in: 3600 } },
  });
  const path = (id: string) => `/api/v1/statuses/${id}/translate`;
  const { json, status } = await alice.post(path(post.id), { lang: "en" });
  assert.equal(status, 200);
  assert.match(json.content, /^<p>GUTEN &lt;TAG&gt;|^<p>GUTEN/i);
  assert.doesNotMatch(json.content, /script/, "what comes back is sanitised like any stranger's");
  assert.equal(json.spoiler_text, "TEE & BROT");
  assert.deepEqual(json.poll.options, [{ title: "JA" }, { title: "NEIN" }]);
  assert.deepEqual([json.language, json.detected_source_language, json.provider], [
    "en",
    "de",
    "LibreTranslate",
  ]);
  const { body } = service.asked.at(-1)!;
  assert.deepEqual([body!.source, body!.target, body!.format, body!.api_key], ["de", "en", "html", "secret"]);
  const times = service.asked.length;
  await bob.post(path(post.id), { lang: "en-GB" });
  assert.equal(service.asked.length, times, "what was translated lately is not asked for again");

  assert.equal((await alice.post(path(post.id), { lang: "fr" })).status, 404);
  assert.equal((await alice.post(path(post.id), { lang: "no language" })).status, 422);
  const secret = await alice.says("Geheim", { visibility: "private", language: "de" });
  assert.equal((await alice.post(path(secret.id), { lang: "en" })).status, 403);
  assert.equal((await bob.post(path(secret.id), { lang: "en" })).status, 404);
  assert.deepEqual((await world.visit("/api/v1/instance/translation_languages")).json, {
    de: ["en"],
    en: ["de"],
  });
  assert.equal((await world.visit("/api/v2/instance")).json.configuration.translation.enabled, true);

  await bob.put(`/api/v1/statuses/${post.id}`, { status: "Gute Nacht", language: "de" });
  service.fails = 429;
  const refused = await alice.post(path(post.id), { lang: "en" });
  assert.equal(refused.status, 503);
  assert.match(refused.json.error, /enough of us/);
});

Deno.test("DeepL translates as well, and a server that names nobody says so", async () => {
  await using service = openTranslationService();
  await using world = await newWorld({
    settings: { TRANSLATE_BY: "deepl", TRANSLATE_URL: service.url, TRANSLATE_KEY: "secret:fx" },
  });
  const alice = await world.person("alice");
  const post = await alice.says("Guten Tag", { language: "de" });
  const { json } = await alice.post(`/api/v1/statuses/${post.id}/translate`, { lang: "en" });
  assert.deepEqual([json.content, json.provider], ["<p>GUTEN TAG</p>", "DeepL.com"]);
  assert.equal(service.asked.at(-1)!.key, "DeepL-Auth-Key secret:fx");

  await using bare = await newWorld();
  const bob = await bare.person("bob");
  const other = await bob.says("Guten Tag", { language: "de" });
  assert.equal((await bob.post(`/api/v1/statuses/${other.id}/translate`)).status, 404);
  assert.deepEqual((await bare.visit("/api/v1/instance/translation_languages")).json, {});
});
