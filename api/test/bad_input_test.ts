import assert from "node:assert/strict";
import type { Route } from "../src/auth/access.ts";
import { isShared } from "../src/wiring/headers.ts";
import { routes } from "../src/wiring/routes.ts";
import { badBodies, type BadBody, badIds, badQueries } from "./bad_input.ts";
import { signIn } from "./browser.ts";
import { type Answer, type Person, request } from "./person.ts";
import { newWorld, type World } from "./world.ts";

Deno.test("whatever is sent to whatever route is answered in its own words, and never with a 500", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const complaints: string[] = [];
  for (const route of routes) {
    const asked = await attacksOn(world, alice, route);
    const before = await rowsOf(world);
    const answers = await inTurns(asked, ({ path, init }) => request(world.url, path, init));
    for (const [at, { name, path, init }] of asked.entries()) {
      const complaint = complaintAbout(path, answers[at]!);
      if (complaint) complaints.push(`${init.method} ${path.slice(0, 100)} with ${name}: ${complaint}`);
    }
    if (answers.every(({ status }) => status >= 400)) {
      assert.deepEqual(await rowsOf(world), before, `${route.method} ${route.path} left a trace`);
    }
  }
  assert.deepEqual(complaints, []);
  await isWhole(world);
  assert.equal((await alice.says("I am still here")).account.username, "alice");
});

/** Some at a time. */
async function inTurns<A, B>(all: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let at = 0; at < all.length; at += 8) {
    done.push(...await Promise.all(all.slice(at, at + 8).map(work)));
  }
  return done;
}

interface Attack {
  name: string;
  path: string;
  init: RequestInit & { method: string };
}

/** Everything bad that can be sent to a route by somebody who may use it. */
async function attacksOn(world: World, alice: Person, route: Route): Promise<Attack[]> {
  const { headers, form } = await credentials(world, alice, route);
  const path = pathOf(route, await goodId(alice, route));
  const { method } = route;
  const plain = { method, headers };
  const send = ({ type, body }: BadBody): Attack["init"] => ({
    method,
    headers: { ...headers, ...(type && { "content-type": type }) },
    body,
  });
  return [
    ...method === "GET"
      ? badQueries.map((query) => ({ name: query, path: `${path}?${query}`, init: plain }))
      : badBodies(form).map((bad) => ({ name: bad.name, path, init: send(bad) })),
    ...route.path.includes("/:")
      ? badIds.map((id) => ({ name: "a bad id", path: pathOf(route, id), init: plain }))
      : [],
  ];
}

interface Credentials {
  headers: Record<string, string>;
  /** What forms carry. */
  form?: { csrf: string };
}

/** What lets alice in. */
async function credentials(world: World, alice: Person, { access, method }: Route): Promise<Credentials> {
  if (access.kind !== "browser" && access.kind !== "visitor") {
    return { headers: { authorization: `Bearer ${alice.token}` } };
  }
  const browser = await signIn(world, alice);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { cookie, accept: "text/html" };
  if (method === "GET") return { headers };
  const { html } = await browser.open("/home");
  return { headers, form: { csrf: html.match(/name="csrf" value="([^"]+)"/)![1]! } };
}

/** The id of something that is there and alice's own. */
async function goodId(alice: Person, route: Route): Promise<string> {
  if (!/\/(statuses|posts)\/:id|:handle.*:id/.test(route.path)) return alice.id;
  return (await alice.says("A post")).id;
}

function pathOf(route: Route, id: string): string {
  return route.path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name) => name === "handle" ? "@alice" : id);
}

/** What is wrong with an answer to bad input. */
function complaintAbout(path: string, { status, headers, json, text }: Answer): string | undefined {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`;
  if (status < 400) return undefined;
  if (json !== undefined) {
    return typeof json.error === "string" && json.error ? undefined : `not an error: ${text}`;
  }
  const isPage = headers.get("content-type")?.startsWith("text/html") && text.includes("<h1");
  return isPage && !isShared(path) ? undefined : `neither JSON nor a page: ${status} ${text.slice(0, 200)}`;
}

/** How many rows each table has. What notes that somebody was there is left out. */
async function rowsOf({ pool }: World): Promise<unknown> {
  const { rows } = await pool.query(`
    select relname, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname),
      false, true, '')))[1]::text as n
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('sessions', 'audit_log', 'rate_limits', 'mails') order by relname`);
  return rows;
}

/** Counters say what there is, and nobody sits in the middle of a transaction. */
async function isWhole({ pool, database }: World): Promise<void> {
  const { rows: [found] } = await pool.query(
    `select (select count(*)::int from accounts a where posts_count <>
        (select count(*) from posts p where p.author_id = a.id)) as miscounted,
      (select count(*)::int from pg_stat_activity where datname = $1 and state like 'idle in%') as stuck`,
    [database],
  );
  assert.deepEqual(found, { miscounted: 0, stuck: 0 });
}
