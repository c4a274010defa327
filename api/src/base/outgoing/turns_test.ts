import assert from "node:assert/strict";
import { Turns } from "./turns.ts";

/** Asks for turns in this order; answers whose turn has come, which grows as turns are given back. */
function queue(turns: Turns, names: string[], signal = new AbortController().signal): string[] {
  const called: string[] = [];
  for (const name of names) turns.take(name, signal).then(() => called.push(name), () => {});
  return called;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("so many at once have a turn under one name, and so many in all", async () => {
  const turns = new Turns(2, 3);
  const called = queue(turns, ["a", "a", "a", "b", "b"]);
  await settled();
  assert.deepEqual(called, ["a", "a", "b"]);
});

Deno.test("a turn that is given back goes to the first who may have it", async () => {
  const turns = new Turns(2, 3);
  const called = queue(turns, ["a", "a", "a", "b", "b", "c"]);
  turns.giveBack("b");
  await settled();
  assert.deepEqual(called, ["a", "a", "b", "b"]);
  turns.giveBack("a");
  await settled();
  assert.deepEqual(called, ["a", "a", "b", "b", "a"]);
});

Deno.test("names take turns, however many wait under one", async () => {
  const turns = new Turns(1, 1);
  const names = [..."aaaabbcc"];
  const called = queue(turns, names);
  for (let given = 0; given < names.length; given++) {
    await settled();
    turns.giveBack(called.at(-1)!);
  }
  assert.equal(called.join(""), "aabcabca");
});

Deno.test("who leaves the queue leaves no gap", async () => {
  const turns = new Turns(1, 1);
  const leaving = new AbortController();
  const called = queue(turns, ["a"]);
  const left = turns.take("b", leaving.signal);
  called.push(...queue(turns, ["c"]));
  const reason = new Error("enough");
  leaving.abort(reason);
  await assert.rejects(left, reason);
  await assert.rejects(turns.take("d", leaving.signal), reason);
  turns.giveBack("a");
  const after = queue(turns, ["e"]);
  await settled();
  assert.deepEqual(after, []);
  turns.giveBack("c");
  await settled();
  assert.deepEqual(after, ["e"]);
});
