import assert from "node:assert/strict";
import { textOf, withEmojis } from "./Html.tsx";

Deno.test("the words of a post are found between its tags", () => {
  for (
    const [html, text] of [
      ["", ""],
      ["<p>One</p><p>Two<br>three</p>", "One Two three"],
      ["<p>Tea &amp; &#8364;5 &#x1F600; &lt;now&gt; &nbsp;&unknown;</p>", "Tea & €5 😀 <now> &unknown;"],
      ["&#0;&#99999999;", ""],
      [
        '<a href="https://a.test/b"><span class="invisible">https://</span><span class="ellipsis">a.test</span></a>',
        "a.test",
      ],
    ] as const
  ) assert.equal(textOf(html, 100), text);
});

Deno.test("a long text is cut between words, and an endless word wherever it must be", () => {
  assert.equal(textOf("<p>one two three four</p>", 10), "one two…");
  assert.equal(textOf(`<p>${"x".repeat(40)}</p>`, 10), `${"x".repeat(10)}…`);
  assert.equal(textOf("<p>123456789😀1</p>", 10), "123456789…");
});

Deno.test("emojis are pictures where they are words, and nowhere else", () => {
  const emojis = [{ shortcode: "blob", url: "/b.gif", static_url: '/b.png?"&' }];
  const picture = '<img class="emoji" src="/b.png?&quot;&amp;" alt=":blob:" width="18" height="18">';
  const cases: [string, string][] = [
    ["<p>:blob: and :other:</p>", `<p>${picture} and :other:</p>`],
    ['<a href="https://x.test/:blob:/">a:blob:</a>', `<a href="https://x.test/:blob:/">a${picture}</a>`],
    ["10:30:00 :blob", "10:30:00 :blob"],
  ];
  for (const [html, shown] of cases) assert.equal(withEmojis(html, emojis), shown);
});
