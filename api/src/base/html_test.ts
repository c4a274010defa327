import assert from "node:assert/strict";
import { escapeHtml, plainText, sanitizeHtml } from "./html.ts";

const tags = "a|b|blockquote|br|code|del|em|i|li|ol|p|pre|rp|rt|ruby|s|span|strong|u|ul";
const harmlessTag = new RegExp(
  `</?(?:${tags})(?: (?:lang|class|rel|target|translate|start|reversed|value)(?:="[^"<>]*")?` +
    `| href="https?:[^"<>]*")*>`,
  "g",
);

/** Whether a browser can find nothing here but allowed tags, allowed attributes and addresses on the web. */
function isHarmless(html: string): boolean {
  return !/[<>]/.test(html.replaceAll(harmlessTag, ""));
}

const kept: [string, string][] = [
  ["<p>one<br>two</p>", "<p>one<br>two</p>"],
  ["<p>one<br/>two<br />three</p>", "<p>one<br>two<br>three</p>"],
  ["<p><b>b</b><i>i</i><u>u</u><s>s</s><del>d</del><em>e</em><strong>s</strong><code>c</code></p>"],
  ["<pre><code>a  &lt; b\n</code></pre>"],
  ["<blockquote><p>said</p></blockquote>"],
  ['<ul><li>one</li><li>two</li></ul><ol start="3" reversed><li value="7">x</li></ol>'],
  ["<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"],
  ['<p lang="de">Grüße</p>'],
  ['<p class="quote-inline">RE</p>'],
  ['<span class="h-card" translate="no">x</span>'],
  ["<h1>Title</h1><p>x</p>", "<p><strong>Title</strong></p><p>x</p>"],
  ['<h6 lang="fr" id="x">Titre</h6>', '<p lang="fr"><strong>Titre</strong></p>'],
  ["a &amp; b &lt;c&gt; &quot;d&quot; &eacute; &#128512;", 'a &amp; b &lt;c&gt; "d" é 😀'],
  [
    '<a href="https://a.test/?x=1&amp;y=2" class="u-url mention own" rel="me">@<span>a</span></a>',
    '<a href="https://a.test/?x=1&amp;y=2" rel="nofollow noopener" target="_blank" class="u-url mention">' +
    "@<span>a</span></a>",
  ],
  [
    '<a href="https://a.test/tags/x" class="mention hashtag" rel="tag" translate="no">#x</a>',
    '<a href="https://a.test/tags/x" rel="tag nofollow noopener" target="_blank" class="mention hashtag" ' +
    'translate="no">#x</a>',
  ],
  ['<span translate="yes" class="Button fa-spin">x</span>', "<span>x</span>"],
  ["<div>one</div><div>two</div>", "one two"],
  ["<table><tr><td>1</td><td>2</td></tr></table>", "1 2"],
  ["<article><p>one</p></article><p>two</p>", "<p>one</p><p>two</p>"],
  ["a<img src='https://a.test/i.png' alt='b'>c", "ac"],
  ["<p>never <b>closed", "<p>never <b>closed</b></p>"],
  ["closed </b></div></span> never opened", "closed  never opened"],
  ["<p>one<p>two", "<p>one</p><p>two</p>"],
  ["", ""],
].map(([html, expected]) => [html!, expected ?? html!]);

Deno.test("strangers' HTML keeps what Mastodon allows and loses the rest", () => {
  for (const [html, expected] of kept) assert.equal(sanitizeHtml(html), expected, html);
});

Deno.test("sanitising what is clean already changes nothing", () => {
  for (const [html] of kept) {
    const once = sanitizeHtml(html);
    assert.equal(sanitizeHtml(once), once, html);
  }
});

/** Addresses that lead elsewhere than to the web, in the spellings that browsers understand. */
const badAddresses = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\u0001javascript:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "java\r\nscript:alert(1)",
  "java\0script:alert(1)",
  "java&#x0A;script:alert(1)",
  "java&Tab;script:alert(1)",
  "javascript&colon;alert(1)",
  "javascript&#58;alert(1)",
  "javascript&#x3A;alert(1)",
  "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
  "&#0000106avascript:alert(1)",
  "&#x6Aavascript:alert(1)",
  "&#14; javascript:alert(1)",
  "javascript://https://a.test/%0aalert(1)",
  "vbscript:msgbox(1)",
  "livescript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "blob:https://a.test/1",
  "file:///etc/passwd",
  "filesystem:https://a.test/x",
  "view-source:https://a.test/",
  "about:blank",
  "mailto:a@b.test",
  "magnet:?xt=urn:btih:1",
  "intent://a.test#Intent;end",
  "//a.test/",
  "/settings",
  "\\\\a.test",
  "https:",
  "http://",
  "x",
  "",
];

Deno.test("a link that does not lead to the web keeps only its text", () => {
  for (const address of badAddresses) {
    assert.equal(sanitizeHtml(`<a href="${address}">x</a>`), "<span>x</span>", address);
  }
});

const attacks = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=https://a.test/x.js></SCRIPT>",
  "<script",
  "<script>alert(1)",
  "<script/x>alert(1)</script >",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<scr\0ipt>alert(1)</scr\0ipt>",
  "<<script>alert(1);//<</script>",
  "<%00script>alert(1)</script>",
  "<style>@import 'https://a.test/x.css';</style>",
  "<style><img src=x onerror=alert(1)></style>",
  "<link rel=stylesheet href=https://a.test/x.css>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<base href='javascript:alert(1)//'>",
  "<img src=x onerror=alert(1)>",
  "<img/src=x/onerror=alert(1)>",
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<img """><script>alert(1)</script>">',
  "<image src=x onerror=alert(1)>",
  "<p onclick=alert(1) onmouseover='alert(1)' style='background:url(javascript:alert(1))'>x</p>",
  "<p style=position:fixed;inset:0 id=login name=csrf data-x=1 is=x slot=y>x</p>",
  '<a href="https://a.test" onclick="alert(1)" ping="https://b.test" download>x</a>',
  '<a href="https://a.test/" target="_self" rel="opener">x</a>',
  '<a href="https://a.test/&quot; onclick=alert(1) x=&quot;">x</a>',
  "<a href='https://a.test/\" onclick=alert(1)'>x</a>",
  "<a href=https://a.test/><a href=javascript:alert(1)>x</a>",
  "<a href=javascript:alert(1) href=https://a.test/>x</a>",
  '<a href="https://a.test/" href="javascript:alert(1)">x</a>',
  "<a xlink:href=javascript:alert(1) href=https://a.test/>x</a>",
  "<svg onload=alert(1)>",
  "<svg/onload=alert(1)//",
  "<svg><script>alert&#40;1)</script></svg>",
  "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
  "<svg><animate href=#x attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a></svg>",
  "<svg><foreignObject><iframe onload=alert(1)></iframe></foreignObject></svg>",
  "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
  "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
  "<svg><desc><title><img src=x onerror=alert(1)></title></desc></svg>",
  "<math><mtext></p><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
  "<math href=javascript:alert(1)><mi xlink:href=javascript:alert(1)>x</mi></math>",
  "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
  "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
  "<p><noscript></p><img title='</noscript><img src=x onerror=alert(1)>'>",
  "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
  "<noframes><p title='</noframes><img src=x onerror=alert(1)>'>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<iframe><p title='</iframe><img src=x onerror=alert(1)>'>",
  "<textarea></textarea/><img src=x onerror=alert(1)>",
  "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
  "<title><p title='</title><img src=x onerror=alert(1)>'>",
  "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
  "<plaintext><img src=x onerror=alert(1)>",
  "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
  "<template><script>alert(1)</script></template>",
  "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
  "<option>&lt;script&gt;alert(1)&lt;/script&gt;</option>",
  "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
  "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
  "<details open ontoggle=alert(1)><summary>x</summary></details>",
  "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button><input autofocus></form>",
  "<marquee onstart=alert(1)>x</marquee><blink>x</blink>",
  "<body onload=alert(1)><html manifest=x><frameset onload=alert(1)>",
  "<dialog open>x</dialog><portal src=x></portal><slot name=x></slot><custom-element x=1>x</custom-element>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!-- --!><img src=x onerror=alert(1)> -->",
  "<!--[if IE]><script>alert(1)</script><![endif]-->",
  "<!doctype html [<!ENTITY x '<script>alert(1)</script>'>]>&x;",
  "<?xml-stylesheet href='javascript:alert(1)'?><?php echo '<script>alert(1)</script>' ?>",
  "<![CDATA[<script>alert(1)</script>]]>",
  "</title><script>alert(1)</script>",
  "</p/onclick=alert(1)><p/onclick=alert(1)>x",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;",
  "&#x3c;img src=x onerror=alert(1)&#x3e;",
  "＜script＞alert(1)＜/script＞",
  "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
  '<p lang="&quot;><img src=x onerror=alert(1)>">x</p>',
  "<p class='\"><img src=x onerror=alert(1)>'>x</p>",
  '<p class="h-&quot;onclick=alert(1)">x</p>',
  "<p __proto__=x constructor=y toString=z class=h-a>x</p>",
  "<__proto__>x</__proto__><constructor>y</constructor>",
  '<h1 lang="&lt;/h1&gt;&lt;h2 lang=&quot;x&quot;&gt;">x</h1>',
  "<ol start='\"><script>alert(1)</script>'><li value=javascript:alert(1)>x</li></ol>",
];

Deno.test("no attack gets a tag, an attribute or an address through", () => {
  assert.ok(
    !isHarmless("<p onclick=x>x</p>") && !isHarmless('<a href="javascript:x">') && !isHarmless("<img>"),
  );
  for (const html of attacks) {
    const clean = sanitizeHtml(html);
    assert.ok(isHarmless(clean), `${html} became ${clean}`);
    assert.equal(sanitizeHtml(clean), clean, html);
  }
});

Deno.test("no two attacks together get anything through either", () => {
  for (const one of attacks) {
    for (const other of attacks) {
      const clean = sanitizeHtml(`<p>${one}${other}</p>`);
      assert.ok(isHarmless(clean), `${one}${other} became ${clean}`);
    }
  }
});

Deno.test("of scripts, styles and their like not even the contents stay", () => {
  for (
    const tag of ["script", "style", "noscript", "iframe", "template", "textarea", "title", "svg", "xmp"]
  ) {
    assert.equal(sanitizeHtml(`a<${tag}>gone</${tag}>b`), "ab", tag);
    assert.equal(plainText(`a<${tag}>gone</${tag}>b`), "ab", tag);
  }
});

Deno.test("what PostgreSQL can't store is not in clean HTML", () => {
  assert.equal(sanitizeHtml("a\0b\ud800c&#0;"), "ab\ufffdc\ufffd");
});

Deno.test("of HTML beyond 200,000 characters or 10,000 tags only the beginning is read", () => {
  assert.equal(sanitizeHtml("x".repeat(300_000)).length, 200_000);
  assert.equal(sanitizeHtml("<br>".repeat(20_000)), "<br>".repeat(10_000));
  assert.equal(sanitizeHtml("<b>".repeat(100) + "x"), "<b>".repeat(64) + "x" + "</b>".repeat(64));
});

const floods: Record<string, string> = {
  "tags nested 10,000 deep": "<b>".repeat(10_000) + "x" + "</b>".repeat(10_000),
  "100,000 tags that never end": "<blockquote>".repeat(100_000),
  "end tags that look for their beginning": "<b>".repeat(50_000) + "</i>".repeat(50_000),
  "a tag with 100,000 attributes": `<a ${"a=1 ".repeat(100_000)}>x</a>`,
  "100,000 classes": `<p class="${"h-x ".repeat(100_000)}">x</p>`,
  "100,000 comments": "<!--".repeat(100_000),
  "100,000 noscripts": "<noscript></p>".repeat(100_000),
  "nothing but <": "<".repeat(1_000_000),
  "nothing but entities": "&amp;".repeat(200_000),
  "nothing but spaces": `<pre>${" \n".repeat(500_000)}x`,
};

for (const [name, html] of Object.entries(floods)) {
  Deno.test(`HTML is read in bounded time: ${name}`, () => {
    const start = performance.now();
    const clean = sanitizeHtml(html);
    plainText(html);
    const milliseconds = performance.now() - start;
    assert.ok(milliseconds < 3000, `took ${milliseconds} ms`);
    assert.ok(isHarmless(clean) && clean.length < 1_000_000);
  });
}

const read: [html: string, text: string][] = [
  ["<p>one</p><p>two</p>", "one\ntwo"],
  ["<p>one<br>two<br/><br>three</p>", "one\ntwo\n\nthree"],
  ["<ul><li>one</li><li>two</li></ul>", "one\ntwo"],
  ["<h1>Title</h1>text", "Title\ntext"],
  ["one<div>two</div>three", "one\ntwo\nthree"],
  ["<p>\n  one   two\n</p>\n<p>\n  three</p>\n", "one two\nthree"],
  ["<p>see</p><pre>  a\n    b</pre>", "see\n  a\n    b"],
  ["<b>no</b><i>space</i>", "nospace"],
  ["Tom &amp; Jerry &lt;3 &quot;x&quot; &amp;lt; &eacute;", 'Tom & Jerry <3 "x" &lt; é'],
  [
    '<a href="https://a.test/b"><span class="invisible">https://</span><span>a.test/b</span></a>',
    "https://a.test/b",
  ],
  ['<span class="h-card"><a href="https://a.test/@a">@<span>a</span></a></span> hi', "@a hi"],
  ["<br><br>x<br>", "x"],
  ["never <b>closed", "never closed"],
  ["", ""],
];

Deno.test("plain text is what people read: blocks are lines, entities are letters", () => {
  for (const [html, text] of read) assert.equal(plainText(html), text, html);
});

Deno.test("escaped text stands for itself between tags and in attributes", () => {
  assert.equal(escapeHtml(`<a href="x" o='y'>&amp;`), "&lt;a href=&quot;x&quot; o=&#39;y&#39;&gt;&amp;amp;");
});
