import assert from "node:assert/strict";
import { addressPrefix, clientAddress, isRange } from "./proxies.ts";

const trusted = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"];

function from(peer: string, forwardedFor?: string): string {
  const headers = new Headers(forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor });
  return clientAddress(headers, peer, trusted);
}

Deno.test("without a trusted proxy in between, a request comes from whoever holds the connection", () => {
  assert.equal(from("203.0.113.9"), "203.0.113.9");
  assert.equal(from("203.0.113.9", "192.0.2.1"), "203.0.113.9", "a stranger's claim is not believed");
  assert.equal(from("11.0.0.1", "192.0.2.1"), "11.0.0.1", "just outside the range");
  assert.equal(clientAddress(new Headers({ "x-forwarded-for": "192.0.2.1" }), "10.0.0.1", []), "10.0.0.1");
});

Deno.test("behind trusted proxies, a request comes from the first who is not one of them", () => {
  assert.equal(from("10.1.2.3", "192.0.2.1"), "192.0.2.1");
  assert.equal(from("127.0.0.1", "192.0.2.1, 10.9.9.9, fd00::7"), "192.0.2.1");
  assert.equal(from("fd00::2", "2001:DB8::0001"), "2001:db8::1");
  assert.equal(from("::ffff:10.1.2.3", "192.0.2.1"), "192.0.2.1", "an IPv4 proxy on an IPv6 socket");
  assert.equal(from("10.1.2.3", "10.0.0.5, 10.0.0.6"), "10.0.0.5", "a request from inside");
});

Deno.test("what the client itself writes into X-Forwarded-For changes nothing", () => {
  assert.equal(from("10.1.2.3", "127.0.0.1, 8.8.8.8, 203.0.113.9"), "203.0.113.9");
  assert.equal(from("10.1.2.3", "10.0.0.1, 203.0.113.9"), "203.0.113.9");
});

Deno.test("garbage in X-Forwarded-For is not passed on, nor is anything left of it", () => {
  for (
    const garbage of [
      "",
      " ",
      ",",
      "unknown",
      'evil"><script>',
      "0x7f.1",
      "010.1.1.1",
      "1.2.3",
      "1",
      "[1",
      ":1",
    ]
  ) {
    assert.equal(from("10.1.2.3", garbage), "10.1.2.3", garbage);
    assert.equal(from("10.1.2.3", `203.0.113.9, ${garbage}`), "10.1.2.3", garbage);
    assert.equal(from("10.1.2.3", `${garbage}, 203.0.113.9`), "203.0.113.9", garbage);
  }
});

Deno.test("ports and zones are no part of an address", () => {
  assert.equal(from("10.1.2.3", "192.0.2.1:4711"), "192.0.2.1");
  assert.equal(from("10.1.2.3", "[2001:db8::1]:4711"), "2001:db8::1");
  assert.equal(from("10.1.2.3", "[2001:db8::1]"), "2001:db8::1");
  assert.equal(from("fe80::1%eth0"), "fe80::1");
});

Deno.test("where there is no connection there is no address", () => {
  assert.equal(from("", "192.0.2.1"), "");
});

Deno.test("neighbours share a prefix: /24 in IPv4, /56 in IPv6", () => {
  const cases = {
    "203.0.113.9": "203.0.113.0/24",
    "203.0.113.255": "203.0.113.0/24",
    "::ffff:203.0.113.9": "203.0.113.0/24",
    "2001:db8:1234:5678::1": "2001:db8:1234:5600::/56",
    "2001:db8:1234:56ff:ffff::": "2001:db8:1234:5600::/56",
    "2001:db8:1234:5700::1": "2001:db8:1234:5700::/56",
    "::1": "::/56",
    "": "",
  };
  for (const [address, prefix] of Object.entries(cases)) {
    assert.equal(addressPrefix(address), prefix, address);
  }
});

Deno.test("a trusted proxy is named by an address or a range, in nothing but the usual spelling", () => {
  for (const good of ["10.0.0.1", "10.0.0.0/8", "fd00::/8", "::1", "172.16.0.0/12"]) {
    assert.ok(isRange(good), good);
  }
  for (const bad of ["", "caddy", "10.0.0.0/33", "*", "0x7f.1", "10.0/8", "10.0.0"]) {
    assert.ok(!isRange(bad), bad);
  }
});
