import { type AccountAction, actions, paths, type PostAction } from "@riff/web/base/paths.ts";
import assert from "node:assert/strict";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { routes } from "./routes.ts";

/** All of them: the types say so. */
const onPosts: Record<PostAction, true> = {
  favourite: true,
  unfavourite: true,
  reblog: true,
  unreblog: true,
  bookmark: true,
  unbookmark: true,
  pin: true,
  unpin: true,
  edit: true,
  delete: true,
};
const onAccounts: Record<AccountAction, true> = {
  follow: true,
  unfollow: true,
  block: true,
  unblock: true,
  mute: true,
  unmute: true,
};

/** The routes that answer this, as Hono finds them. */
function found(method: string, path: string): string[] {
  return matched.match(method, path)[0].map(([route]) => route as unknown as string);
}

const matched = new SmartRouter<string>({ routers: [new RegExpRouter(), new TrieRouter()] });
for (const { method, path, access } of routes) {
  // What servers fetch may share its address with a page: `Accept` decides between them.
  if (access.kind !== "server") matched.add(method, path, `${method} ${path}`);
}

Deno.test("every form has a route that takes what it sends", () => {
  const posted = Object.values(actions).flatMap((action): string[] => {
    if (typeof action === "string") return [action];
    if (action === actions.post) return Object.keys(onPosts).map((verb) => action("1", verb as PostAction));
    if (action === actions.account) {
      return Object.keys(onAccounts).map((verb) => actions.account("1", verb as AccountAction));
    }
    if (action === actions.followRequest) {
      return (["authorize", "reject"] as const).map((answer) => actions.followRequest("1", answer));
    }
    if (action === actions.messageRequest) {
      return (["accept", "dismiss"] as const).map((answer) => actions.messageRequest("1", answer));
    }
    return [(action as (id: string) => string)("1")];
  });
  assert.ok(posted.length > 25);
  for (const path of posted) assert.equal(found("POST", path).length, 1, `POST ${path}`);
});

Deno.test("every page that is linked to has a route", () => {
  const alice = { acct: "alice" };
  const rimu = { acct: "rimu@elsewhere.test" };
  const linked = Object.values(paths).flatMap((path): string[] => {
    if (typeof path === "string") return [path];
    if (path === paths.tag) return [paths.tag("käse")];
    return [alice, rimu].map((account) =>
      (path as (thing: object) => string)({ ...account, account, id: "117668329591603208" })
    );
  });
  assert.ok(linked.length > 30);
  for (const path of linked) {
    const { pathname } = new URL(path, "http://riff.test");
    assert.equal(found("GET", pathname).length, 1, `GET ${pathname}`);
  }
});

Deno.test("no route hides another", () => {
  const all = routes.map(({ method, path, access }) => `${method} ${path} ${access.kind === "server"}`);
  assert.deepEqual(all.filter((route, index) => all.indexOf(route) !== index), []);
  assert.deepEqual(found("GET", "/@alice"), ["GET /:handle{@[\\w.@:-]+}"]);
  assert.deepEqual(found("GET", "/@alice/123"), ["GET /:handle{@[\\w.@:-]+}/:id{\\d+}"]);
  assert.deepEqual(found("GET", "/@alice/12a"), []);
});
