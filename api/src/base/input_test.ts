import assert from "node:assert/strict";
import { BadRequest, TooLarge } from "./errors.ts";
import { readInput } from "./input.ts";

const address = "https://riff.test/api";

/** A request with this body; without `type` it has no Content-Type. */
function request(body: BodyInit, type?: string, query = ""): Request {
  const made = new Request(address + query, { method: "POST", body });
  if (type) made.headers.set("content-type", type);
  else made.headers.delete("content-type");
  return made;
}

/** The same with prototypes, so that it can be compared with a literal. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

async function readForm(body: string): Promise<unknown> {
  return plain(await readInput(request(body, "application/x-www-form-urlencoded")));
}

async function readJson(body: string): Promise<unknown> {
  return plain(await readInput(request(body, "application/json")));
}

const forms: [form: string, input: unknown][] = [
  ["", {}],
  ["status=hello+world&visibility=public", { status: "hello world", visibility: "public" }],
  ["status=%E2%98%95%20%26%0A", { status: "☕ &\n" }],
  ["empty=&bare", { empty: "", bare: "" }],
  ["id=1&id=2&id=3", { id: ["1", "2", "3"] }],
  ["id[]=1&id[]=2", { id: ["1", "2"] }],
  ["id%5B%5D=1", { id: ["1"] }],
  ["types=a&types[]=b", { types: ["a", "b"] }],
  ["types[]=a&types=b", { types: ["a", "b"] }],
  ["poll[options][]=a&poll[options][]=b&poll[expires_in]=60", {
    poll: { options: ["a", "b"], expires_in: "60" },
  }],
  ["source[privacy]=direct", { source: { privacy: "direct" } }],
  ["f[0][name]=a&f[0][value]=b&f[1][name]=c", { f: { 0: { name: "a", value: "b" }, 1: { name: "c" } } }],
  [
    "k[][word]=a&k[][whole]=1&k[][word]=b&k[][id]=7&k[][_destroy]=1",
    { k: [{ word: "a", whole: "1" }, { word: "b", id: "7", _destroy: "1" }] },
  ],
  ["k[][tags][]=a&k[][tags][]=b&k[][x]=1&k[][x]=2", { k: [{ tags: ["a", "b"], x: "1" }, { x: "2" }] }],
  ["k[][a][b]=1&k[][a][c]=2&k[][a][b]=3", { k: [{ a: { b: "1", c: "2" } }, { a: { b: "3" } }] }],
  ["a[b=1&c]=2&[d]=3&e[f]g=4", { "a[b": "1", "c]": "2", "[d]": "3", "e[f]g": "4" }],
  ["a=%zz&b=%ff", { a: "%zz", b: "\ufffd" }],
  ["a=x%00y&b%00=1", { a: "xy" }],
];

Deno.test("forms nest as in Rails", async () => {
  for (const [form, input] of forms) assert.deepEqual(await readForm(form), input, form);
});

Deno.test("a query is read like a form", async () => {
  for (const [form, input] of forms) {
    assert.deepEqual(plain(await readInput(new Request(`${address}?${form}`))), input, form);
  }
});

Deno.test("multipart nests like a form, and files stay files", async () => {
  const form = new FormData();
  form.append("media_ids[]", "1");
  form.append("media_ids[]", "2");
  form.append("source[privacy]", "direct");
  form.append("file", new File(["abc"], "é.png", { type: "image/png" }));
  form.append("avatar", new File([], ""));
  const { file, ...others } = await readInput(new Request(address, { method: "PATCH", body: form }));
  assert.deepEqual(plain(others), { media_ids: ["1", "2"], source: { privacy: "direct" } });
  assert.ok(file instanceof File);
  assert.deepEqual([file.name, file.type, await file.text()], ["é.png", "image/png", "abc"]);
});

Deno.test("an empty multipart form is no parameters", async () => {
  assert.deepEqual(
    plain(await readInput(new Request(address, { method: "POST", body: new FormData() }))),
    {},
  );
});

Deno.test("JSON is taken as it is, but numbers too large to be exact stay the digits they are", async () => {
  assert.deepEqual(
    await readJson('{"a":[1,-2.5,1e400,true,null,"x",{"b":{}}],"id":116000000000012345,"small":-7}'),
    { a: [1, -2.5, null, true, null, "x", { b: {} }], id: "116000000000012345", small: -7 },
  );
});

Deno.test("JSON without anything in it is no parameters", async () => {
  for (const body of ["", "  \n", "{}"]) assert.deepEqual(await readJson(body), {});
});

Deno.test("the body is read by its looks where the Content-Type is missing or says nothing", async () => {
  for (const type of [undefined, "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]) {
    assert.deepEqual(plain(await readInput(request(' {"a":{"b":1}}', type))), { a: { b: 1 } }, type);
    assert.deepEqual(plain(await readInput(request("a[b]=1", type))), { a: { b: "1" } }, type);
  }
  assert.deepEqual(plain(await readInput(request('{"a":1}', "application/vnd.api+json; charset=utf-8"))), {
    a: 1,
  });
});

Deno.test("query and body come together, and the query counts where both speak", async () => {
  const input = await readInput(
    request("a=body&b=body", "application/x-www-form-urlencoded", "?a=query&c[]=query"),
  );
  assert.deepEqual(plain(input), { a: "query", b: "body", c: ["query"] });
});

Deno.test("a DELETE has a body as well", async () => {
  const removal = new Request(address, {
    method: "DELETE",
    body: new URLSearchParams([["account_ids[]", "1"]]),
  });
  assert.deepEqual(plain(await readInput(removal)), { account_ids: ["1"] });
});

Deno.test("names that lead to prototypes are dropped, at every depth", async () => {
  const json =
    '{"__proto__":{"admin":1},"constructor":{"prototype":{"admin":1}},"a":[{"__proto__":{"admin":1}}],"b":1}';
  assert.equal(JSON.stringify(await readInput(request(json, "application/json"))), '{"a":[{}],"b":1}');
  const form =
    "__proto__[admin]=1&constructor[prototype][admin]=1&a[__proto__][admin]=1&a[][__proto__]=1&__proto__=1&b=1";
  assert.equal(JSON.stringify(await readInput(request(form))), '{"b":"1"}');
  assert.equal(({} as Record<string, unknown>).admin, undefined);
});

Deno.test("input has no prototype: what nobody sent is not there", async () => {
  for (const body of ["x[y]=1", '{"x":{"y":1}}']) {
    const input = await readInput(request(body));
    assert.equal(input.toString, undefined);
    assert.equal((input.x as typeof input).hasOwnProperty, undefined);
  }
});

Deno.test("texts hold nothing that PostgreSQL can't store", async () => {
  assert.deepEqual(await readJson(String.raw`{"a":"x\u0000y","b":"\ud83d","c":["\udc00"],"d\u0000":1}`), {
    a: "xy",
    b: "\ufffd",
    c: ["\ufffd"],
  });
});

const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nvalue\r\n`;

const malformed: [what: string, body: string, type?: string][] = [
  ["JSON that ends too early", '{"a":', "application/json"],
  ["JSON with an unknown word", '{"a":nope}', "application/json"],
  ["JSON that is a list", "[1,2]", "application/json"],
  ["JSON that is a text", '"a"', "application/json"],
  ["JSON that is null", "null", "application/json"],
  ["a form that claims to be JSON", "a=1", "application/json"],
  ["JSON that nests too deep", '{"a":'.repeat(11) + "1" + "}".repeat(11), "application/json"],
  ["a megabyte of brackets", "[".repeat(999_999), "application/json"],
  ["JSON with too many values", JSON.stringify({ a: Array(5000).fill(1) }), "application/json"],
  ["a form that nests too deep", `a${"[b]".repeat(10)}=1`],
  ["a form with too many fields", "a[]=1&".repeat(5000)],
  ["a name that is both text and map", "a=1&a[b]=2"],
  ["a name that is both map and text", "a[b]=2&a=1"],
  ["a name that is both map and list", "a[b]=2&a[]=1"],
  ["a name that is both list and map", "a[]=2&a[b]=1"],
  ["multipart without a boundary", part("a") + "--x--\r\n", "multipart/form-data"],
  ["multipart with another boundary", part("a") + "--x--\r\n", "multipart/form-data; boundary=y"],
  ["multipart that was cut off", part("a") + part("b").slice(0, -10), "multipart/form-data; boundary=x"],
  ["multipart without an end", part("a"), "multipart/form-data; boundary=x"],
  [
    "multipart with too many parts",
    part("a[]").repeat(5000) + "--x--\r\n",
    "multipart/form-data; boundary=x",
  ],
];

for (const [what, body, type] of malformed) {
  Deno.test(`a bad request is refused: ${what}`, async () => {
    await assert.rejects(readInput(request(body, type)), BadRequest);
  });
}

Deno.test("brackets inside of texts are not nesting", async () => {
  const text = '[{[{\\"[{[{'.repeat(100);
  const body = JSON.stringify({ a: text, b: '"' + "[".repeat(50) });
  assert.deepEqual(await readJson(body), { a: text, b: '"' + "[".repeat(50) });
});

Deno.test("a body that breaks off is a bad request", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("connection lost")) });
  await assert.rejects(readInput(request(body, "application/json")), BadRequest);
});

Deno.test("a body over the limit is refused while it is still being sent", async () => {
  let sent = 0;
  let stopped = false;
  const body = new ReadableStream({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
    cancel: () => {
      stopped = true;
    },
  });
  await assert.rejects(readInput(request(body, "application/json")), TooLarge);
  assert.ok(sent < 1_500_000 && stopped);
});

Deno.test("the limit holds whatever Content-Length claims, and can be set", async () => {
  const lying = request("a=" + "x".repeat(2000));
  lying.headers.set("content-length", "5");
  await assert.rejects(readInput(lying, { maxBytes: 1000 }), TooLarge);
  const boasting = request("a=1");
  boasting.headers.set("content-length", "2000000");
  await assert.rejects(readInput(boasting), TooLarge);
  const large = await readInput(request("a=" + "x".repeat(1_500_000)), { maxBytes: 2_000_000 });
  assert.equal((large.a as string).length, 1_500_000);
});
