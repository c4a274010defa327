import assert from "node:assert/strict";
import { bytesOf } from "../base/activitystreams.ts";
import { fitted } from "./fit.ts";

Deno.test("a note that is too large loses what is said twice, then the ends of descriptions, and nothing else", () => {
  const small = { type: "Note", content: "茶", contentMap: { ja: "茶" }, attachment: [] };
  assert.deepEqual(fitted(small), small);

  const [content, description] = ["茶".repeat(8_000), "👋".repeat(750)];
  const twice = { type: "Note", content, contentMap: { ja: content }, attachment: [{ name: description }] };
  assert.deepEqual(fitted(twice), { ...twice, contentMap: undefined });

  const attachment = Array.from({ length: 8 }, () => ({ type: "Document", name: description }));
  const all = fitted({ ...twice, attachment });
  assert.equal(all.content, content);
  const names = (all.attachment as { name: string }[]).map(({ name }) => name);
  assert.deepEqual(new Set(names), new Set([`${"👋".repeat(250)}…`]));
  assert.ok(bytesOf(all) <= 44_000);
});
