import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { setTimeout } from "node:timers";
import { promisify } from "node:util";
import { brotliDecompress, unzip } from "node:zlib";
import { type Fetched, FetchFailed } from "../fetched.ts";

/** Takes a piece of an answer's body; false: that is enough, and the rest stays where it is. */
export type Receive = (
  piece: Uint8Array,
  answer: Omit<Fetched, "body">,
) => boolean | void | Promise<boolean | void>;

/** One request to one server. */
export interface Hop {
  url: URL;
  agent: http.Agent;
  /** Where to knock, if not at the URL's own port. */
  port?: number;
  method: "GET" | "POST";
  /** By lower-case name. Whom the message is for and where it ends is said here, not there. */
  headers: Record<string, string>;
  body?: Uint8Array;
  maxBytes: number;
  /** Milliseconds that the body may pause. */
  idle: number;
  /** Ends everything; its reason is what is thrown. */
  signal: AbortSignal;
  /** Takes the body of a good answer; else it is gathered. */
  receive?: Receive;
}

interface Answer {
  response: IncomingMessage;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Status line and headers together, in bytes. */
const maxHeaderSize = 32_768;

type Inflater = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;
const inflaters = new Map<string, Inflater>([
  ["gzip", promisify(unzip)],
  ["x-gzip", promisify(unzip)],
  ["deflate", promisify(unzip)],
  ["br", promisify(brotliDecompress)],
]);

/** Sends one request and reads the whole answer, within the bounds of the hop. Throws `FetchFailed`. */
export async function exchange(hop: Hop): Promise<Fetched> {
  hop.signal.throwIfAborted();
  const { response, bytes } = await send(hop);
  const headers = headersOf(response);
  return {
    url: hop.url.href,
    status: response.statusCode ?? 0,
    headers,
    body: await inflate(bytes, headers, hop),
  };
}

function send(hop: Hop): Promise<Answer> {
  const { url, signal } = hop;
  return new Promise((resolve, reject) => {
    const request = open(hop);
    let isAnswered = false;
    const done = (answer: Answer) => {
      isAnswered = true;
      resolve(answer);
    };
    const fail = (error: unknown) => {
      reject(error);
      request.destroy();
    };
    const abort = () => fail(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    request.on("response", (response) => {
      // Whoever is passed the body hears by themselves how it ends.
      isAnswered = hop.receive !== undefined && isGood(response);
      if (isAnswered) passOn(response, hop, hop.receive!).then(resolve, fail);
      else read(response, hop, done, fail);
    });
    // Stays when all is over: a socket may break later, and an error that nobody hears ends the process.
    request.on("error", (error) => fail(failureOf(error, url)));
    request.on("close", () => {
      signal.removeEventListener("abort", abort);
      if (!isAnswered) fail(new FetchFailed("network", `${url.host} hung up`));
    });
    request.end(hop.body);
  });
}

function open({ url, agent, port, method, headers, body }: Hop): ClientRequest {
  const length = method === "POST" ? { "content-length": String(body?.length ?? 0) } : {};
  const { request } = url.protocol === "https:" ? https : http;
  return request({
    agent,
    host: bare(url.hostname),
    port: port ?? url.port,
    method,
    path: url.pathname + url.search,
    headers: { ...headers, ...length, host: url.host },
    maxHeaderSize,
  });
}

/** `[::1]` without the brackets that only URLs have. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function read(
  response: IncomingMessage,
  { url, maxBytes, idle }: Hop,
  done: (answer: Answer) => void,
  fail: (error: unknown) => void,
): void {
  const bytes = new Growing();
  const tooLarge = () => fail(new FetchFailed("too_large", `${url.host} sends more than ${maxBytes} bytes`));
  const pause = setTimeout(() => fail(new FetchFailed("timeout", `${url.host} fell silent`)), idle);
  response.on("data", (chunk: Uint8Array) => {
    pause.refresh();
    if (bytes.size + chunk.length > maxBytes) tooLarge();
    else bytes.add(chunk);
  });
  response.on("end", () => done({ response, bytes: bytes.whole() }));
  response.on("error", (error) => fail(failureOf(error, url)));
  response.on("close", () => clearTimeout(pause));
  if (Number(response.headers["content-length"]) > maxBytes) tooLarge();
}

function isGood({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** Hands every piece on as it comes; whoever takes them may take their time. */
async function passOn(
  response: IncomingMessage,
  { url, maxBytes, idle }: Hop,
  receive: Receive,
): Promise<Answer> {
  const answer = { url: url.href, status: response.statusCode ?? 0, headers: headersOf(response) };
  if ((answer.headers.get("content-encoding") ?? "identity") !== "identity") {
    throw new FetchFailed("unreadable", `${url.host} compresses though nobody asked`);
  }
  const tooLarge = () => new FetchFailed("too_large", `${url.host} sends more than ${maxBytes} bytes`);
  if (Number(response.headers["content-length"]) > maxBytes) throw tooLarge();
  let size = 0;
  let pause = silence();
  try {
    for await (const piece of response) {
      clearTimeout(pause);
      size += piece.length;
      if (size > maxBytes) throw tooLarge();
      if (await receive(piece, answer) === false) break;
      pause = silence();
    }
  } catch (error) {
    throw isOfSocket(error) ? failureOf(error, url) : error;
  } finally {
    clearTimeout(pause);
  }
  return { response, bytes: new Uint8Array(0) };

  function silence() {
    return setTimeout(() => response.destroy(new FetchFailed("timeout", `${url.host} fell silent`)), idle);
  }
}

/** Not what whoever takes the pieces has thrown. */
function isOfSocket(error: unknown): error is NodeJS.ErrnoException {
  return typeof (error as NodeJS.ErrnoException).code === "string" && !(error instanceof FetchFailed);
}

/** One growing piece: a stranger who sends byte by byte makes no object for each. */
class Growing {
  #bytes = new Uint8Array(0);
  size = 0;

  add(chunk: Uint8Array): void {
    const size = this.size + chunk.length;
    if (size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.size));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.size);
    this.size = size;
  }

  whole(): Uint8Array<ArrayBuffer> {
    return this.size === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.size);
  }
}

function headersOf(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < response.rawHeaders.length; i += 2) {
    headers.append(response.rawHeaders[i]!, response.rawHeaders[i + 1]!);
  }
  return headers;
}

/** Only what has arrived is inflated: at most `maxBytes`, and a bomb among them is stopped at `maxBytes` again. */
async function inflate(bytes: Uint8Array<ArrayBuffer>, headers: Headers, { url, maxBytes }: Hop) {
  const coding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (bytes.length === 0 || coding === "identity") return bytes;
  const inflater = inflaters.get(coding);
  if (!inflater) throw new FetchFailed("unreadable", `${url.host} compresses in a way that nobody asked for`);
  try {
    const inflated = new Uint8Array(await inflater(bytes, { maxOutputLength: maxBytes }));
    headers.delete("content-encoding");
    headers.delete("content-length");
    return inflated;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
      ? new FetchFailed("too_large", `${url.host} sends more than ${maxBytes} bytes, compressed`)
      : new FetchFailed("unreadable", `${url.host} sends broken compression`, { cause: error });
  }
}

function failureOf(error: NodeJS.ErrnoException, url: URL): FetchFailed {
  if (error instanceof FetchFailed) return error;
  if (error.code === "HPE_HEADER_OVERFLOW") {
    return new FetchFailed("too_large", `${url.host} sends more than ${maxHeaderSize} bytes of headers`);
  }
  return new FetchFailed("network", `${url.host}: ${error.code ?? error.message}`, { cause: error });
}
