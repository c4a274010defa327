import assert from "node:assert/strict";
import { status } from "../gallery_samples.ts";
import { depths } from "./thread.ts";
import { narrower } from "./visibility.ts";

const answering = (id: string, parent: string | null) => status({ id, in_reply_to_id: parent });

Deno.test("a reply stands one step further in than what it answers, up to four", () => {
  const replies = ["2", "3", "4", "5", "6", "7"].map((id) => answering(id, String(Number(id) - 1)));
  assert.deepEqual([...depths("1", replies).values()], [0, 1, 2, 3, 4, 4]);
});

Deno.test("a reply whose parent the viewer may not see starts anew at the edge", () => {
  const found = depths("1", [answering("2", "1"), answering("4", "3"), answering("5", null)]);
  assert.deepEqual(Object.fromEntries(found), { 2: 0, 4: 0, 5: 0 });
});

Deno.test("a reply is never more public than what it answers", () => {
  assert.equal(narrower("public", "direct"), "direct");
  assert.equal(narrower("private", "unlisted"), "private");
  assert.equal(narrower("public", "public"), "public");
});
