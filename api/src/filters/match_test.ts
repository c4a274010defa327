import assert from "node:assert/strict";
import type { Filter } from "./filter.ts";
import { matcher } from "./match.ts";

const filter = (keyword: string, wholeWord: boolean, posts: string[] = []): Filter => ({
  id: "1",
  title: "Sport",
  contexts: ["home"],
  action: "warn",
  expiresAt: null,
  keywords: keyword ? [{ id: "2", keyword, wholeWord }] : [],
  posts: posts.map((postId) => ({ id: "3", postId })),
});

Deno.test("a keyword is found as Mastodon finds it", () => {
  const cases: [keyword: string, wholeWord: boolean, text: string, found: string | undefined][] = [
    ["ball", true, "A Ball!", "Ball"],
    ["ball", true, "football", undefined],
    ["ball", false, "football", "ball"],
    ["ball", true, "ball2", undefined],
    ["ball", true, "ball_", undefined],
    ["ball", true, "the ball's", "ball"],
    ["käse", true, "Käsekuchen", undefined],
    ["käse", true, "KÄSE", "KÄSE"],
    ["é", true, "caf\u00e9", undefined],
    ["#tea", true, "green#tea", "#tea"],
    ["#tea", true, "#teapot", undefined],
    ["c++", true, "I like C++x", "C++"],
    ["a.c", false, "abc", undefined],
    ["a|b", false, "b", undefined],
    ["two words", true, "these two words here", "two words"],
    ["^$\\()[]{}*?/-", false, "^$\\()[]{}*?/-", "^$\\()[]{}*?/-"],
    ["日本", true, "日本語", undefined],
    ["日本", false, "日本語", "日本"],
    ["🏈", true, "go 🏈go", "🏈"],
  ];
  for (const [keyword, wholeWord, text, found] of cases) {
    const [match] = matcher([filter(keyword, wholeWord)])({ ids: ["9"], text });
    assert.equal(match?.words, found, `${keyword} in ${text}`);
  }
});

Deno.test("a filter names posts, too, also as passed on by others", () => {
  const match = matcher([filter("", true, ["7"])]);
  assert.deepEqual(match({ ids: ["8", "7"], text: "" }).map(({ postIds }) => postIds), [["7"]]);
  assert.deepEqual(match({ ids: ["8"], text: "anything" }), []);
});
