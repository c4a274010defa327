import assert from "node:assert/strict";
import { complaintsAbout, nouns } from "./import_rules.ts";
import { readTree } from "./imports.ts";
import type { SourceFile } from "./source_file.ts";

/** What is said of a file at `from` that imports `to` in its third line. */
function verdict(from: string, to: string, typesOnly = false): string {
  const file = { path: from, text: "", imports: [{ to, line: 3, typesOnly }] };
  return complaintsAbout([file]).map(({ path, line, message }) => `${path}:${line} ${message}`).join("\n");
}

const file = (path: string, ...imports: string[]): SourceFile => ({
  path,
  text: "",
  imports: imports.map((to, index) => ({ to, line: index + 1, typesOnly: false })),
});

const written = (path: string, text: string) =>
  complaintsAbout([{ path, text, imports: [] }]).map(({ line, message }) => `${line} ${message}`);

Deno.test("riff keeps its import rules", async () => {
  assert.deepEqual(complaintsAbout(await readTree()), []);
});

Deno.test("every source file of server and client is looked at", async () => {
  const paths = (await readTree()).map(({ path }) => path);
  for (const path of ["api/src/base/ctx.ts", "api/src/wiring/routes.ts", "web/src/base/Layout.tsx"]) {
    assert.ok(paths.includes(path), path);
  }
  const imports = (await readTree()).find(({ path }) => path === "api/src/base/events.ts")!.imports;
  assert.deepEqual(imports.slice(0, 2), [
    { to: "npm:kysely", line: 1, typesOnly: false },
    { to: "api/src/base/ctx.ts", line: 2, typesOnly: true },
  ]);
});

Deno.test("ARCHITECTURE.md shows the nouns in their order", async () => {
  const text = await Deno.readTextFile(new URL("../ARCHITECTURE.md", import.meta.url));
  const house = text.match(/^ *wiring\/.*\n([^]*?)^ *base\//m)?.[1] ?? "";
  assert.deepEqual(Array.from(house.matchAll(/(\w+)\//g), ([, noun]) => noun), nouns);
});

Deno.test("who may import whom", () => {
  const allowed: [from: string, to: string][] = [
    ["api/src/main.ts", "api/src/wiring/boot.ts"],
    ["api/src/main.ts", "api/src/base/config.ts"],
    ["api/src/wiring/routes.ts", "api/src/posts/api.ts"],
    ["api/src/wiring/failures.ts", "web/src/instance/ErrorPage.tsx"],
    ["api/src/polls/inbox.ts", "api/src/posts/create.ts"],
    ["api/src/posts/inbox.ts", "api/src/polls/inbox.ts"],
    ["api/src/posts/pages.tsx", "web/src/posts/PostPage.tsx"],
    ["api/src/posts/pages.tsx", "api/src/pages/render.tsx"],
    ["api/src/pages/render.tsx", "web/src/base/render.tsx"],
    ["api/src/pages/render.tsx", "api/src/notifications/store.ts"],
    ["api/src/posts/create.ts", "api/src/polls/open.ts"],
    ["api/src/posts/create.ts", "api/src/posts/store.ts"],
    ["api/src/posts/create.ts", "api/src/base/events.ts"],
    ["api/src/posts/create.ts", "npm:linkify-it"],
    ["api/src/base/db.ts", "api/src/base/ctx.ts"],
    ["api/src/posts/posts_test.ts", "api/src/wiring/boot.ts"],
    ["web/src/posts/Post.tsx", "web/src/polls/Poll.tsx"],
    ["web/src/base/page.tsx", "web/src/ui/Button.tsx"],
    ["web/src/base/page.tsx", "api/src/base/messages/en.ts"],
  ];
  for (const [from, to] of allowed) assert.equal(verdict(from, to), "", `${from} -> ${to}`);

  const refused: [from: string, to: string, because: RegExp][] = [
    ["api/src/main.ts", "api/src/posts/create.ts", /reaches past wiring/],
    ["api/src/wiring/boot.ts", "api/src/main.ts", /uses a start/],
    ["api/src/posts/api.ts", "api/src/wiring/boot.ts", /uses wiring/],
    ["api/src/posts/api.ts", "web/src/posts/Post.tsx", /uses the web client/],
    ["api/src/polls/vote.ts", "api/src/posts/store.ts", /looks up: polls stands below posts .*Emit an event/],
    ["api/src/posts/create.ts", "api/src/posts/api.ts", /looks at a door/],
    ["api/src/posts/create.ts", "api/src/polls/inbox.ts", /looks at a door/],
    ["api/src/posts/create.ts", "api/src/accounts/own_accounts_api.ts", /looks at a door/],
    ["api/src/posts/create.ts", "api/src/accounts/pages.tsx", /looks at a door/],
    ["api/src/posts/create.ts", "api/src/accounts/commands.ts", /looks at a door/],
    ["api/src/posts/create.ts", "api/src/wiring/boot.ts", /uses wiring/],
    ["api/src/posts/create.ts", "web/src/base/dates.ts", /uses the web client/],
    ["api/src/posts/create.ts", "api/src/pages/render.tsx", /looks up/],
    ["api/src/posts/create.ts", "api/src/posts/posts_test.ts", /uses a test/],
    ["api/src/posts/create.ts", "api/test/world.ts", /no part of the server/],
    ["api/src/posts/create.ts", "scripts/test.ts", /no part of the server/],
    ["api/src/base/db.ts", "api/src/posts/store.ts", /ground floor/],
    ["api/src/cheese/eat.ts", "api/src/base/ctx.ts", /stands in no room/],
    ["api/src/serve.ts", "api/src/base/ctx.ts", /stands in no room/],
    ["web/src/posts/Post.tsx", "api/src/base/ids.ts", /runs code of the server/],
    ["web/src/posts/Post.tsx", "scripts/test.ts", /no part of the client/],
    ["web/src/ui/Button.tsx", "web/src/base/page.tsx", /knows nothing of the fediverse/],
    ["web/src/base/page.tsx", "web/src/posts/Post.tsx", /ground floor/],
  ];
  for (const [from, to, because] of refused) assert.match(verdict(from, to), because, `${from} -> ${to}`);
});

Deno.test("types tie files of the server as tightly as code does, and only types cross over to the client", () => {
  assert.match(verdict("api/src/polls/vote.ts", "api/src/posts/post.ts", true), /looks up/);
  assert.equal(verdict("web/src/posts/Post.tsx", "api/src/posts/entity.ts", true), "");
});

Deno.test("a complaint says where", () => {
  assert.match(
    verdict("api/src/polls/vote.ts", "api/src/posts/post.ts"),
    /^api\/src\/polls\/vote\.ts:3 looks up/,
  );
});

Deno.test("each noun looks down, and none looks up", () => {
  nouns.forEach((higher, index) => {
    for (const lower of nouns.slice(index + 1)) {
      const [above, below] = [`api/src/${higher}/verb.ts`, `api/src/${lower}/verb.ts`];
      assert.equal(verdict(above, below), "");
      assert.match(verdict(below, above), /looks up/);
    }
  });
});

Deno.test("files that need each other are told once, as a ring", () => {
  const ring = [
    file("api/src/posts/a.ts", "npm:zod", "api/src/posts/b.ts"),
    file("api/src/posts/b.ts", "api/src/posts/c.ts", "api/src/posts/d.ts"),
    file("api/src/posts/c.ts", "api/src/posts/a.ts"),
    file("api/src/posts/d.ts"),
  ];
  for (const files of [ring, ring.toReversed()]) {
    assert.deepEqual(complaintsAbout(files), [{
      path: "api/src/posts/a.ts",
      line: 2,
      message: "is part of a ring: api/src/posts/a.ts -> api/src/posts/b.ts -> api/src/posts/c.ts -> " +
        "api/src/posts/a.ts. Move down what both need",
    }]);
  }
  ring[2]!.imports[0]!.typesOnly = true;
  assert.deepEqual(complaintsAbout(ring), [], "types are gone before anything runs");
});

Deno.test("a file that imports itself is a ring", () => {
  const [complaint] = complaintsAbout([file("api/src/posts/a.ts", "api/src/posts/a.ts")]);
  assert.match(complaint!.message, /ring: api\/src\/posts\/a\.ts -> api\/src\/posts\/a\.ts\./);
});

Deno.test("SQL stands in stores, in feeds, in base and in wiring", () => {
  const query = "\n  return await sql`select 1`.execute(ctx.db);";
  const stores = [
    "posts/store.ts",
    "posts/thread_store.ts",
    "feeds/home.ts",
    "base/migrate.ts",
    "wiring/work.ts",
  ];
  for (const path of [...stores, "posts/posts_test.ts"]) {
    assert.equal(verdict(`api/src/${path}`, "npm:kysely"), "");
    assert.deepEqual(written(`api/src/${path}`, query), []);
  }
  for (const path of ["posts/create.ts", "posts/api.ts", "feeds/api.ts", "posts/restore.ts"]) {
    assert.match(verdict(`api/src/${path}`, "npm:kysely"), /speaks SQL \(kysely\)/);
    assert.match(verdict(`api/src/${path}`, "npm:pg"), /speaks SQL \(pg\)/);
    assert.equal(verdict(`api/src/${path}`, "npm:kysely", true), "", "its types are no SQL");
    assert.match(written(`api/src/${path}`, query).join(), /^2 runs a query/);
  }
  assert.match(
    written("api/src/posts/create.ts", "db.selectFrom('x').executeTakeFirst()").join(),
    /runs a query/,
  );
});

Deno.test("visibility.ts makes SQL for stores to run, and runs none itself", () => {
  assert.equal(verdict("api/src/posts/visibility.ts", "npm:kysely"), "");
  assert.match(written("api/src/posts/visibility.ts", "sql`select 1`.execute(db)").join(), /runs a query/);
});

Deno.test("only the four starts read the environment", () => {
  for (const start of ["main", "worker", "start", "riff"]) {
    assert.deepEqual(written(`api/src/${start}.ts`, "readConfig(Deno.env.toObject())"), []);
  }
  for (const path of ["api/src/wiring/boot.ts", "api/src/base/config.ts", "web/src/base/page.tsx"]) {
    assert.match(written(path, "const a = 1;\nDeno.env.get('HOME')").join(), /^2 reads the environment/);
    assert.match(written(path, "process.env.HOME").join(), /^1 reads the environment/);
    assert.deepEqual(written(path, "// Deno.env is for the starts\n/** `Deno.env` */\n * Deno.env"), []);
  }
});
