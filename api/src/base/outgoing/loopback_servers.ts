import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { FetchFailed } from "../fetched.ts";
import { type GuardedHttp, guardedHttp, type GuardedHttpOptions } from "../http.ts";

/** Servers on loopback, good and bad, for the tests of the guarded client. */
export interface LoopbackServer extends AsyncDisposable {
  port: number;
  /** Every connection that was made, in order. */
  sockets: net.Socket[];
}

/** A server that speaks HTTP. */
export function serve(handler: http.RequestListener): Promise<LoopbackServer> {
  return listen(http.createServer(handler));
}

/** A server that says to each request, once it has begun, whatever `handler` makes it say. */
export function speak(handler: (socket: net.Socket) => void): Promise<LoopbackServer> {
  return listen(net.createServer((socket) => socket.once("data", () => handler(socket))));
}

/** Waits until the client has closed this connection. */
export function hasClosed(socket: net.Socket): Promise<void> {
  return new Promise((closed) => socket.destroyed ? closed() : socket.once("close", () => closed()));
}

/** Starts any server on a free port. */
export async function listen(server: net.Server): Promise<LoopbackServer> {
  const sockets: net.Socket[] = [];
  server.on("connection", (socket: net.Socket) => {
    // Clients that break off are what is tested here.
    socket.on("error", () => {});
    sockets.push(socket);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as net.AddressInfo).port,
    sockets,
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The guarded client in a world where `.test` names lead to these servers. */
export function clientFor(
  servers: Record<string, LoopbackServer>,
  options: Partial<GuardedHttpOptions> = {},
): GuardedHttp & Disposable {
  const hosts = new Map(
    Object.entries(servers).map(([name, { port }]) => [name, { hostname: "127.0.0.1", port }]),
  );
  const client = guardedHttp({ allowLoopback: [".test"], userAgent: "riff", hosts, ...options });
  return {
    fetch: (url, options) => client.fetch(url, options),
    close: () => client.close(),
    [Symbol.dispose]: () => client.close(),
  };
}

/** How this failed. An assertion error if it did not, or otherwise than by `FetchFailed`. */
export async function failureOf(fetching: Promise<unknown>): Promise<FetchFailed> {
  const [outcome] = await Promise.allSettled([fetching]);
  assert(outcome.status === "rejected", "this should have failed");
  assert(outcome.reason instanceof FetchFailed, `not a FetchFailed: ${outcome.reason}`);
  return outcome.reason;
}

/** A body as text. */
export function textOf({ body }: { body: Uint8Array }): string {
  return new TextDecoder().decode(body);
}
