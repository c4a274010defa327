import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { FetchFailed } from "../fetched.ts";

/** All addresses of a host name. Throws `FetchFailed` when there are none. */
export type Lookup = (hostname: string) => Promise<string[]>;

/** Keep connections, each of which was made to an address that had been checked. */
export interface Agents {
  http: http.Agent;
  https: https.Agent;
}

/** Milliseconds that an idle connection is kept. */
const idle = 15_000;
/** Idle connections that an agent keeps in all: with thousands of servers about, memory is what they cost. */
const mostIdle = 256;
/** Milliseconds that each of several addresses gets; Node's 250 is too short for another continent. */
const attempt = 2_000;
/** Milliseconds for the look-up alone. */
const patience = 5_000;

/**
 * Agents that connect only to addresses that `isGood` says yes to. The answer that was checked is the one that
 * is connected to, so a name can't change its address in between. One bad address among several condemns the
 * name: mixed answers are how rebinding is done.
 *
 * Nobody looks up a URL's literal address, so whoever uses these checks literals first.
 */
export function openAgents(lookup: Lookup, isGood: (address: string) => boolean, ca?: string): Agents {
  const options = {
    keepAlive: true,
    timeout: idle,
    lookup: pinning(lookup, isGood),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attempt,
    // Even where the environment names a proxy: that would look names up for us, and nobody would check.
    proxyEnv: {},
  };
  return { http: sparing(new http.Agent(options)), https: sparing(new https.Agent({ ...options, ca })) };
}

/** Closes all connections, in use or not. */
export function closeAgents(agents: Agents): void {
  agents.http.destroy();
  agents.https.destroy();
}

/**
 * What the domain name system says. Not `getaddrinfo`: on Deno it takes one of the threads that also read
 * files, and 200 names whose servers are silent, which any stranger can send, stop them all for a minute.
 */
export async function lookUp(hostname: string): Promise<string[]> {
  // The root's dot: the machine's search domains must not turn a stranger's name into one of ours.
  const name = hostname.endsWith(".") ? hostname : `${hostname}.`;
  const signal = AbortSignal.timeout(patience);
  const [four, six] = await Promise.allSettled([
    Deno.resolveDns(name, "A", { signal }),
    Deno.resolveDns(name, "AAAA", { signal }),
  ]);
  const addresses = [four, six].flatMap((answer) => answer.status === "fulfilled" ? answer.value : []);
  if (addresses.length > 0) return addresses;
  throw new FetchFailed("dns", `${hostname} has no address`, {
    cause: four.status === "rejected" ? four.reason : undefined,
  });
}

function pinning(lookup: Lookup, isGood: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    addressesOf(hostname).then(
      (found) => options.all ? callback(null, found) : callback(null, found[0]!.address, found[0]!.family),
      (error) => callback(error, []),
    );
  };

  async function addressesOf(hostname: string) {
    const addresses = await lookup(hostname);
    if (addresses.length === 0) throw new FetchFailed("dns", `${hostname} has no address`);
    if (!addresses.every(isGood)) {
      throw new FetchFailed("forbidden", `${hostname} leads to an address that is not public`);
    }
    return addresses.map((address) => ({ address, family: isIP(address) }));
  }
}

/** Agents bound idle connections per host only; this one bounds them in all. */
function sparing<A extends http.Agent>(agent: A): A {
  const keepSocketAlive = agent.keepSocketAlive.bind(agent);
  agent.keepSocketAlive = (socket) => {
    const kept = Object.values(agent.freeSockets).reduce((sum, sockets) => sum + (sockets?.length ?? 0), 0);
    return kept < mostIdle && keepSocketAlive(socket);
  };
  return agent;
}
