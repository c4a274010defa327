import assert from "node:assert/strict";
import { premisesOf, type Sitting, typed } from "../../test/terminal.ts";
import { newWorld } from "../../test/world.ts";
import { accountByHandle } from "../accounts/store.ts";
import { isPassword } from "../auth/passwords.ts";
import { signUp } from "../auth/sign_up.ts";
import { credentialsByName, memberById } from "../auth/store.ts";

Deno.test("an admin makes an account that can sign in, and its password is shown once", async () => {
  await using desk = await atDesk();
  const { code, out } = await desk.riff("accounts create alice --email alice@mail.test --role admin");
  assert.equal(code, 0);
  assert.match(out, /Made @alice, admin: http:\/\/\S+\/@alice/);
  const password = out.match(/^Password: ([0-9a-f]{24})$/m)![1]!;
  const alice = await desk.member("alice");
  assert.equal(alice.role, "admin");
  assert.ok(alice.confirmedAt && alice.approvedAt);
  assert.ok(await desk.opens("alice", password));
  assert.deepEqual(await desk.log(), [["command", "accounts create", "alice"]]);
});

Deno.test("a password can be piped in, and is then shown to nobody", async () => {
  await using desk = await atDesk();
  const piped = { stdin: "a long enough one\n" };
  const made = await desk.riff("accounts create bob --email bob@mail.test --password-stdin --json", piped);
  assert.equal(made.code, 0);
  assert.deepEqual(Object.keys(JSON.parse(made.out)), ["id", "username", "email", "role", "state", "url"]);
  assert.ok(await desk.opens("bob", "a long enough one"));

  const typed = await desk.riff("accounts reset-password bob --password-stdin", { keyboard: [] });
  assert.equal(typed.code, 2);
  assert.match(typed.err, /< password\.txt/);
});

Deno.test("an account that can't be made is refused in words, and nothing is half done", async () => {
  await using desk = await atDesk();
  await desk.world.person("alice");
  const refused: [string, RegExp][] = [
    ["accounts create alice --email other@mail.test", /^This name is taken\.$/],
    ["accounts create bob --email alice@mail.test", /signed up with this e-mail address already/],
    ["accounts create b.o.b --email nowhere", /only letters.*no e-mail address/],
  ];
  for (const [command, reason] of refused) {
    const { code, out, err } = await desk.riff(command);
    assert.deepEqual([code, out], [1, ""], command);
    assert.match(err, reason);
  }
  const { code, err } = await desk.riff("accounts create bob --email bob@mail.test --password-stdin", {
    stdin: "short",
  });
  assert.equal(code, 1);
  assert.match(err, /at least 8 characters/);
  assert.equal(await accountByHandle(desk.world.ctx.db, "bob", null), undefined);
  assert.deepEqual(await desk.log(), []);
});

Deno.test("a new password signs every browser and app out", async () => {
  await using desk = await atDesk();
  const alice = await desk.world.person("alice");
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 200);
  const { json } = await desk.json("accounts reset-password alice --json");
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 401);
  assert.ok(await desk.opens("alice", json.password));
  assert.deepEqual(await desk.log(), [["password_changed", undefined, "alice"]]);
});

Deno.test("whoever waits for a moderator is listed, and let in by name", async () => {
  await using desk = await atDesk();
  await desk.riff("signups approval");
  await signUp(desk.world.ctx, {
    ...{ username: "mary", email: "mary@mail.test", password: "a long enough one", reason: "I like tea" },
  });
  await desk.world.person("alice");
  const waiting = await desk.json("accounts list --state pending --json");
  assert.deepEqual(waiting.json.map((one: Record<string, unknown>) => [one.username, one.signup_reason]), [
    ["mary", "I like tea"],
  ]);
  assert.match((await desk.riff("accounts approve mary")).out, /^Let @mary in\./);
  assert.ok((await desk.member("mary")).approvedAt);
  assert.equal((await desk.riff("accounts approve mary")).out, "@mary is in already");
  assert.deepEqual((await desk.json("accounts list --state pending --json")).json, []);
});

Deno.test("members are listed newest first, and shown with all that is known", async () => {
  await using desk = await atDesk();
  await desk.world.person("alice", { role: "admin" });
  await desk.world.person("bob");
  const { out } = await desk.riff("accounts list");
  assert.deepEqual(out.split("\n").map((line) => line.split(/\s{2,}/).slice(0, 4)), [
    ["NAME", "ROLE", "STATE", "EMAIL"],
    ["bob", "member", "active", "bob@mail.test"],
    ["alice", "admin", "active", "alice@mail.test"],
  ]);
  assert.match((await desk.riff("accounts list --limit 1")).out, /newest 1: --limit shows more$/);
  assert.deepEqual(
    (await desk.json("accounts list --role admin --json")).json.map((one: { username: string }) =>
      one.username
    ),
    ["alice"],
  );
  assert.match((await desk.riff("accounts show @alice")).out, /^email +alice@mail\.test$/m);
  const { json } = await desk.json("accounts show alice --json");
  assert.deepEqual([json.username, json.role, json.suspended_at], ["alice", "admin", null]);
});

Deno.test("a suspended account is shut out until it is let back, each written down once", async () => {
  await using desk = await atDesk();
  const mallory = await desk.world.person("mallory");
  const status = async () => (await mallory.get("/api/v1/accounts/verify_credentials")).status;
  assert.equal((await desk.riff("accounts suspend mallory")).code, 0);
  assert.equal(await status(), 403);
  assert.equal((await desk.riff("accounts suspend mallory")).out, "@mallory is suspended already");
  assert.match(
    (await desk.riff("tokens create --account mallory --scopes read")).err,
    /@mallory is suspended/,
  );
  assert.equal((await desk.riff("accounts unsuspend mallory")).code, 0);
  assert.equal(await status(), 200);
  assert.deepEqual(await desk.log(), [
    ["command", "accounts suspend", "mallory"],
    ["command", "accounts unsuspend", "mallory"],
  ]);
});

Deno.test("a renamed member keeps the account, and a taken name is refused", async () => {
  await using desk = await atDesk();
  const alice = await desk.world.person("alice");
  await desk.world.person("bob");
  assert.equal((await desk.json("accounts rename alice alicia --json")).json.id, alice.id);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).json.username, "alicia");
  const { code, err } = await desk.riff("accounts rename alicia bob");
  assert.deepEqual([code, err], [1, "This name is taken."]);
});

Deno.test("a role is given and taken, and asking for the same again changes nothing", async () => {
  await using desk = await atDesk();
  await desk.world.person("alice");
  assert.match((await desk.riff("accounts role alice moderator")).out, /was member and is now moderator/);
  assert.equal((await desk.member("alice")).role, "moderator");
  assert.match((await desk.riff("accounts role alice moderator")).out, /already/);
  assert.deepEqual(await desk.log(), [["role_changed", undefined, "alice"]]);
});

Deno.test("a member is deleted only by somebody who is sure", async () => {
  await using desk = await atDesk();
  await desk.world.person("mallory");
  assert.deepEqual(await desk.riff("accounts delete mallory"), {
    code: 2,
    out: "",
    err: "Nobody is here to ask whether you are sure: add --yes",
  });
  assert.equal((await desk.riff("accounts delete mallory", { keyboard: ["alice"] })).code, 1);
  assert.equal((await desk.riff("accounts show mallory")).code, 0);
  assert.equal((await desk.riff("accounts delete mallory", { keyboard: ["mallory"] })).code, 0);
  assert.equal((await desk.riff("accounts show mallory")).code, 1);
  await desk.world.person("trudy");
  assert.equal((await desk.json("accounts delete trudy --yes --json")).json.deleted, true);
});

Deno.test("a token does what its scopes say until it is revoked, and is written down nowhere", async () => {
  await using desk = await atDesk();
  const alice = await desk.world.person("alice");
  const { json } = await desk.json('tokens create --account alice --scopes "read write:statuses" --json');
  assert.deepEqual(json.scopes, ["read", "write:statuses"]);
  const headers = { authorization: `Bearer ${json.token}` };
  const who = await desk.world.visit("/api/v1/accounts/verify_credentials", { headers });
  assert.equal(who.json.id, alice.id);
  const follow = await desk.world.visit(`/api/v1/accounts/${alice.id}/follow`, { headers, method: "POST" });
  assert.equal(follow.status, 403);
  const { rows } = await desk.world.pool.query("select details from audit_log where action = 'command'");
  assert.deepEqual(rows, [{ details: { command: "tokens create", scopes: ["read", "write:statuses"] } }]);
  const known = (await desk.json("tokens list --account alice --json")).json;
  assert.deepEqual(known.map((one: { app: unknown }) => one.app), [null, null]);
  assert.equal((await desk.riff(`tokens revoke ${known[0].id} --account alice`)).code, 0);
  assert.equal((await desk.world.visit("/api/v1/accounts/verify_credentials", { headers })).status, 401);
  assert.equal((await alice.get("/api/v1/accounts/verify_credentials")).status, 200);
  assert.equal((await desk.riff(`tokens revoke ${known[0].id} --account alice`)).code, 1);
  const unknown = await desk.riff("tokens create --account alice --scopes everything");
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /no scope everything/);
});

Deno.test("sign-ups are opened and closed from the terminal", async () => {
  await using desk = await atDesk();
  assert.match((await desk.riff("signups")).out, /^Sign-ups are open/);
  assert.deepEqual((await desk.json("signups closed --json")).json, { signups: "closed", was: "open" });
  assert.equal((await desk.world.visit("/api/v2/instance")).json.registrations.enabled, false);
  assert.deepEqual((await desk.json("signups closed --json")).json, { signups: "closed" });
  assert.deepEqual(await desk.log(), [["command", "signups", undefined]]);
});

Deno.test("migrate says that nothing is missing in an up-to-date database", async () => {
  await using desk = await atDesk();
  assert.deepEqual((await desk.json("migrate --json")).json, { migrations: [] });
});

Deno.test("misuse exits with 2 and says how it is meant, in JSON too; help exits with 0", async () => {
  await using desk = await atDesk();
  const misuses = [
    "",
    "accounts",
    "acounts list",
    "accounts create alice",
    "accounts create alice --email",
    "accounts list --role king",
    "accounts list --limit many",
    "accounts show",
    "signups maybe",
    "tokens create --account alice --scopes ,",
  ];
  for (const command of misuses) {
    const { code, out, err } = await desk.riff(command);
    assert.deepEqual({ command, code, out, err }, { command, code: 2, out: "", err });
    assert.match(err, /--help/, command);
    const asJson = await desk.riff(`${command} --json`);
    assert.equal(asJson.code, 2, command);
    assert.equal(typeof JSON.parse(asJson.out).error, "string", command);
  }
  for (const command of ["--help", "help accounts", "accounts --help", "signups --help", "--version"]) {
    const { code, out, err } = await desk.riff(command);
    assert.deepEqual([code, err], [0, ""], command);
    assert.notEqual(out, "");
  }
});

Deno.test("every command has help with examples, and its place in docs/commands.md", async () => {
  await using desk = await atDesk();
  const listed = await Deno.readTextFile(new URL("../../../docs/commands.md", import.meta.url));
  const commands = await desk.commands();
  assert.ok(commands.includes("accounts create") && commands.includes("migrate"));
  for (const command of commands) {
    const { out } = await desk.riff(`${command} --help`);
    assert.match(out, new RegExp(`For example:\n  deno task riff ${command}`), command);
    assert.ok(listed.includes(`\`riff ${command}`), `docs/commands.md does not tell of: ${command}`);
  }
});

Deno.test("who is not here is not found, by any command that takes a name", async () => {
  await using desk = await atDesk();
  const commands = [
    "accounts show",
    "accounts approve",
    "accounts warn",
    "accounts suspend",
    "accounts unsuspend",
    "accounts reset-password",
    "accounts delete --yes",
    "accounts role nobody_here admin",
    "accounts rename nobody_here somebody",
    "tokens create --scopes read --account",
    "tokens list --account",
    "tokens revoke 1 --account",
  ];
  for (const command of commands) {
    const { code, out } = await desk.riff(
      `${command} ${command.includes("nobody") ? "" : "nobody_here"} --json`,
    );
    assert.equal(code, 1, command);
    assert.deepEqual(JSON.parse(out), { error: "There is no account nobody_here here" });
  }
});

Deno.test("a command takes the server's own identity, whatever its settings say, and two connections at most", async () => {
  await using world = await newWorld();
  await using premises = premisesOf(world, { BASE_URL: "http://elsewhere.test" });
  const ctx = await premises.ctx();
  assert.equal(ctx.config.baseUrl, world.ctx.config.baseUrl);
  await Promise.all(Array.from({ length: 5 }, () => memberById(ctx.db, "1")));
  const { rows } = await world.pool.query(
    `select count(*)::int as connections from pg_stat_activity
     where datname = current_database() and application_name = 'riff command'`,
  );
  assert.deepEqual(rows, [{ connections: 2 }]);
});

Deno.test("what hinders a command is said with how to mend it", async () => {
  await using world = await newWorld();
  const cases: [Record<string, string>, number, RegExp][] = [
    [
      { DATABASE_URL: "postgres://riff:riff@127.0.0.1:1/riff" },
      1,
      /^The database does not answer: .*DATABASE_URL/,
    ],
    [{ PORT: "many", LOG_LEVEL: "loud" }, 2, /PORT: .*\n.*LOG_LEVEL: /],
  ];
  for (const [settings, expected, words] of cases) {
    await using premises = premisesOf(world, settings);
    const { code, err } = await typed("accounts list", premises);
    assert.equal(code, expected);
    assert.match(err, words);
  }
  await world.pool.query("delete from migrations where number > 1");
  await using premises = premisesOf(world);
  const { code, err } = await typed("accounts list", premises);
  assert.equal(code, 1);
  assert.match(err, /older than this version: run `deno task riff migrate` first/);
});

/** An admin's desk before a world of its own. */
async function atDesk() {
  const world = await newWorld();
  const premises = premisesOf(world);
  const ctx = await premises.ctx();
  const riff = (command: string, sitting?: Sitting) =>
    typed(command, { ...premises, ctx: () => Promise.resolve(ctx) }, sitting);
  const memberNamed = async (name: string) => {
    const account = await accountByHandle(world.ctx.db, name, null);
    return (await memberById(world.ctx.db, account!.id))!;
  };
  return {
    world,
    riff,
    json: async (command: string) => {
      const { code, out, err } = await riff(command);
      assert.deepEqual([code, err], [0, ""], command);
      return { json: JSON.parse(out) };
    },
    member: memberNamed,
    /** Whether this is the password. */
    opens: async (name: string, password: string) => {
      return await isPassword(password, (await credentialsByName(world.ctx.db, name))?.passwordHash);
    },
    /** What the audit log holds of commands: what was done, by which, to whom. */
    log: async () => {
      const { rows } = await world.pool.query(
        `select l.action, l.details->>'command' as command, a.username
         from audit_log l left join accounts a on a.id = l.subject_id
         where l.actor = 'command' order by l.id`,
      );
      return rows.map((row) => [row.action, row.command ?? undefined, row.username ?? undefined]);
    },
    /** Every command there is, as help lists them. */
    commands: async () => {
      const verbsOf = async (noun: string) => {
        const [, listed = ""] = (await riff(`${noun} --help`)).out.split("Commands:\n");
        const verbs = Array.from(listed.split("\n\n")[0]!.matchAll(/^ {2}([a-z-]+)/gm), ([, verb]) => verb!);
        return verbs.filter((verb) => verb !== "help");
      };
      const ofNouns = (await verbsOf("")).map(async (noun) => {
        const verbs = await verbsOf(noun);
        return verbs.length > 0 ? verbs.map((verb) => `${noun} ${verb}`) : [noun];
      });
      return (await Promise.all(ofNouns)).flat();
    },
    [Symbol.asyncDispose]: async () => {
      await premises[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}
