import { hashToken } from "../src/base/secrets.ts";
import type { Browser, Shown } from "./browser.ts";
import type { Answer } from "./person.ts";
import type { World } from "./world.ts";

/** An app as it knows itself. */
export interface Client {
  client_id: string;
  client_secret: string;
  redirect_uri: string;
}

export const verifier = "a-verifier-of-an-app-that-is-long-enough-to-be-one";
/** RFC 7636, 4.2: the same function as for our tokens. */
export const pkce = { code_challenge: hashToken(verifier), code_challenge_method: "S256" };

/** Registers an app, as apps do. */
export async function register(world: World, more: Record<string, unknown> = {}): Promise<Client> {
  const { status, json } = await postJson(world, "/api/v1/apps", {
    client_name: "Kettle",
    redirect_uris: "https://kettle.test/callback",
    scopes: "read write follow push profile",
    ...more,
  });
  if (status !== 200) throw new Error(JSON.stringify(json));
  return json;
}

/** Where an app sends people. */
export function authorizePath(client: Client, more: Record<string, string | undefined> = {}): string {
  const { client_id, redirect_uri } = client;
  const all = { response_type: "code", client_id, redirect_uri, scope: "read write", state: "s t&", ...more };
  const given = Object.entries(all).filter((one): one is [string, string] => one[1] !== undefined);
  return `/oauth/authorize?${new URLSearchParams(given)}`;
}

/** Says yes, or no, to what an app asks for. */
export async function decide(
  browser: Browser,
  path: string,
  decision: "allow" | "deny" = "allow",
): Promise<Shown> {
  return await browser.press(await browser.open(path), "/oauth/authorize", { decision });
}

/** The code that came of saying yes. */
export async function codeFor(
  browser: Browser,
  client: Client,
  more: Record<string, string | undefined> = {},
): Promise<string> {
  const { path } = await decide(browser, authorizePath(client, more));
  return new URL(path).searchParams.get("code")!;
}

/** What an app sends to have its token. */
export function exchange(world: World, client: Client, code: string, more: Record<string, unknown> = {}) {
  return postJson(world, "/oauth/token", { grant_type: "authorization_code", ...client, code, ...more });
}

export function postJson(world: World, path: string, body: unknown, headers = {}): Promise<Answer> {
  return world.visit(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

export function postForm(
  world: World,
  path: string,
  body: Record<string, string>,
  headers = {},
): Promise<Answer> {
  return world.visit(path, { method: "POST", headers, body: new URLSearchParams(body) });
}
