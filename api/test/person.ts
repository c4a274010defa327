import type { Account } from "../src/accounts/account.ts";

/** What came back: JSON where it was JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // deno-lint-ignore no-explicit-any
  json: any;
}

/** One request over real HTTP. Redirects are answers here. */
export async function request(base: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(new URL(path, base), { redirect: "manual", ...init });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** Somebody who lives in a test world and speaks to it as an app would. */
export class Person {
  readonly account: Account;
  readonly token: string;

  constructor(readonly base: string, who: { account: Account; token: string }) {
    this.account = who.account;
    this.token = who.token;
  }

  get id(): string {
    return this.account.id;
  }

  get(path: string, query: Record<string, string | string[]> = {}): Promise<Answer> {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
    ).toString();
    return this.send("GET", search ? `${path}${path.includes("?") ? "&" : "?"}${search}` : path);
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.send("POST", path, body, headers);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.send("PUT", path, body);
  }

  patch(path: string, body?: unknown): Promise<Answer> {
    return this.send("PATCH", path, body);
  }

  delete(path: string, body?: unknown): Promise<Answer> {
    return this.send("DELETE", path, body);
  }

  /** A body that is no form already goes as JSON. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    return request(this.base, path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && !isForm && { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined || isForm ? body as BodyInit | undefined : JSON.stringify(body),
    });
  }

  /** Publishes a post and answers its JSON. */
  async says(status: string, more: Record<string, unknown> = {}): Promise<Answer["json"]> {
    const { status: code, json } = await this.post("/api/v1/statuses", { status, ...more });
    if (code !== 200) throw new Error(`${this.account.username} could not post: ${JSON.stringify(json)}`);
    return json;
  }
}
