import assert from "node:assert/strict";
import { languages, messages, pickLocale } from "./messages.ts";

/** `nav.home`, `posts.boosts()`: every key, and whether it is a function. */
function keysOf(part: unknown, path: string): string[] {
  if (typeof part === "function") return [`${path}()`];
  if (typeof part !== "object" || part === null) return [path];
  return Object.entries(part).flatMap(([key, value]) => keysOf(value, path === "" ? key : `${path}.${key}`))
    .sort();
}

Deno.test("every language has the same messages, under the tag that it names itself", () => {
  const english = keysOf(messages("en"), "");
  assert.ok(english.length > 200);
  for (const [tag, language] of Object.entries(languages)) {
    assert.equal(language.locale, tag);
    assert.deepEqual(keysOf(language, ""), english);
  }
});

Deno.test("no message is empty", () => {
  for (const language of Object.values(languages)) {
    const texts = (part: object): string[] =>
      Object.values(part).flatMap((value) =>
        typeof value === "string" ? [value] : typeof value === "object" ? texts(value) : []
      );
    assert.deepEqual(texts(language).filter((text) => text.trim() === ""), []);
  }
});

Deno.test("numbers decide between one and many", () => {
  const t = messages("en");
  assert.equal(t.posts.boosts(0), "0 boosts");
  assert.equal(t.posts.boosts(1), "1 boost");
  assert.equal(t.posts.boosts(1234), "1,234 boosts");
  assert.equal(t.shortNumber(1234), "1.2K");
});

Deno.test("a message with a link in it hands back its parts in order", () => {
  assert.deepEqual(messages("en").posts.boostedBy({ link: "alice" }), [{ link: "alice" }, " boosted"]);
});

Deno.test("a browser is answered in the language that it likes best of those that we speak", () => {
  for (
    const [header, locale] of [
      [undefined, "en"],
      ["", "en"],
      ["en-GB,en;q=0.9", "en"],
      ["EN-us", "en"],
      ["tlh, en;q=0.1", "en"],
      ["tlh", "en"],
      ["*", "en"],
      ["en;q=zero,;;,=", "en"],
      ["x".repeat(100_000), "en"],
    ] as const
  ) assert.equal(pickLocale(header), locale, header);
});

Deno.test("a language that we do not speak is answered in English", () => {
  assert.equal(messages("tlh"), messages("en"));
  assert.equal(messages("en-Latn-NZ"), messages("en"));
  assert.equal(messages("__proto__"), messages("en"));
});
