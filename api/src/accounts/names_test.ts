import assert from "node:assert/strict";
import { faultOfName, isReserved } from "./names.ts";

Deno.test("a name has up to 30 ASCII letters, digits and underscores", () => {
  for (const name of ["a", "alice", "Alice_2", "_", "007", "a".repeat(30)]) {
    assert.equal(faultOfName(name), undefined, name);
  }
  const wrong = {
    "": "ERR_BLANK",
    ["a".repeat(31)]: "ERR_TOO_LONG",
    "al ice": "ERR_INVALID",
    "al.ice": "ERR_INVALID",
    "al-ice": "ERR_INVALID",
    "@alice": "ERR_INVALID",
    "zoë": "ERR_INVALID",
    "аlice": "ERR_INVALID", // the first letter is Cyrillic
    "alice\n": "ERR_INVALID",
    "al\0ice": "ERR_INVALID",
    "ﬁsh": "ERR_INVALID",
    "\u212a": "ERR_INVALID", // the Kelvin sign, a k when folded
  };
  for (const [name, fault] of Object.entries(wrong)) assert.equal(faultOfName(name), fault, name);
});

Deno.test("names that could pass for the server or its staff are reserved, whatever their case", () => {
  for (const name of ["admin", "Admin", "ROOT", "support", "moderator", "riff", "null"]) {
    assert.ok(isReserved(name), name);
  }
  for (const name of ["alice", "administrate", "rooty"]) assert.ok(!isReserved(name), name);
});
