import assert from "node:assert/strict";
import { faultOfPassword, hashPassword, isPassword } from "./passwords.ts";

const alice = { username: "alice_wonder", email: "carroll1865@mail.test" };

Deno.test("a password has eight characters or more, and is none of those that are tried first", async () => {
  for (const password of ["a quiet kettle", "ünïcödé", "🫖🫖🫖🫖🫖🫖🫖🫖", "x".repeat(512)]) {
    const fault = await faultOfPassword(password, alice);
    assert.equal(fault, [...password].length < 8 ? "ERR_TOO_SHORT" : undefined, password.slice(0, 20));
  }
  const wrong = {
    "": "ERR_BLANK",
    "1234567": "ERR_TOO_SHORT",
    "🫖🫖🫖🫖": "ERR_TOO_SHORT",
    "password": "ERR_BLOCKED",
    "PassWord": "ERR_BLOCKED",
    "12345678": "ERR_BLOCKED",
    "Alice_Wonder": "ERR_BLOCKED",
    "carroll1865": "ERR_BLOCKED",
    "CARROLL1865@mail.test": "ERR_BLOCKED",
    ["x".repeat(513)]: "ERR_TOO_LONG",
    ["ü".repeat(257)]: "ERR_TOO_LONG",
  };
  for (const [password, fault] of Object.entries(wrong)) {
    assert.equal(await faultOfPassword(password, alice), fault, password.slice(0, 20));
  }
});

Deno.test("a password is kept as an argon2id hash, never the same twice, that only it opens", async () => {
  const hash = await hashPassword("a quiet kettle");
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(await hashPassword("a quiet kettle"), hash);
  assert.ok(await isPassword("a quiet kettle", hash));
  for (const other of ["a quiet kettl", "A quiet kettle", "", "x".repeat(100_000)]) {
    assert.ok(!await isPassword(other, hash), other.slice(0, 20));
  }
});

Deno.test("where there is no such member, a password takes as long to check, and is never right", async () => {
  const hash = await hashPassword("a quiet kettle");
  await isPassword("warm", undefined);
  const [known, unknown] = [await fastest(hash), await fastest(undefined)];
  assert.ok(unknown > known / 3 && known > unknown / 3, `${known} ms against ${unknown} ms`);
  assert.ok(!await isPassword("", undefined));
});

/** The shortest of some tries, in milliseconds: the machine may be busy with something else. */
async function fastest(hash: string | undefined): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    await isPassword("a quiet kettlf", hash);
    times.push(performance.now() - before);
  }
  return Math.min(...times);
}
