import type { Logger } from "@logtape/logtape";
import { isIP } from "node:net";
import { isLoopback, isNamed, isPublic } from "./addresses.ts";
import { type Fetched, FetchFailed } from "./fetched.ts";
import { type Agents, closeAgents, type Lookup, lookUp, openAgents } from "./outgoing/agents.ts";
import { bare, exchange, type Hop, type Receive } from "./outgoing/exchange.ts";
import { Turns } from "./outgoing/turns.ts";

/** The guarded client: the only way in which riff speaks to servers that strangers name. */
export interface GuardedHttp {
  /**
   * One request, with all redirects of a GET followed; a redirected POST is handed back as it is.
   * Throws `FetchFailed` for whatever goes wrong, and the signal's reason if that ends it.
   * Every status is an answer: 404 and 500 are handed back too.
   */
  fetch(url: string | URL, options?: FetchOptions): Promise<Fetched>;
  /** Ends all connections. */
  close(): void;
}

export interface FetchOptions {
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** At most this many bytes of answer, after inflation. Default 1 MB. */
  maxBytes?: number;
  /** Milliseconds for everything together: waiting for a turn, look-up, redirects, body. Default 10,000. */
  timeout?: number;
  /** At most 5, the default; 0 hands a redirect back as it is. */
  redirects?: number;
  /**
   * Takes the body of a good answer (2xx) as it comes, so that it never lies whole in memory; what is handed back
   * then has an empty one. Compression is not asked for, and refused.
   */
  receive?: Receive;
  signal?: AbortSignal;
}

export interface GuardedHttpOptions {
  /** Host patterns, as in `ALLOW_LOOPBACK`: by plain http and on loopback addresses too. */
  allowLoopback: readonly string[];
  userAgent: string;
  /**
   * For the hosts of `allowLoopback`: where those of these names really listen. Only tests and the demo use it;
   * it may grow while the client runs.
   */
  hosts?: ReadonlyMap<string, { hostname: string; port: number }>;
  /** Who knows the addresses of names: the domain name system, unless a test says otherwise. */
  lookup?: Lookup;
  /** PEM of an authority to trust in place of the usual ones. Only tests use it. */
  ca?: string;
  limits?: Partial<Limits>;
  log?: Logger;
}

/** Requests at once, to one host and in all; milliseconds that a body may pause. */
export interface Limits {
  perHost: number;
  total: number;
  idle: number;
}

/** The client, with connections of its own: `close` it in the end. */
export function guardedHttp(options: GuardedHttpOptions): GuardedHttp {
  return new Client(options);
}

/** What our connections may reach, and how they are made. */
interface Reach {
  isGood: (address: string) => boolean;
  agents: Agents;
}

const maxRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const longestUrl = 8_192;

/** Headers that prove who we are: to the host they were made for, and nobody else. */
const proofs = ["authorization", "cookie", "signature", "signature-input"];

/** Whom a message is for and where it ends is never the caller's to say. */
const framing: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "transfer-encoding",
  "upgrade",
]);

class Client implements GuardedHttp {
  readonly #limits: Limits;
  readonly #turns: Turns;
  readonly #hosts: NonNullable<GuardedHttpOptions["hosts"]>;
  /** Two sets of connections, so that none that was made to a loopback address ever serves a stranger's URL. */
  readonly #everyone: Reach;
  readonly #allowed: Reach;

  constructor(private readonly options: GuardedHttpOptions) {
    const { lookup = lookUp, hosts = new Map(), ca } = options;
    this.#limits = { perHost: 8, total: 256, idle: 10_000, ...options.limits };
    this.#turns = new Turns(this.#limits.perHost, this.#limits.total);
    this.#hosts = hosts;
    const lookupHere: Lookup = async (name) => {
      const host = hosts.get(name);
      return host ? [host.hostname] : await lookup(name);
    };
    const isGoodHere = (address: string) => isPublic(address) || isLoopback(address);
    this.#everyone = { isGood: isPublic, agents: openAgents(lookup, isPublic, ca) };
    this.#allowed = { isGood: isGoodHere, agents: openAgents(lookupHere, isGoodHere, ca) };
  }

  async fetch(target: string | URL, options: FetchOptions = {}): Promise<Fetched> {
    const url = urlFrom(target);
    const { timeout = 10_000, method = "GET" } = options;
    try {
      return await within(timeout, url, options.signal, (signal) => this.#follow(url, options, signal));
    } catch (error) {
      this.options.log?.debug("{method} {host}: {error}", { method, host: url.host, error: String(error) });
      throw error;
    }
  }

  close(): void {
    closeAgents(this.#everyone.agents);
    closeAgents(this.#allowed.agents);
  }

  async #follow(url: URL, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
    const headers = this.#headers(options);
    const body = typeof options.body === "string" ? new TextEncoder().encode(options.body) : options.body;
    const { method = "GET", maxBytes = 1_000_000 } = options;
    const most = Math.min(options.redirects ?? maxRedirects, maxRedirects);
    for (let followed = 0;; followed++) {
      const { receive } = options;
      const answer = await this.#hop({ url, method, headers, body, maxBytes, signal, receive });
      const next = method === "GET" && most > 0 && nextOf(answer);
      if (!next) return answer;
      if (followed === most) throw new FetchFailed("too_many_redirects", `${url.host} sends us on and on`);
      if (next.origin !== url.origin) proofs.forEach((name) => delete headers[name]);
      url = next;
    }
  }

  async #hop(hop: Omit<Hop, "agent" | "port" | "idle">): Promise<Fetched> {
    const { url, signal } = hop;
    const way = this.#wayTo(url);
    await this.#turns.take(url.host, signal);
    try {
      return await exchange({ ...hop, ...way, idle: this.#limits.idle });
    } finally {
      this.#turns.giveBack(url.host);
    }
  }

  /** How this URL is reached. Refuses what its own text forbids; what its name leads to, the agents check. */
  #wayTo(url: URL): Pick<Hop, "agent" | "port"> {
    const isAllowed = isNamed(this.options.allowLoopback, url);
    const { isGood, agents } = isAllowed ? this.#allowed : this.#everyone;
    if (url.protocol === "http:" && !isAllowed) {
      throw new FetchFailed("forbidden", `${url.host} is to be asked by https`);
    }
    const host = bare(url.hostname);
    if (isIP(host) !== 0 && !isGood(host)) {
      throw new FetchFailed("forbidden", `${url.host} is not public`);
    }
    return {
      agent: url.protocol === "https:" ? agents.https : agents.http,
      port: isAllowed ? this.#hosts.get(host)?.port : undefined,
    };
  }

  #headers(options: FetchOptions): Record<string, string> {
    const given = Object.entries(options.headers ?? {})
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !framing.has(name));
    return {
      "user-agent": this.options.userAgent,
      "accept-encoding": options.receive ? "identity" : "gzip, deflate, br",
      ...Object.fromEntries(given),
    };
  }
}

/** Reads a URL that somebody gave us, and refuses what is none for us. What it says stays out of the message. */
function urlFrom(text: string | URL, base?: string): URL {
  const url = String(text).length > longestUrl ? null : URL.parse(text, base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new FetchFailed("bad_url", "This is no web address that we can ask");
  }
  if (url.hash) url.hash = "";
  return url;
}

/** Where an answer sends us on to. */
function nextOf(answer: Fetched): URL | undefined {
  const location = redirects.has(answer.status) ? answer.headers.get("location") : null;
  return location === null ? undefined : urlFrom(location, answer.url);
}

/** Gives `work` a signal that ends it after `timeout` milliseconds, or when `outer` does. */
async function within<T>(
  timeout: number,
  url: URL,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const inner = new AbortController();
  const late = () => inner.abort(new FetchFailed("timeout", `${url.host} took more than ${timeout} ms`));
  const timer = setTimeout(late, timeout);
  const abort = () => inner.abort(outer?.reason);
  outer?.addEventListener("abort", abort, { once: true });
  try {
    return await work(inner.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  }
}
