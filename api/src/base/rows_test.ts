import assert from "node:assert/strict";
import { fits, shapeOf } from "./rows.ts";

Deno.test("a row becomes an object with its columns as they are named, whatever is in a name", () => {
  const columns = ["id", "displayName", "?column?", 'say "hi"', "a\\b", "\u2028", "}; throw 1; {"];
  const { toObject } = shapeOf(columns);
  const values = columns.map((_, at) => at);
  assert.deepEqual(Object.entries(toObject(values)), columns.map((name, at) => [name, at]));
});

Deno.test("of columns with one name the last counts, as in pg's own rows", () => {
  assert.deepEqual(shapeOf(["id", "name", "id"]).toObject(["1", "a", "2"]), { id: "2", name: "a" });
});

Deno.test("a shape fits its own columns, in their order", () => {
  const shape = shapeOf(["id", "name"]);
  assert.ok(fits(shape, [{ name: "id" }, { name: "name" }]));
  assert.ok(!fits(shape, [{ name: "name" }, { name: "id" }]));
  assert.ok(!fits(shape, [{ name: "id" }]));
  assert.ok(!fits(shape, [{ name: "id" }, { name: "name" }, { name: "more" }]));
});
