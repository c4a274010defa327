import ipaddr from "ipaddr.js";
import { isIP } from "node:net";

/**
 * Which addresses strangers may send us to. A look-up, a redirect and a URL's own literal all ask here.
 */

/** What the library counts as ordinary and we don't. */
const wireServer = "168.63.129.16"; // Azure answers machines inside it here, with their secrets.
const globalUnicast = ipaddr.IPv6.parse("2000::"); // The only part of IPv6 that is routed to everyone: RFC 4291.

/**
 * Whether this is an ordinary address of the public internet, in its canonical spelling, as a resolver or
 * `URL.hostname` (without brackets) gives it. False for everything special (private, loopback, link-local with
 * the clouds' metadata, carrier-grade NAT, multicast, documentation, benchmarks, reserved), for IPv6 that wraps
 * an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo: none of them names a server), for zone ids, and for
 * whatever is no address.
 */
export function isPublic(address: string): boolean {
  const parsed = parse(address);
  if (!parsed || parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 ? address !== wireServer : parsed.match(globalUnicast, 3);
}

/** Whether this is the machine itself: 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  return parse(address)?.range() === "loopback";
}

/** Other spellings (octal, hex, one number, zones) are no address to us: `URL` has unfolded what it accepts. */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return isIP(address) === 0 || address.includes("%") ? undefined : ipaddr.parse(address);
}

/**
 * Whether one of the patterns of `ALLOW_LOOPBACK` names this URL's host: `.test` every name that ends so,
 * `localhost` this name at any port, `localhost:8000` at this port alone, `https://localhost:8443` there by https alone.
 */
export function isNamed(patterns: readonly string[], url: URL): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return patterns.some((pattern) => {
    const [, scheme = url.protocol, name = "", only = port] =
      /^(?:(https:)\/\/)?(\[.*\]|[^:]*)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
    const named = name.startsWith(".") ? url.hostname.endsWith(name) : url.hostname === name;
    return named && name !== "" && only === port && scheme === url.protocol;
  });
}
