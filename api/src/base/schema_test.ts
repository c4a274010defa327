import assert from "node:assert/strict";
import { z } from "zod";
import { Invalid, NotFound } from "./errors.ts";
import { bool, id, ids, integer, listOf, parse, text } from "./schema.ts";

Deno.test("booleans are read as Rails reads them", () => {
  for (const value of [true, "true", "TRUE", "1", 1, "on", "t", "yes"]) {
    assert.equal(parse(bool, value), true, `${value}`);
  }
  for (const value of [false, "false", "False", "0", 0, "off", "OFF", "f", ""]) {
    assert.equal(parse(bool, value), false, `${value}`);
  }
  for (const value of [[], {}, [true]]) assert.throws(() => parse(bool, value), Invalid);
});

Deno.test("whole numbers may come as text", () => {
  const numbers: [unknown, number][] = [[7, 7], ["7", 7], [" -7 ", -7], ["+07", 7], [0, 0], [
    "900719925474099",
    900719925474099,
  ]];
  for (const [value, number] of numbers) assert.equal(parse(integer, value), number);
  for (
    const value of ["7x", "1.5", 1.5, "1e3", "0x10", "", true, [], ["7"], {}, NaN, 2 ** 60, "9".repeat(16)]
  ) {
    assert.throws(() => parse(integer, value), Invalid, `${value}`);
  }
});

Deno.test("texts are counted in code points", () => {
  assert.equal(parse(text(3), "abc"), "abc");
  assert.equal(parse(text(3), "😀😀😀"), "😀😀😀");
  assert.equal(parse(text(3), ""), "");
  assert.equal(parse(text(9), 5), "5");
  assert.equal(parse(text(9), true), "true");
  for (const value of ["abcd", "😀😀😀😀", {}, ["a"], new File([], "a")]) {
    assert.throws(() => parse(text(3), value), Invalid);
  }
});

Deno.test("what is no id can't be found", () => {
  assert.equal(parse(id, "116000000000012345"), "116000000000012345");
  assert.equal(parse(id, 42), "42");
  for (const value of ["x", "-1", "1.5", "9".repeat(19), 1.5, -1, 2 ** 60, [], {}, ["1"], true]) {
    assert.throws(
      () => parse(z.object({ in_reply_to_id: id.optional() }), { in_reply_to_id: value }),
      NotFound,
    );
  }
});

Deno.test("of a list of ids only ids stay, each once", () => {
  const lists: [unknown, string[]][] = [
    [["1", "2", 2, "1"], ["1", "2"]],
    ["7", ["7"]],
    [7, ["7"]],
    [["x", "", null, {}, [], "9".repeat(19), "3"], ["3"]],
    [{ 0: "1", 1: "2" }, ["1", "2"]],
    ["", []],
    [null, []],
    [undefined, []],
    [{ a: "1" }, []],
  ];
  for (const [value, found] of lists) {
    assert.deepEqual(parse(z.object({ ids }), { ids: value }), { ids: found });
  }
  assert.deepEqual(parse(z.object({ ids }), {}), { ids: [] });
});

Deno.test("a list may be a list, a single value or a Rails index map", () => {
  const field = z.object({ name: text(9), on: bool.optional() });
  const lists = z.object({ fields: listOf(field).optional() });
  const two = { fields: [{ name: "a", on: true }, { name: "b" }] };
  assert.deepEqual(parse(lists, two), two);
  assert.deepEqual(parse(lists, { fields: { 0: { name: "a", on: "1" }, 1: { name: "b" } } }), two);
  assert.deepEqual(parse(lists, { fields: { 10: { name: "b" }, 9: { name: "a", on: 1 } } }), two);
  assert.deepEqual(parse(lists, { fields: { name: "a" } }), { fields: [{ name: "a" }] });
  assert.deepEqual(parse(lists, { fields: [] }), { fields: [] });
  assert.deepEqual(parse(lists, { fields: "" }), { fields: [] });
  assert.deepEqual(parse(lists, {}), {});
  assert.deepEqual(parse(listOf(text(9)), "a"), ["a"]);
});

const post = z.object({
  status: text(5),
  visibility: z.enum(["public", "direct"]).optional(),
  limit: integer.pipe(z.number().min(1).max(40)).default(20),
  in_reply_to_id: id.optional(),
  sensitive: bool.optional(),
  poll: z.object({ options: listOf(z.string().min(1)).pipe(z.array(z.string()).min(2)), expires_in: integer })
    .optional(),
});

Deno.test("what a field does not take, but is null or empty, counts as not given", () => {
  assert.deepEqual(
    parse(post, {
      status: "",
      visibility: "",
      limit: null,
      in_reply_to_id: null,
      sensitive: null,
      poll: null,
    }),
    { status: "", limit: 20 },
  );
  assert.deepEqual(parse(post, { status: "x", in_reply_to_id: "", limit: "" }), { status: "x", limit: 20 });
  const poll = { options: ["a", "", "b", null], expires_in: "60" };
  assert.deepEqual(parse(post, { status: "x", poll }).poll, { options: ["a", "b"], expires_in: 60 });
  assert.deepEqual(parse(z.object({ expires_in: integer.nullable() }), { expires_in: null }), {
    expires_in: null,
  });
});

const complaints: [input: unknown, message: string][] = [
  [{}, "Status can't be blank"],
  [{ status: null }, "Status can't be blank"],
  [{ status: "abcdef" }, "Status is too long (maximum is 5 characters)"],
  [{ status: {} }, "Status is invalid"],
  [{ status: "", visibility: "secret" }, "Visibility is not included in the list"],
  [{ status: "", limit: "many" }, "Limit is not a number"],
  [{ status: "", limit: 0 }, "Limit must be greater than or equal to 1"],
  [{ status: "", limit: 41 }, "Limit must be less than or equal to 40"],
  [{ status: "", sensitive: [] }, "Sensitive is invalid"],
  [{ status: "", poll: "x" }, "Poll is invalid"],
  [
    { status: "", poll: { options: "a" } },
    "Poll options is too short (minimum is 2), Poll expires in can't be blank",
  ],
  [
    { status: "abcdef", limit: 0 },
    "Status is too long (maximum is 5 characters), Limit must be greater than or equal to 1",
  ],
];

Deno.test("complaints are worded as Mastodon words them", () => {
  for (const [input, message] of complaints) {
    assert.throws(() => parse(post, input), new Invalid(`Validation failed: ${message}`));
  }
});

Deno.test("what a schema itself has to say is passed on", () => {
  const schema = z.object({
    username: z.string().regex(/^\w+$/, "must contain only letters, numbers and underscores"),
  });
  assert.throws(
    () => parse(schema, { username: "a b" }),
    new Invalid("Validation failed: Username must contain only letters, numbers and underscores"),
  );
});
