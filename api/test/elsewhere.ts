import http from "node:http";
import type { JsonObject } from "../src/base/activitystreams.ts";
import { cavageHeaders, type SigningKey } from "../src/base/cavage.ts";
import { activityType, context } from "../src/base/activitystreams.ts";
import { rsaSigner } from "../src/base/rsa.ts";
import { nextRsaPair } from "./rsa_pairs.ts";
import { hosts, type World } from "./world.ts";

/**
 * Another server of the fediverse, played by the test: it answers what it is told to, signs as it is told to, and
 * remembers what it was asked. Worlds find it by its name.
 */
export interface Elsewhere extends AsyncDisposable {
  host: string;
  /** `http://elsewhere.test` */
  url: string;
  /** What it was asked, in order: `GET /users/rimu`. */
  asked: string[];
  /** Answers this path (and query, if given) with a document, or in any other way. */
  serve(path: string, answer: JsonObject | Answering): void;
  /** Somebody who lives there, with an actor document and a WebFinger entry. The same name again is the same. */
  person(name: string): Promise<Stranger>;
}

export type Answering = (request: Request) => Response | Promise<Response>;

/** A document as servers send it. */
export function documentAnswer(document: JsonObject, type = activityType): Response {
  return new Response(JSON.stringify(document), { headers: { "content-type": type } });
}

/** Begins a server of that name (`elsewhere.test`). Use `await using`. */
export function newElsewhere(host: string): Elsewhere {
  const answers = new Map<string, Answering>();
  const people = new Map<string, Promise<Stranger>>();
  const asked: string[] = [];
  const gone = new AbortController();
  const options = { port: 0, hostname: "127.0.0.1", signal: gone.signal, onListen: () => {} };
  const server = Deno.serve(options, async (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}${search}`);
    const answer = answers.get(pathname + search) ?? answers.get(pathname);
    return await answer?.(request) ?? new Response("There is nothing here", { status: 404 });
  });
  hosts.set(host, { hostname: "127.0.0.1", port: server.addr.port });
  const it: Elsewhere = {
    host,
    url: `http://${host}`,
    asked,
    serve: (path, answer) => {
      answers.set(path, typeof answer === "function" ? answer : () => documentAnswer(answer));
    },
    person: (name) => {
      let person = people.get(name);
      if (!person) people.set(name, person = Stranger.born(it, name));
      return person;
    },
    [Symbol.asyncDispose]: async () => {
      hosts.delete(host);
      gone.abort(); // a shutdown would wait for answers that never come, which is what some of these are told to give
      await server.finished;
    },
  };
  return it;
}

/** Somebody who lives elsewhere. */
export class Stranger {
  readonly uri: string;
  readonly key: SigningKey;
  /** As it is served: change it at will. */
  readonly document: JsonObject;

  private constructor(
    readonly home: Elsewhere,
    readonly name: string,
    pem: string,
    sign: SigningKey["sign"],
  ) {
    this.uri = `${home.url}/users/${name}`;
    this.key = { id: `${this.uri}#main-key`, sign };
    this.document = {
      "@context": context,
      id: this.uri,
      type: "Person",
      preferredUsername: name,
      name,
      inbox: `${this.uri}/inbox`,
      endpoints: { sharedInbox: `${home.url}/inbox` },
      followers: `${this.uri}/followers`,
      url: `${home.url}/@${name}`,
      publicKey: { id: this.key.id, owner: this.uri, publicKeyPem: pem },
    };
    home.serve(`/users/${name}`, () => documentAnswer(this.document));
    home.serve(
      `/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${home.host}`)}`,
      () =>
        Response.json({
          subject: `acct:${name}@${home.host}`,
          links: [{ rel: "self", type: activityType, href: this.uri }],
        }),
    );
  }

  static async born(home: Elsewhere, name: string): Promise<Stranger> {
    const { publicPem, privateKey } = await nextRsaPair();
    return new Stranger(home, name, publicPem, await rsaSigner(privateKey));
  }

  /** An activity of theirs. */
  does(type: string, object: JsonObject | string, more: JsonObject = {}): JsonObject {
    const id = `${this.home.url}/activities/${crypto.randomUUID()}`;
    return { "@context": context, id, type, actor: this.uri, object, ...more };
  }

  /** Posts an activity to a world's shared inbox (or another path), signed. Answers the status. */
  async sends(world: World, activity: JsonObject, path = "/inbox"): Promise<number> {
    const body = new TextEncoder().encode(JSON.stringify(activity));
    const url = new URL(path, world.ctx.config.baseUrl);
    const headers = await cavageHeaders(
      { method: "POST", url, body, contentType: activityType },
      this.key,
      world.ctx.now(),
    );
    return (await post(world, { path, headers, body })).status;
  }
}

export interface Posted {
  path?: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | string;
}

/** Posts to a world under its own name, or the one in `headers`, exactly what is given. */
export function post(world: World, request: Posted): Promise<{ status: number; text: string }> {
  return ask(world, "POST", request.path ?? "/inbox", request.headers, request.body);
}

/** Asks a world under its own name, or the one in `headers`. */
export function ask(
  world: World,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Uint8Array<ArrayBuffer> | string,
): Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders }> {
  const { hostname, port } = new URL(world.url);
  const named = { host: new URL(world.ctx.config.baseUrl).host, ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path, headers: named, agent: false }, (answer) => {
      const pieces: Uint8Array[] = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => {
        const text = new TextDecoder().decode(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
        resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
