import assert from "node:assert/strict";
import { isSecretName, redacted } from "./redaction.ts";

Deno.test("secrets are hidden in free text", () => {
  const token = "ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0";
  const cases: Record<string, string> = {
    [`the token ${token} is unknown`]: "the token … is unknown",
    "Authorization: Basic YWxpY2U6aHVudGVyMg==\nHost: riff.test": "Authorization: …\nHost: riff.test",
    'Cookie: a=b; c="d"': 'Cookie: …"d"',
    "sent Bearer abcdefgh12": "sent Bearer …",
    "password=hunter2&name=alice": "password=…&name=alice",
    '{"password":"hunter2","name":"alice"}': '{"password":"…","name":"alice"}',
    '{\\"client_secret\\": \\"abc\\", \\"n\\": 1}': '{\\"client_secret\\": \\"…\\", \\"n\\": 1}',
    "access_token: abc, refresh_token=def": "access_token: …, refresh_token=…",
    "code=abcdefghijklmnop1234": "code=…",
    "GET /oauth/authorize?client_id=1&state=x HTTP/1.1": "GET /oauth/authorize?… HTTP/1.1",
    "see <https://riff.test/a?secretthing> there": "see <https://riff.test/a?…> there",
    "postgres://riff:hunter2@db.test:5432/riff": "postgres://riff:…@db.test:5432/riff",
    "smtps://alice%40riff.test:p@ss@mail.test": "smtps://alice%40riff.test:…@mail.test",
    "-----BEGIN PRIVATE KEY-----\nMIIE\nvg==\n-----END PRIVATE KEY----- end": "… end",
    "-----BEGIN PRIVATE KEY-----\nMIIE and no end": "…",
    "digest 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= differs": "digest … differs",
    "no mailbox <alice.b+c@mail.riff.test> here": "no mailbox <…> here",
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(redacted(text), expected);
});

Deno.test("what an admin needs to see stays in the log", () => {
  const cases = [
    "@alice@elsewhere.test follows acct:bob@riff.test",
    "https://elsewhere.test:8443/@alice/116101010101010101",
    "https://riff.test/ap/actors/116101010101010101#main-key",
    "    at verify (file:///srv/riff/node_modules/.deno/kysely@0.29.9/node_modules/kysely/dist/index.js:12:7)",
    "id 0198c1a2-7c1e-7f00-8000-0123456789ab, sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "Unexpected token '<' at 7; error code: 23505; signature: the key is unknown",
    "Is that so? Yes: 1 = 1",
    "/srv/riff/api/src/notifications/notifications_test.ts",
    "203.0.113.9",
  ];
  for (const text of cases) assert.equal(redacted(text), text);
});

Deno.test("a field is secret by its name", () => {
  for (
    const name of [
      "password",
      "newPassword",
      "access_token",
      "csrfToken",
      "set-cookie",
      "Authorization",
      "client_secret",
      "private_key",
      "privateKey",
      "code",
      "form.code",
      "signature",
      "email",
      "totp",
    ]
  ) assert.ok(isSecretName(name), name);
  for (
    const name of ["ip", "code_challenge_method", "statusCode", "path", "key", "host", "notpossible", ""]
  ) {
    assert.ok(!isSecretName(name), name);
  }
});

Deno.test("no text, however made, takes long to redact", () => {
  const pieces = [
    "a",
    "-",
    "a-",
    "a.",
    "a@",
    "://a:",
    "?a",
    "token=\\",
    "-----BEGIN A-----",
    "https://",
    '\\\\"',
    "A1a/",
  ];
  for (const piece of pieces) {
    const text = piece.repeat(8000 / piece.length);
    const start = performance.now();
    redacted(text);
    const milliseconds = performance.now() - start;
    assert.ok(milliseconds < 250, `${piece} took ${milliseconds} ms`);
  }
});
