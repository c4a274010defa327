import assert from "node:assert/strict";
import { faultOfEmail } from "./email.ts";

Deno.test("an e-mail address has a name, an @ and a domain with a dot", () => {
  const right = ["alice@mail.test", "a.b+c@x.y.example", "o'neil@mail.test", "zoë@bücher.example", "1@2.io"];
  for (const email of right) assert.equal(faultOfEmail(email), undefined, email);
  const wrong = [
    "alice",
    "alice@",
    "@mail.test",
    "alice@localhost",
    "a b@mail.test",
    "a@b@mail.test",
    "alice@mail..test",
    "alice@-mail.test",
    ".alice@mail.test",
    "al..ice@mail.test",
    "alice.@mail.test",
    "alice@mail.test\n",
    "alice\0@mail.test",
    '"a,b"@mail.test',
    "Alice <alice@mail.test>",
    `${"a".repeat(65)}@mail.test`,
  ];
  for (const email of wrong) assert.equal(faultOfEmail(email), "ERR_INVALID", email);
  assert.equal(faultOfEmail(""), "ERR_BLANK");
  assert.equal(faultOfEmail(`a@${"b".repeat(250)}.test`), "ERR_TOO_LONG");
});

Deno.test("an e-mail address made to take long is judged at once", () => {
  const before = performance.now();
  faultOfEmail(`a@${"a-".repeat(120)}`);
  assert.ok(performance.now() - before < 50);
});
