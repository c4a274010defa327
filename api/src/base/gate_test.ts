import assert from "node:assert/strict";
import { Unavailable } from "./errors.ts";
import { gate } from "./gate.ts";

Deno.test("a gate lets in so many at once, the others in their order, and sends away who finds the line full", async () => {
  const through = gate(2, 3);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const work = (number: number) =>
    through(async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setTimeout(done, 1));
      inside--;
      order.push(number);
    });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(work));
  assert.equal(most, 2);
  assert.deepEqual(order, [1, 2, 3, 4, 5]);
  const [, , , , , sixth] = outcomes;
  assert.ok(sixth?.status === "rejected" && sixth.reason instanceof Unavailable);
});

Deno.test("work that fails gives its place back", async () => {
  const through = gate(1, 1);
  await assert.rejects(through(() => Promise.reject(new Error("broken"))), /broken/);
  assert.equal(await through(() => Promise.resolve("fine")), "fine");
});
