import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

Deno.test("other pages learn how to show a public post, and of no other", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const asked = (url: string, more = "") => world.visit(`/api/oembed?url=${encodeURIComponent(url)}${more}`);
  const post = await alice.says("Tea & <biscuits>", { language: "en" });
  const page = await world.visit(new URL(post.url).pathname);
  const [, link] = page.text.match(/application\/json\+oembed" href="([^"]+)"/)!;
  const { pathname, search } = new URL(link!.replaceAll("&amp;", "&"));
  const { json } = await world.visit(pathname + search);
  assert.equal(json.type, "rich");
  assert.equal(json.author_name, "alice");
  assert.match(json.html, /^<blockquote cite="[^"]+" lang="en"><p>Tea &amp; &lt;biscuits&gt;<\/p><footer>/);
  assert.equal((await asked(post.url, "&maxwidth=200")).json.width, 200);

  const warned = await alice.says("The end", { spoiler_text: "Spoiler" });
  const { html } = (await asked(warned.url)).json;
  assert.match(html, /Spoiler/);
  assert.doesNotMatch(html, /The end/);
  const secret = await alice.says("For friends", { visibility: "private" });
  for (
    const url of [
      secret.url,
      "https://elsewhere.test/@alice/1",
      "nonsense",
      `${world.ctx.config.baseUrl}/@alice`,
    ]
  ) {
    assert.equal((await asked(url)).status, 404, url);
  }
});
