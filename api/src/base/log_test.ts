import assert from "node:assert/strict";
import { openLog } from "./log.ts";

/** What a log of its own writes while `story` is told. */
function lines(
  story: (log: ReturnType<typeof openLog>) => void,
  level: "debug" | "warning" = "debug",
): string[] {
  const written: string[] = [];
  story(openLog(level, (line) => written.push(line), `riff-${crypto.randomUUID()}`));
  return written;
}

const line = (story: (log: ReturnType<typeof openLog>) => void) => {
  const written = lines(story);
  assert.equal(written.length, 1);
  return written[0]!;
};

Deno.test("a line of the log says when, how grave, where, what, and with which values", () => {
  const written: string[] = [];
  const log = openLog("info", (line) => written.push(line), "riff");
  log.getChild("inbox").warning("A delivery was refused", { status: 404, ip: "203.0.113.9", retry: false });
  assert.match(
    written.join("\n"),
    /^time=\d{4}-\d\d-\d\dT[\d:.]+Z level=warning logger=riff\.inbox msg="A delivery was refused" status=404 ip=203\.0\.113\.9 retry=false$/,
  );
});

Deno.test("what is less important than LOG_LEVEL is not written", () => {
  const written = lines((log) => {
    log.debug("a");
    log.info("b");
    log.warning("c");
    log.error("d");
  }, "warning");
  assert.deepEqual(written.map((line) => line.match(/msg=(\w)/)?.[1]), ["c", "d"]);
});

Deno.test("servers that share a process each write to their own log", () => {
  const [ours, theirs]: [string[], string[]] = [[], []];
  const first = openLog("info", (line) => ours.push(line), "one");
  const second = openLog("error", (line) => theirs.push(line), "two");
  first.info("here");
  second.info("unheard");
  second.error("there");
  assert.match(ours.join("\n"), /^\S+ level=info logger=one msg=here$/);
  assert.match(theirs.join("\n"), /^\S+ level=error logger=two msg=there$/);
});

Deno.test("a log that is opened again writes to its newest place alone", () => {
  const [before, after]: [string[], string[]] = [[], []];
  const log = openLog("info", (line) => before.push(line), "again");
  openLog("info", (line) => after.push(line), "again");
  log.info("hello");
  assert.deepEqual([before.length, after.length], [0, 1]);
});

Deno.test("nobody can write a line of their own into the log", () => {
  const forged = "alice\ntime=2026-01-01T00:00:00Z level=error msg=owned\r\x1b[2J\x1b]0;x\x07\x9b";
  const text = line((log) =>
    log.info("Signed in as {name}", { name: forged, [forged]: 1, error: new Error(forged) })
  );
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(text, /[\x00-\x1f\x7f-\x9f]/);
  assert.match(text, /msg="Signed in as alice\\ntime=2026/);
});

Deno.test("an error is told with its code, its place and its causes, and without what hangs on it", () => {
  const error = Object.assign(new TypeError("it failed", { cause: new Error("the disk is full") }), {
    code: "ENOSPC",
    response: { headers: { server: "nginx" } },
  });
  const text = line((log) => log.error("Could not store", { error, nested: { all: [error] } }));
  assert.match(text, /error="TypeError: it failed \(ENOSPC\)\\n {4}at .*log_test\.ts:\d+:\d+/);
  assert.match(text, /caused by Error: the disk is full\\n {4}at /);
  assert.doesNotMatch(text, /nginx/);
  const many = line((log) => log.error(new AggregateError([new Error("first"), "second"], "all failed")));
  assert.match(many, /all failed.*caused by Error: first.*caused by second/);
});

Deno.test("values of every kind can be logged", () => {
  const loop: Record<string, unknown> = { name: "loop" };
  loop.self = loop;
  const endless = new Error("endless");
  endless.cause = endless;
  const text = line((log) =>
    log.info("{n} and {big}", {
      n: 1,
      big: 12345678901234567890n,
      at: Temporal.Instant.from("2026-01-02T03:04:05Z"),
      url: new URL("https://elsewhere.test/users/rimu"),
      bytes: new Uint8Array(40),
      map: new Map([["a", 1]]),
      nothing: undefined,
      loop,
      endless,
      bare: Object.assign(Object.create(null), { b: [true, null] }),
    })
  );
  assert.match(
    text,
    /msg="1 and 12345678901234567890" n=1 big=12345678901234567890 at=2026-01-02T03:04:05Z /,
  );
  assert.match(
    text,
    /url=https:\/\/elsewhere\.test\/users\/rimu bytes="40 bytes" map="\{\\"a\\":1\}" nothing=undefined/,
  );
  assert.match(text, /bare="\{\\"b\\":\[true,null\]\}"$/);
});

Deno.test("a line has an end, whatever somebody sends", () => {
  const text = line((log) =>
    log.info("x".repeat(1e6), { y: "y".repeat(1e6), z: Array(1e5).fill("z".repeat(1e3)) })
  );
  assert.ok(text.length <= 8000);
});

Deno.test("secrets are hidden wherever in a log's line they stand", () => {
  const secret = "hunter2-hunter2";
  const withSecret = new Error(`password=${secret}`, {
    cause: new Error(`Cookie: a=b; __Host-session=${secret}`),
  });
  const text = lines((log) => {
    log.info("As a value: {password}", { password: secret });
    log.info("By path: {form.csrfToken}", { form: { csrfToken: secret } });
    log.info`As a template: token=${secret}`;
    log.info("In a property", {
      access_token: secret,
      apiToken: secret,
      "set-cookie": [secret],
      email: secret,
    });
    log.info("Deep down", { a: { b: [{ client_secret: secret }, { Authorization: `Bearer ${secret}` }] } });
    log.info("In headers", { headers: new Headers({ authorization: `Bearer ${secret}`, cookie: secret }) });
    log.info("In a map", { map: new Map([["signature", secret]]) });
    log.error("In an error", { error: withSecret });
    log.error(withSecret);
    log.info("In a URL", { url: new URL(`https://riff.test/oauth?code=${secret}`) });
    log.info("In a name", { [`/oauth?code=${secret}`]: 1 });
  });
  assert.equal(text.length, 11);
  for (const written of text) {
    assert.doesNotMatch(written, /hunter2/);
    assert.match(written, /…/);
  }
});
