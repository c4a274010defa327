/** The endpoints of Mastodon 4.6, as `docs/mastodon-api.tsv` keeps them. */

/** How much apps rely on it: most of them, some of them, none that we know of, or it is gone. */
export type Tier = "must" | "should" | "could" | "skip";

/** One endpoint of Mastodon's. */
export interface Endpoint {
  method: string;
  path: string;
  tier: Tier;
  /** The version that brought it. */
  since: string;
  /** Who may use it: `none`, or `anyone`, `app` or `member` with the scopes that will do, or `session`. */
  access: string;
  /** What it answers, in the words of `docs/mastodon-entities.tsv`; `-` where that is no JSON. */
  answer: string;
}

/** All of them, in the table's order. */
export async function readEndpoints(): Promise<Endpoint[]> {
  const text = await Deno.readTextFile(new URL("../docs/mastodon-api.tsv", import.meta.url));
  return text.trimEnd().split("\n").slice(1).map((line) => {
    const [method = "", path = "", tier = "", since = "", access = "", answer = ""] = line.split("\t");
    return { method, path, tier: tier as Tier, since, access, answer };
  });
}

/** An address whatever its parameters are called: `PUT /api/v1/lists/:`. PATCH is PUT, as in Rails. */
export function addressOf({ method, path }: { method: string; path: string }): string {
  return `${method === "PATCH" ? "PUT" : method} ${path.replaceAll(/:\w+(\{[^}]*\})?/g, ":")}`;
}
