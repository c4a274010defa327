import assert from "node:assert/strict";
import { signingKeyOf } from "../src/accounts/fetch_document.ts";
import { insertSession } from "../src/auth/session_store.ts";
import { activityType } from "../src/base/activitystreams.ts";
import { cavageHeaders, type SigningKey } from "../src/base/cavage.ts";
import { hashToken, randomToken } from "../src/base/secrets.ts";
import type { Route } from "../src/auth/access.ts";
import { routes } from "../src/wiring/routes.ts";
import { ask as askByName } from "./elsewhere.ts";
import { met, type Neighbours, newNeighbours } from "./neighbours.ts";
import { type Person, request } from "./person.ts";
import type { World } from "./world.ts";

/**
 * Every visibility x every kind of viewer x every route and page that we mount, generated from the
 * switchboard itself: a route that comes tomorrow is tested tomorrow. Each post carries a word of its own;
 * whoever finds it in an answer has seen the post. Those who live on another server sign what they ask for, and
 * are asked about where servers ask; everybody else is a stranger there.
 */

/** `local`: public, but only here. */
const visibilities = ["public", "unlisted", "private", "direct", "local"] as const;
const outside: readonly Visibility[] = ["public", "unlisted", "private", "direct"];
type Visibility = typeof visibilities[number];

/** Who looks, and what they may see of what alice wrote. */
const expected: Record<string, readonly Visibility[]> = {
  author: visibilities,
  mentioned: visibilities,
  follower: ["public", "unlisted", "private", "local"],
  requester: ["public", "unlisted", "local"],
  member: ["public", "unlisted", "local"],
  blocked: [],
  stranger: ["public", "unlisted"],
  farMentioned: outside,
  farFollower: ["public", "unlisted", "private"],
  farStranger: ["public", "unlisted"],
  farBlocked: [],
};

/** Which of these routes are for whoever looks so. */
function open(to: string, among: readonly Route[]): readonly Route[] {
  if (to === "stranger") return among;
  return among.filter(({ access }) => (access.kind === "server") === to.startsWith("far"));
}

interface Post {
  id: string;
  pollId: string;
  url: string;
  uri: string;
  word: string;
  visibility: Visibility;
}

interface Cast {
  author: Person;
  viewers: Record<string, Person | undefined>;
  cookies: Record<string, string>;
  keys: Record<string, SigningKey>;
  /** Lists that the author is on, also of somebody whom they blocked later. */
  lists: Record<string, string>;
}

Deno.test("nobody sees what they may not, on any route or page, and everybody what they may", async () => {
  await using both = await newNeighbours();
  const world = both.here;
  const cast = await makeCast(both);
  const posts = await makePosts(both, cast);
  await world.settle();
  await makeTrends(world);

  const reads = routes.filter((route) => route.method === "GET");
  assert.ok(reads.length > 20);
  const seen = new Set<string>();
  for (const [viewer, allowed] of Object.entries(expected)) {
    for (const post of posts) {
      for (const route of open(viewer, reads)) {
        const answer = await ask(world, cast, viewer, route, post);
        assert.notEqual(answer.status, 500, `${route.path} for ${viewer}: ${answer.text}`);
        for (const other of posts) {
          if (!answer.text.includes(other.word)) continue;
          assert.ok(
            allowed.includes(other.visibility),
            `${viewer} sees a ${other.visibility} post at ${route.method} ${route.path}`,
          );
          seen.add(`${viewer} ${other.visibility}`);
        }
      }
    }
  }
  await searchByWord(cast, posts);
  for (const [viewer, allowed] of Object.entries(expected)) {
    for (const visibility of allowed) {
      assert.ok(seen.has(`${viewer} ${visibility}`), `${viewer} ${visibility}`);
    }
  }
});

Deno.test("a hidden post answers as a missing one, on every route that names a post", async () => {
  await using both = await newNeighbours();
  const world = both.here;
  const cast = await makeCast(both);
  const posts = await makePosts(both, cast);
  const missing = {
    id: "123456789",
    pollId: "987654321098765432",
    url: `${world.ctx.config.baseUrl}/@alice/123456789`,
  };
  const naming = routes.filter((route) =>
    /^(\/api\/v1\/statuses|\/api\/v1\/polls|\/ap\/posts|\/posts|\/polls)\/:id|^\/:[^/]+\/:id/.test(route.path)
  );
  assert.ok(naming.length > 15);

  for (const [viewer, allowed] of Object.entries(expected)) {
    for (const post of posts.filter((post) => !allowed.includes(post.visibility))) {
      for (const route of open(viewer, naming)) {
        const hidden = await ask(world, cast, viewer, route, post);
        const gone = await ask(world, cast, viewer, route, { ...post, ...missing });
        const where = `${route.method} ${route.path} for ${viewer}, ${post.visibility}`;
        assert.equal(hidden.status, gone.status, where);
        assert.equal(anonymous(hidden.text, post.id), anonymous(gone.text, missing.id), where);
      }
    }
  }
  for (const post of posts) {
    const { json } = await cast.author.get(`/api/v1/statuses/${post.id}`);
    assert.deepEqual([json.favourites_count, json.reblogs_count], [0, post.visibility === "private" ? 1 : 0]);
  }
});

Deno.test("a suspended author's posts are seen by nobody", async () => {
  await using both = await newNeighbours();
  const world = both.here;
  const cast = await makeCast(both);
  const posts = await makePosts(both, cast);
  await makeTrends(world);
  await world.pool.query("update accounts set suspended_at = now() where id = $1", [cast.author.id]);
  for (const viewer of Object.keys(expected)) {
    for (const route of open(viewer, routes.filter((route) => route.method === "GET"))) {
      for (const post of posts) {
        const { text, status } = await ask(world, cast, viewer, route, post);
        assert.ok(!text.includes(post.word), `${route.path} for ${viewer}, ${post.visibility}`);
        assert.notEqual(status, 500);
      }
    }
  }
});

/** Everything is a trend, also what should never have become one. */
async function makeTrends(world: World): Promise<void> {
  await world.pool.query("insert into trends (sort, thing_id, score) select 'post', id, 1 from posts");
}

/** Search leads members to what they may see, by the very word of a post. */
async function searchByWord({ author, viewers }: Cast, posts: readonly Post[]): Promise<void> {
  await author.patch("/api/v1/accounts/update_credentials", { indexable: "true" });
  for (const name of ["author", "mentioned", "follower", "requester", "member", "blocked"]) {
    for (const { word, id, visibility } of posts) {
      const { json } = await viewers[name]!.get(`/api/v2/search?q=${word}`);
      const isFound = json.statuses.some((status: { id: string }) => status.id === id);
      const hasMetIt = name === "author" || name === "mentioned";
      const isOpen = visibility === "public" || visibility === "local";
      const may = expected[name]!.includes(visibility) && (isOpen || hasMetIt);
      assert.equal(isFound, may, `${name} searches for a ${visibility} post`);
    }
  }
}

async function makeCast(both: Neighbours): Promise<Cast> {
  const { here, there } = both;
  const author = await here.person("alice");
  const viewers: Cast["viewers"] = { author, stranger: undefined };
  const keys: Cast["keys"] = {};
  for (const name of ["mentioned", "follower", "requester", "member", "blocked"]) {
    viewers[name] = await here.person(name);
  }
  for (const name of ["farMentioned", "farFollower", "farStranger", "farBlocked"]) {
    const far = viewers[name] = await there.person(name);
    keys[name] = await signingKeyOf(there.ctx, far.account);
    await met(here, far);
  }
  for (const name of ["follower", "blocked"]) {
    await viewers[name]!.post(`/api/v1/accounts/${author.id}/follow`);
  }
  const lists: Cast["lists"] = {};
  for (const name of ["author", "follower", "blocked"]) {
    const { json } = await viewers[name]!.post("/api/v1/lists", { title: "Birds" });
    await viewers[name]!.post(`/api/v1/lists/${json.id}/accounts`, { account_ids: [author.id] });
    lists[name] = json.id;
  }
  for (const name of ["farFollower", "farBlocked"]) await both.follows(viewers[name]!, author);
  await author.patch("/api/v1/accounts/update_credentials", { locked: true });
  await viewers.requester!.post(`/api/v1/accounts/${author.id}/follow`);
  await author.post(`/api/v1/accounts/${viewers.blocked!.id}/block`);
  await author.post(`/api/v1/accounts/${(await met(here, viewers.farBlocked!)).id}/block`);
  const cookies: Record<string, string> = {};
  for (const [name, viewer] of Object.entries(viewers)) {
    if (viewer && !keys[name]) cookies[name] = `riff_session=${await sessionOf(here, viewer)}`;
  }
  return { author, viewers, cookies, keys, lists };
}

async function sessionOf(world: World, person: Person): Promise<string> {
  const { ctx } = world;
  const token = randomToken(ctx.random);
  await insertSession(ctx.db, {
    tokenHash: hashToken(token),
    accountId: person.id,
    userAgent: "test",
    address: "127.0.0.1",
    createdAt: ctx.now(),
    expiresAt: ctx.now().add({ hours: 1 }),
  }, 100);
  return token;
}

/** One post of each visibility, each answered by a bystander, so that threads lead past it. */
async function makePosts({ there }: Neighbours, { author, viewers }: Cast): Promise<Post[]> {
  const root = await viewers.member!.says("Where it all began");
  const posts: Post[] = [];
  for (const visibility of visibilities) {
    const word = `word${crypto.randomUUID().slice(0, 8)}`;
    const status = await author.says(
      `@mentioned @farMentioned@${there.ctx.config.handleDomain} ${word} #tea`,
      {
        ...(visibility === "local" ? { local_only: true } : { visibility }),
        in_reply_to_id: root.id,
        poll: { options: [word, "no"], expires_in: 3600 },
      },
    );
    posts.push({ id: status.id, pollId: status.poll.id, url: status.url, uri: status.uri, word, visibility });
    await viewers.mentioned!.says("An answer to it", { in_reply_to_id: status.id });
    if (expected.member!.includes(visibility)) {
      await viewers.member!.says("See this", { quoted_status_id: status.id });
    }
    if (visibility !== "direct") await author.post(`/api/v1/statuses/${status.id}/pin`);
    if (visibility === "private") await author.post(`/api/v1/statuses/${status.id}/reblog`);
  }
  return posts;
}

/**
 * Asks one route about this post as this viewer would: apps with a token, browsers with a cookie, servers signing.
 */
async function ask(world: World, cast: Cast, viewer: string, route: Route, post: Omit<Post, "word">) {
  const path = route.path
    .replaceAll(/\{[^}]+\}/g, "")
    .replace(/^(\/api\/v1\/accounts|\/accounts|\/ap\/actors)\/:id/, `$1/${cast.author.id}`)
    .replace(/\/polls\/:id/, `/polls/${post.pollId}`)
    .replace(/\/(lists|timelines\/list)\/:id/, `/$1/${cast.lists[viewer] ?? post.id}`)
    .replace(/:id\b/, post.id)
    .replace(/:(hashtag|tag|name)\b(?=$|\/)/, route.path.includes("tag") ? "tea" : "alice")
    .replace(/^\/:\w+/, "/@alice")
    .replace(/:\w+/g, post.id);
  const query = `?q=${
    encodeURIComponent(post.url)
  }&resolve=true&id[]=${post.id}&limit=40&acct=alice&page=true`;
  const asked = path + (route.method === "GET" ? query : "");
  if (route.access.kind === "server") return await askAsServer(world, cast.keys[viewer], asked);
  const isPage = route.access.kind === "visitor" || route.access.kind === "browser";
  const person = cast.viewers[viewer];
  const headers: Record<string, string> = isPage
    ? { accept: "text/html", ...(person && { cookie: cast.cookies[viewer]! }) }
    : person
    ? { authorization: `Bearer ${person.token}` }
    : {};
  return await request(world.url, asked, { method: route.method, headers });
}

async function askAsServer({ ctx, ...world }: World, key: SigningKey | undefined, path: string) {
  const url = new URL(path, ctx.config.baseUrl);
  const signed = key ? await cavageHeaders({ method: "GET", url }, key, ctx.now()) : {};
  const headers = { ...signed, accept: activityType };
  return await askByName({ ctx, ...world }, "GET", url.pathname + url.search, headers);
}

/** Without what differs between any two answers: ids, tokens of forms, and where the page says that it is. */
function anonymous(text: string, id: string): string {
  return text.replaceAll(id, "ID").replace(/name="csrf" value="[^"]*"/g, "").replace(/\d{15,}/g, "N")
    .replace(/word[0-9a-f]{8}/g, "WORD");
}
