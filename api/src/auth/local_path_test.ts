import assert from "node:assert/strict";
import { localPath } from "./local_path.ts";

Deno.test("forms lead back to paths on this server alone", () => {
  for (
    const path of [
      "/",
      "/home",
      "/@alice/1?x=1&y=%2F#post-1",
      "/oauth/authorize?redirect_uri=https://app.test/",
    ]
  ) {
    assert.equal(localPath(path), path);
  }
  const elsewhere = [
    "",
    "home",
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "/home\\..\\evil",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    " //evil.test",
    "https://evil.test",
    "https:evil.test",
    "javascript:alert(1)",
    "/home\r\nset-cookie: a=b",
    `/${"a".repeat(5000)}`,
    undefined,
    null,
    1,
    ["/home"],
    { toString: () => "/home" },
  ];
  for (const path of elsewhere) assert.equal(localPath(path), undefined, String(path).slice(0, 40));
});
