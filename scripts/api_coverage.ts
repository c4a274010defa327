import { routes } from "../api/src/wiring/routes.ts";
import { addressOf, type Endpoint, readEndpoints, type Tier } from "./api_table.ts";

/**
 * `deno task api:coverage`: which endpoints of Mastodon's we answer, and which are missing, by how much apps rely on
 * them. Exits 1 where one is missing that apps do rely on, unless it is about streaming or push.
 */

const tiers: Tier[] = ["must", "should", "could"];

/** What an app can live without for a while: it asks again and again instead. */
const later = /\/(streaming|push)\b/;

// How a process is, does not depend on what it serves.
const ofProcess = [{ method: "GET", path: "/health" }];
const mounted = new Set([...routes, ...ofProcess].map(addressOf));
// The WebSocket's streams all come through the one address.
const isThere = ({ method, path }: Endpoint) =>
  mounted.has(method === "WS" ? "GET /api/v1/streaming" : addressOf({ method, path }));

const endpoints = await readEndpoints();
let isWanting = false;
for (const tier of tiers) {
  const all = endpoints.filter((endpoint) => endpoint.tier === tier);
  const missing = all.filter((endpoint) => !isThere(endpoint));
  console.log(`${tier}: ${all.length - missing.length} of ${all.length}`);
  const [forAdmins, forOthers] = partition(missing, ({ path }) => path.includes("/admin/"));
  for (const { method, path, since } of forOthers) {
    console.log(`  ${method} ${path}${since && ` (${since})`}`);
  }
  if (forAdmins.length > 0) console.log(`  ${forAdmins.length} endpoints for admins`);
  if (tier !== "could") isWanting ||= missing.some(({ path }) => !later.test(path));
}
console.log(`In all ${endpoints.filter(isThere).length} of ${endpoints.length}`);
if (isWanting) Deno.exit(1);

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}
