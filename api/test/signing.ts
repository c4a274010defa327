import { activityType, type JsonObject } from "../src/base/activitystreams.ts";
import type { Posted, Stranger } from "./elsewhere.ts";
import type { World } from "./world.ts";

/** Requests signed by hand, in both dialects, so that each part of them can be wrong by itself. */

export interface Signing {
  method?: "GET" | "POST";
  /** Path and query that are asked for. */
  path?: string;
  /** The target that is signed, if not that. */
  signedTarget?: string;
  activity?: JsonObject;
  /** What is sent, if not what was signed. */
  sent?: string;
  /** What the signature covers. */
  covered?: readonly string[];
  /** Sent and signed in place of the usual ones; undefined leaves one out. */
  headers?: Record<string, string | undefined>;
  /** Sent in place of what was signed. */
  changed?: Record<string, string>;
  keyId?: string;
  /** `rsa-sha256`, `rsa-v1_5-sha256`; undefined for none. */
  algorithm?: string;
  created?: Temporal.Instant;
  expires?: Temporal.Instant;
  sign?: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

type Ready = Required<Pick<Posted, "path" | "headers">> & { body: string };

/** draft-cavage. */
export async function cavageSigned(world: World, who: Stranger, signing: Signing = {}): Promise<Ready> {
  const { method = "POST", path = "/inbox", algorithm = "rsa-sha256", created, expires } = signing;
  const body = bodyOf(who, signing);
  const usual = method === "GET"
    ? ["(request-target)", "host", "date"]
    : ["(request-target)", "host", "date", "digest"];
  const covered = signing.covered ?? usual;
  const headers: Record<string, string | undefined> = {
    host: new URL(world.ctx.config.baseUrl).host,
    date: new Date(world.ctx.now().epochMilliseconds).toUTCString(),
    "content-type": activityType,
    ...(method === "POST" && { digest: `SHA-256=${await sha256(body)}` }),
    ...signing.headers,
  };
  const lines = covered.map((name) => {
    const target = `${method.toLowerCase()} ${signing.signedTarget ?? path}`;
    return `${name}: ${name === "(request-target)" ? target : headers[name]}`;
  });
  const signature = await (signing.sign ?? who.key.sign)(new TextEncoder().encode(lines.join("\n")));
  const parameters = [
    `keyId="${signing.keyId ?? who.key.id}"`,
    `algorithm="${algorithm}"`,
    ...(created ? [`created=${seconds(created)}`] : []),
    ...(expires ? [`expires=${seconds(expires)}`] : []),
    `headers="${covered.join(" ")}"`,
    `signature="${signature.toBase64()}"`,
  ];
  return ready(path, { ...headers, signature: parameters.join(",") }, signing, body);
}

/** RFC 9421. */
export async function messageSigned(world: World, who: Stranger, signing: Signing = {}): Promise<Ready> {
  const { method = "POST", path = "/inbox", created = world.ctx.now(), expires } = signing;
  const body = bodyOf(who, signing);
  const usual = method === "GET" ? ["@method", "@target-uri"] : ["@method", "@target-uri", "content-digest"];
  const covered = signing.covered ?? usual;
  const headers: Record<string, string | undefined> = {
    host: new URL(world.ctx.config.baseUrl).host,
    "content-type": activityType,
    ...(method === "POST" && { "content-digest": `sha-256=:${await sha256(body)}:` }),
    ...signing.headers,
  };
  const target = signing.signedTarget ?? path;
  const [pathOnly = "", query = ""] = target.split("?");
  const derived: Record<string, string> = {
    "@method": method,
    "@target-uri": world.ctx.config.baseUrl + target,
    "@authority": headers.host ?? "",
    "@path": pathOnly,
    "@query": `?${query}`,
    "@request-target": target,
  };
  const parameters = [
    `(${covered.map((name) => `"${name}"`).join(" ")})`,
    `created=${seconds(created)}`,
    ...(expires ? [`expires=${seconds(expires)}`] : []),
    `keyid="${signing.keyId ?? who.key.id}"`,
    ...(signing.algorithm ? [`alg="${signing.algorithm}"`] : []),
  ].join(";");
  const lines = covered.map((name) => `"${name}": ${derived[name] ?? headers[name]}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join("\n");
  const signature = await (signing.sign ?? who.key.sign)(new TextEncoder().encode(base));
  const signed = { "signature-input": `sig1=${parameters}`, signature: `sig1=:${signature.toBase64()}:` };
  return ready(path, { ...headers, ...signed }, signing, body);
}

function bodyOf(who: Stranger, { method, activity }: Signing): string {
  if (method === "GET") return "";
  return JSON.stringify(activity ?? who.does("Like", "https://nowhere.test/1"));
}

function ready(
  path: string,
  headers: Record<string, string | undefined>,
  signing: Signing,
  body: string,
): Ready {
  const sent = Object.entries({ ...headers, ...signing.changed }).filter(([, value]) => value !== undefined);
  return { path, headers: Object.fromEntries(sent) as Record<string, string>, body: signing.sent ?? body };
}

function seconds(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}

async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toBase64();
}
