import type { JsonObject } from "../../api/src/base/activitystreams.ts";
import { activityType } from "../../api/src/base/activitystreams.ts";
import { rsaVerify } from "../../api/src/base/rsa.ts";
import { cavageClaim } from "../../api/src/delivery/cavage_claim.ts";
import type { Home } from "./neighbours.ts";

/**
 * All other servers, as one process: on one port, but under any address of 127.0.0.0/8, each of which is a host of
 * its own to whoever sends. They answer people's documents, take what is posted to any inbox, and verify its
 * signature with the key that its actor's document lists.
 */
const { port, homes } = JSON.parse(Deno.args[0]!) as { port: number; homes: Home[] };
const pems = new Map(homes.map(({ host, publicPem }) => [host, publicPem]));

/** When each inbox first got each activity, in milliseconds of the epoch. */
const arrivals = new Map<string, number>();
let refused = 0;

Deno.serve({ port, hostname: "0.0.0.0", onListen: () => {} }, async (request) => {
  const { host, pathname } = new URL(request.url);
  if (request.method === "POST") return await take(request, host + pathname);
  if (pathname === "/taken") return Response.json({ arrivals: [...arrivals.values()], refused });
  if (pathname === "/forget") return forget();
  const publicPem = pems.get(host);
  if (!publicPem) return new Response(null, { status: 404 });
  return Response.json(person(`http://${host}${pathname}`, publicPem), {
    headers: { "content-type": activityType },
  });
});

async function take(request: Request, inbox: string): Promise<Response> {
  const body = await request.bytes();
  if (!await isGenuine(request, body)) {
    refused++;
    return new Response(null, { status: 401 });
  }
  const { id } = JSON.parse(new TextDecoder().decode(body));
  const name = `${inbox} ${id}`;
  if (!arrivals.has(name)) arrivals.set(name, Date.now());
  return new Response(null, { status: 202 });
}

async function isGenuine({ method, url, headers }: Request, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { origin, pathname } = new URL(url);
  const request = { method, target: pathname, headers, body, baseUrl: origin };
  const { keyId, texts: [text], signature } = await cavageClaim(request, Temporal.Now.instant());
  return await rsaVerify(await keyOf(keyId), new TextEncoder().encode(text), signature);
}

const keys = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The key of that id (SPKI): asked for once, at its actor. */
function keyOf(id: string): Promise<Uint8Array<ArrayBuffer>> {
  let key = keys.get(id);
  if (!key) keys.set(id, key = fetchKey(id));
  return key;
}

async function fetchKey(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(id.split("#")[0]!, { headers: { accept: activityType } });
  const { publicKey } = await answer.json();
  if (publicKey.id !== id) throw new Error(`${id} is not its actor's key`);
  return Uint8Array.fromBase64(publicKey.publicKeyPem.replaceAll(/-----[^-]+-----|\s/g, ""));
}

function person(uri: string, publicKeyPem: string): JsonObject {
  return {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: uri,
    type: "Person",
    preferredUsername: uri.split("/").at(-1),
    inbox: `${uri}/inbox`,
    followers: `${uri}/followers`,
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem },
  };
}

function forget(): Response {
  arrivals.clear();
  refused = 0;
  return new Response(null, { status: 204 });
}
