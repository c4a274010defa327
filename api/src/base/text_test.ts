import assert from "node:assert/strict";
import {
  countCharacters,
  type Faces,
  findHashtags,
  findLinks,
  findMentions,
  type NamedPerson,
  normaliseTag,
  toHtml,
} from "./text.ts";
import { plainText, sanitizeHtml } from "../base/html.ts";

/** Everybody is known but `nobody`. */
const faces: Faces = {
  mentions: (username, domain = "riff.test") =>
    username === "nobody" ? undefined : {
      url: `https://${domain}/@${username}`,
      handle: domain === "riff.test" ? username : `${username}@${domain}`,
    },
  tagUrl: (name) => `https://riff.test/tags/${encodeURIComponent(name)}`,
};

const mentioned: [text: string, people: (string | NamedPerson)[]][] = [
  ["@alice", ["alice"]],
  ["hi @alice, @bob! (@carol) “@dave” @erin's", ["alice", "bob", "carol", "dave", "erin"]],
  ["@rimu@elsewhere.test.", [{ username: "rimu", domain: "elsewhere.test" }]],
  ["@Alice @alice @ALICE", ["Alice"]],
  ["@rimu@Elsewhere.test @RIMU@elsewhere.TEST @rimu", [
    { username: "rimu", domain: "elsewhere.test" },
    "rimu",
  ]],
  ["@a_b @a.b @a-b.c. @a- @_a_", ["a_b", "a.b", "a-b.c", "a", "_a_"]],
  ["@x@münchen.example", [{ username: "x", domain: "xn--mnchen-3ya.example" }]],
  ["@x@localhost:8000/ @y@127.0.0.1:8001", [{ username: "x", domain: "localhost:8000" }, {
    username: "y",
    domain: "127.0.0.1:8001",
  }]],
  ["@x@elsewhere.test: 10 people", [{ username: "x", domain: "elsewhere.test" }]],
  ["日本語 @alice さん。@bob", ["alice", "bob"]],
  [".@alice #@bob @@carol", ["alice", "bob", "carol"]],
  ["alice@elsewhere.test mailto:alice@elsewhere.test", []],
  ["https://elsewhere.test/@alice and https://elsewhere.test/?q=@bob", []],
  ["path/@alice x=@bob é@carol 1@dave", []],
  ["https://elsewhere.test@alice https://elsewhere.test/,@bob", []],
  ["@bob@https://elsewhere.test/", ["bob"]],
  ["@ @@ @. @-x @日本", []],
];

Deno.test("people are named by @name and @name@host, but not in addresses", () => {
  for (const [text, people] of mentioned) {
    const expected = people.map((person) => typeof person === "string" ? { username: person } : person);
    assert.deepEqual(findMentions(text), expected, text);
  }
});

const tagged: [text: string, names: string[]][] = [
  ["#riff", ["riff"]],
  ["(#one) #two, #three. #four! #five's", ["one", "two", "three", "four", "five"]],
  ["#Fuji #fuji #ＦＵＪＩ ＃fuji", ["Fuji"]],
  ["#日本語タグ。 #ελληνικά #हिन्दी #עברית #café", ["日本語タグ", "ελληνικά", "हिन्दी", "עברית", "café"]],
  ["#a_b #_a #a_ #x1 #1x #2024_25", ["a_b", "_a", "a_", "x1", "1x", "2024_25"]],
  ["#col·lecció #ポケ・モン #a· #·b", ["col·lecció", "ポケ・モン", "a"]],
  ["#می\u200cخواهم", ["می\u200cخواهم"]],
  ["#1 #123 #１２ #_ # ## #- #… #😀", []],
  ["##double #a#b #kebab-case", ["double", "a", "kebab"]],
  ["x#no 1#no é#no /#no =#no )#no", []],
  ["https://elsewhere.test/#no https://elsewhere.test/x?#no", []],
];

Deno.test("hashtags are words in any script, but not numbers and not in addresses", () => {
  for (const [text, names] of tagged) assert.deepEqual(findHashtags(text), names, text);
});

const linked: [text: string, links: string[]][] = [
  ["see https://elsewhere.test.", ["https://elsewhere.test"]],
  ["HTTP://Elsewhere.test/A, then https://b.test/?x=1&y[]=2#z!", [
    "HTTP://Elsewhere.test/A",
    "https://b.test/?x=1&y[]=2#z",
  ]],
  ["(https://elsewhere.test/wiki/A_(b))", ["https://elsewhere.test/wiki/A_(b)"]],
  ["<https://a.test/b> \"https://a.test/c\" 'https://a.test/d'", [
    "https://a.test/b",
    "https://a.test/c",
    "https://a.test/d",
  ]],
  ["https://例え.テスト/パス、次", ["https://例え.テスト/パス"]],
  ["http://localhost:8000/@alice http://127.0.0.1/ http://[::1]/", [
    "http://localhost:8000/@alice",
    "http://127.0.0.1/",
    "http://[::1]/",
  ]],
  ["https://a.test/ https://a.test/", ["https://a.test/"]],
  ["elsewhere.test www.elsewhere.test //elsewhere.test a@elsewhere.test", []],
  ["ftp://a.test mailto:a@b.test javascript:alert(1) data:text/html,x xhttps://a.test", []],
  ["https:// http:/a.test https://-a.test https://xn--a/", []],
];

Deno.test("links are addresses with http or https written out, without the punctuation behind them", () => {
  for (const [text, links] of linked) assert.deepEqual(findLinks(text), links, text);
});

Deno.test("a tag's name is the same however it is written", () => {
  for (const written of ["Fuji", "fuji", "FUJI", "ＦＵＪＩ", "#fuji", "＃Fuji", " fuji ", "fu-ji\0"]) {
    assert.equal(normaliseTag(written), "fuji", written);
  }
  assert.equal(normaliseTag("Café"), normaliseTag("CAFE\u0301"));
  assert.equal(normaliseTag("ポケ･モン"), "ポケ・モン");
  assert.equal(normaliseTag("İstanbul"), normaliseTag(normaliseTag("İstanbul")));
  assert.equal(normaliseTag("-/ ?"), "");
  assert.equal([...normaliseTag("𝒳é".repeat(5000))].length, 100);
});

const counted: [text: string, characters: number][] = [
  ["", 0],
  ["hello", 5],
  ["a\nb\r\nc", 5],
  ["👨‍👩‍👧‍👦🇩🇪é", 3],
  ["e\u0301", 1],
  ["https://a.test", 23],
  [`https://a.test/${"x".repeat(500)} ok`, 26],
  ["@alice", 6],
  ["@rimu@a.very.long.elsewhere.test hi", 8],
  ["@nobody@elsewhere.test", 7],
  ["rimu@elsewhere.test", 19],
  ["#Fuji ＃Fuji", 11],
];

Deno.test("characters are counted as Mastodon counts them", () => {
  for (const [text, characters] of counted) assert.equal(countCharacters(text), characters, text);
});

const person = (url: string, name: string) =>
  `<span class="h-card" translate="no"><a href="${url}" class="u-url mention">@<span>${name}</span></a></span>`;
const tag = (name: string, shown: string) =>
  `<a href="https://riff.test/tags/${name}" class="mention hashtag" rel="tag">#<span>${shown}</span></a>`;
const link = (url: string, [prefix, shown, rest]: [string, string, string]) =>
  `<a href="${url}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${prefix}</span>` +
  `<span class="${rest ? "ellipsis" : ""}">${shown}</span><span class="invisible">${rest}</span></a>`;

const shown: [text: string, html: string][] = [
  ["hello", "<p>hello</p>"],
  ["one\ntwo\n\nthree\r\n\r\n\r\nfour\rfive", "<p>one<br>two</p><p>three</p><p>four<br>five</p>"],
  ["one\n \t\n  two", "<p>one</p><p>  two</p>"],
  ["\n\n  hello \n\n", "<p>hello</p>"],
  ["", ""],
  [" \n ", ""],
  ["<b> & \"x\" 'y' &amp;", "<p>&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39; &amp;amp;</p>"],
  ["hi @alice!", `<p>hi ${person("https://riff.test/@alice", "alice")}!</p>`],
  ["@rimu@Elsewhere.test", `<p>${person("https://elsewhere.test/@rimu", "rimu")}</p>`],
  [
    "@alice @alice@elsewhere.test @bob",
    `<p>${person("https://riff.test/@alice", "alice")} ` +
    `${person("https://elsewhere.test/@alice", "alice@elsewhere.test")} ${
      person("https://riff.test/@bob", "bob")
    }</p>`,
  ],
  [
    "@alice @Alice",
    `<p>${person("https://riff.test/@alice", "alice")} ${person("https://riff.test/@Alice", "Alice")}</p>`,
  ],
  ["@nobody@Elsewhere.test <3", "<p>@nobody@Elsewhere.test &lt;3</p>"],
  ["#Fuji and #日本", `<p>${tag("fuji", "Fuji")} and ${tag("%E6%97%A5%E6%9C%AC", "日本")}</p>`],
  [
    "https://a.test/b?c=1&d=2",
    `<p>${link("https://a.test/b?c=1&amp;d=2", ["https://", "a.test/b?c=1&amp;d=2", ""])}</p>`,
  ],
  ["http://www.a.test", `<p>${link("http://www.a.test", ["http://www.", "a.test", ""])}</p>`],
  [
    "https://www.elsewhere.test/a/long/path/that/goes/on",
    `<p>${
      link("https://www.elsewhere.test/a/long/path/that/goes/on", [
        "https://www.",
        "elsewhere.test/a/long/path/tha",
        "t/goes/on",
      ])
    }</p>`,
  ],
  [
    `https://a.test/${"😀".repeat(40)}`,
    `<p>${
      link(`https://a.test/${"😀".repeat(40)}`, ["https://", `a.test/${"😀".repeat(23)}`, "😀".repeat(17)])
    }</p>`,
  ],
  [
    "https://a.test/'onclick='x",
    `<p>${link("https://a.test/&#39;onclick=&#39;x", ["https://", "a.test/&#39;onclick=&#39;x", ""])}</p>`,
  ],
  [
    "https://a.test/@alice#Fuji",
    `<p>${link("https://a.test/@alice#Fuji", ["https://", "a.test/@alice#Fuji", ""])}</p>`,
  ],
];

Deno.test("a member's text becomes Mastodon's markup", () => {
  for (const [text, html] of shown) assert.equal(toHtml(text, faces), html, text);
});

Deno.test("what a member wrote can be read from the HTML again", () => {
  for (
    const text of [
      "one\ntwo",
      "<b> & \"x\" 'y' &amp;",
      "see https://www.a.test/a/long/path/that/goes/on #Fuji @alice",
    ]
  ) {
    assert.equal(plainText(toHtml(text, faces)), text);
  }
});

Deno.test("other servers of our kind keep all that our markup says", () => {
  for (const [text, html] of shown) {
    assert.equal(plainText(sanitizeHtml(html)), plainText(html), text);
    for (const marker of ["u-url mention", "h-card", "mention hashtag", "invisible", "ellipsis", "<br>"]) {
      assert.equal(sanitizeHtml(html).includes(marker), html.includes(marker), `${marker} in ${text}`);
    }
  }
});

Deno.test("nothing that a member types or a face says becomes markup", () => {
  const hostile: Faces = {
    mentions: () => ({ url: 'https://a.test/"><script>', handle: '<img src=x onerror="x">' }),
    tagUrl: () => 'https://a.test/"><script>',
  };
  const html = toHtml('@a <script>alert(1)</script> #b "onclick=x', hostile);
  const tags = html.match(/<[^>]*>/g)!.map((tag) => /^<\/?([a-z]+)/.exec(tag)?.[1]);
  assert.deepEqual([...new Set(tags)].sort(), ["a", "p", "span"]);
  assert.ok(!html.includes('"onclick'));
});

const floods = {
  "nothing but @": "@".repeat(100_000),
  "nothing but #": "#".repeat(100_000),
  "nothing but http://": "http://".repeat(15_000),
  "many mentions": "@a@b.test ".repeat(10_000),
  "many different mentions": Array.from({ length: 12_000 }, (_, index) => `@a${index}`).join(" "),
  "many hashtags": "#a ".repeat(33_000),
  "many links": "http://a.b/( ".repeat(8_000),
  "a mention that never ends": `@a${".-".repeat(50_000)}!`,
  "a host that never ends": `@a@b${"-.".repeat(50_000)}!`,
  "a hashtag of dots": `#a${"·".repeat(100_000)}!`,
  "a hashtag of digits": `#${"1_".repeat(50_000)}`,
  "an address of brackets": `https://a.test/${"([{".repeat(33_000)}`,
  "nothing but blank lines": `x${"\n ".repeat(50_000)}y`,
  "nothing but accents": `e${"\u0301".repeat(100_000)}`,
};

for (const [name, text] of Object.entries(floods)) {
  Deno.test(`text is read in bounded time: ${name}`, () => {
    const start = performance.now();
    toHtml(text, faces);
    countCharacters(text);
    findHashtags(text);
    const milliseconds = performance.now() - start;
    assert.ok(milliseconds < 2000, `took ${milliseconds} ms`);
  });
}
