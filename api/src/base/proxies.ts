import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/**
 * Where a request came from. `X-Forwarded-For` is written from left to right, each proxy adding whom it heard;
 * whatever a stranger made up stands at the left. So it is read from the right, and only as far as those who
 * wrote it are trusted: the answer is the first address that is not one of ours.
 *
 * @param headers The request's.
 * @param peer Who holds the other end of the connection; empty where there is none.
 * @param trustedProxies Addresses and ranges (`10.0.0.0/8`) that tell the truth about who came to them.
 */
export function clientAddress(headers: Headers, peer: string, trustedProxies: readonly string[]): string {
  let client = addressIn(peer);
  if (!client) return peer;
  const ranges = trustedProxies.map(rangeIn).filter((range) => range !== undefined);
  const claims = headers.get("x-forwarded-for")?.split(",") ?? [];
  while (isWithin(client, ranges)) {
    const claim = addressIn(withoutPort(claims.pop() ?? ""));
    if (!claim) break;
    client = claim;
  }
  return client.toString();
}

/**
 * The neighbourhood of an address, which is what one household or one rented server can easily speak from:
 * `/24` in IPv4, `/56` in IPv6. Sign-ins are throttled by it, for single addresses cost nothing.
 */
export function addressPrefix(address: string): string {
  const parsed = addressIn(address);
  if (!parsed) return address;
  return parsed.kind() === "ipv4"
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed}/24`)}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/56`)}/56`;
}

/** Whether a setting can mean an address or a range of addresses. */
export function isRange(text: string): boolean {
  return rangeIn(text) !== undefined;
}

/** Reads the usual spellings alone: `0x7f.1` and `010.0.0.1` mean something else to each who reads them. */
function addressIn(text: string): Address | undefined {
  const address = text.trim().replace(/%.*/, "");
  const isUsual = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  return isUsual ? ipaddr.process(address) : undefined;
}

function rangeIn(text: string): Range | undefined {
  const isUsual = ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
  if (isUsual) return ipaddr.parseCIDR(text);
  const address = addressIn(text);
  return address && [address, address.kind() === "ipv4" ? 32 : 128];
}

function isWithin(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some((range) => address.kind() === range[0].kind() && address.match(range));
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(claim: string): string {
  return claim.trim().match(/^\[(.*)\](?::\d+)?$/)?.[1] ?? claim.replace(/^(\s*[\d.]+):\d+\s*$/, "$1");
}
