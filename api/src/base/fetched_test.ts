import assert from "node:assert/strict";
import { FetchFailed, readJson } from "./fetched.ts";

const bodyOf = (text: string) => ({ body: new TextEncoder().encode(text) });
const nested = (depth: number) => bodyOf("[".repeat(depth) + "]".repeat(depth));
const isUnreadable = (error: unknown) => error instanceof FetchFailed && error.kind === "unreadable";

Deno.test("JSON is read, whatever it is", () => {
  for (const value of [null, true, 1, "a", [], {}, { a: [{ b: "ü" }] }]) {
    assert.deepEqual(readJson(bodyOf(JSON.stringify(value))), value);
  }
  assert.deepEqual(readJson(bodyOf('\ufeff{"a": 1}')), { a: 1 });
});

Deno.test("what is no JSON is unreadable, and its text stays out of the message", () => {
  for (const text of ["", "<html>secret</html>", '{"secret": ', "secret", "NaN", "[1,]"]) {
    assert.throws(
      () => readJson(bodyOf(text)),
      (error) => isUnreadable(error) && !/secret/.test(String(error)),
      text,
    );
  }
  assert.throws(() => readJson({ body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) }), isUnreadable);
});

Deno.test("JSON may be nested as deep as allowed, and no deeper", () => {
  readJson(nested(32));
  assert.throws(() => readJson(nested(33)), isUnreadable);
  assert.deepEqual(readJson(bodyOf('{"a": [1]}'), 2), { a: [1] });
  assert.throws(() => readJson(bodyOf('{"a": [[]]}'), 2), isUnreadable);
  assert.throws(() => readJson(nested(500_000)), isUnreadable);
});

Deno.test("no JSON brings a prototype of its own", () => {
  const read = readJson(
    bodyOf('{"__proto__": {"isAdmin": true}, "a": {"__proto__": null, "b": 1}}'),
  ) as object;
  assert.deepEqual(Object.keys(read), ["a"]);
  assert.equal((Object.assign({}, read) as { isAdmin?: boolean }).isAdmin, undefined);
  assert.deepEqual(read, { a: { b: 1 } });
});
