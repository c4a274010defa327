import assert from "node:assert/strict";
import { isLoopback, isNamed, isPublic } from "./addresses.ts";
import { guardedHttp } from "./http.ts";
import { failureOf } from "./outgoing/loopback_servers.ts";

const publicAddresses = [
  "1.1.1.1",
  "8.8.8.8",
  "51.15.0.1",
  "93.184.216.34",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "169.253.255.255",
  "169.255.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "192.0.1.1",
  "192.167.255.255",
  "192.169.0.1",
  "198.17.255.255",
  "198.20.0.1",
  "223.255.255.255",
  "2001:4860:4860::8888",
  "2606:2800:220:1:248:1893:25c8:1946",
  "2a00:1450:4001:81b::200e",
  "2A01:4F8::1",
];

const specialAddresses = {
  "this network": ["0.0.0.0", "0.0.0.1", "0.255.255.255"],
  "private": ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"],
  "carrier-grade NAT": ["100.64.0.0", "100.100.100.200", "100.127.255.255"],
  "loopback": ["127.0.0.1", "127.0.0.0", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1"],
  "link-local": ["169.254.0.1", "fe80::1", "febf::1"],
  "metadata of clouds": ["169.254.169.254", "169.254.42.42", "fd00:ec2::254", "168.63.129.16", "192.0.0.192"],
  "protocol assignments": ["192.0.0.1", "192.0.0.170", "192.88.99.1", "2001:1::1", "2001:20::1"],
  "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1", "3fff:fff::1"],
  "benchmarks": ["198.18.0.1", "198.19.255.255", "2001:2::1"],
  "multicast": ["224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
  "reserved": ["240.0.0.1", "255.255.255.254", "4000::1", "5f00::1", "100::1", "e000::1"],
  "broadcast": ["255.255.255.255"],
  "unspecified": ["::"],
  "unique local": ["fc00::1", "fd12:3456:789a::1", "fdff:ffff::1"],
  "site-local": ["fec0::1", "feff::1"],
  "IPv4-mapped": ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"],
  "IPv4-compatible": ["::127.0.0.1", "::7f00:1", "::8.8.8.8"],
  "IPv4-translated": ["::ffff:0:127.0.0.1", "::ffff:0:7f00:1"],
  "NAT64": ["64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::10.0.0.1", "64:ff9b:1:ffff::1"],
  "6to4": ["2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:808:808::1"],
  "Teredo": ["2001::1", "2001:0:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:80ff:fffe"],
  "zones": ["fe80::1%eth0", "2a00::1%eth0", "::1%1"],
  "unusual spellings": [
    "127.1",
    "2130706433",
    "0177.0.0.1",
    "010.1.1.1",
    "0x7f.0.0.1",
    "8.8.8.8 ",
    "8.8.8",
    "134744072",
  ],
  "no address at all": ["", "localhost", "example.com", "[::1]", "1.1.1.1:80", "1.1.1.1/32", "::1::", "g::1"],
};

Deno.test("ordinary addresses of the internet are public", () => {
  for (const address of publicAddresses) assert(isPublic(address), address);
});

Deno.test("special addresses are not public, wrapped ones included", () => {
  for (const [range, addresses] of Object.entries(specialAddresses)) {
    for (const address of addresses) assert(!isPublic(address), `${address} (${range})`);
  }
});

Deno.test("loopback is the machine itself and nothing that merely contains it", () => {
  for (const address of ["127.0.0.1", "127.9.9.9", "::1"]) assert(isLoopback(address), address);
  for (
    const address of ["10.0.0.1", "0.0.0.0", "::", "::ffff:127.0.0.1", "::1%lo", "localhost", "126.0.0.1"]
  ) {
    assert(!isLoopback(address), address);
  }
});

/** Every way to say "this machine", "this network" or "this cloud" in a URL that the standard, or a careless reader, accepts. */
const spellings = [
  "127.0.0.1",
  "127.0.0.1:8000",
  "127.0.0.1.",
  "127.1",
  "127.0.1",
  "2130706433",
  "017700000001",
  "0x7f000001",
  "0177.0.0.1",
  "0177.0000.0.01",
  "0x7f.0.0.1",
  "0x7F.0x0.0x0.0x1",
  "0x7f.1",
  "127.0.0.0x1",
  "%31%32%37.0.0.1",
  "127.0.0.1%2e",
  "127%2E0%2E0%2E1",
  "１２７.０.０.１",
  "①②⑦.⓪.⓪.①",
  "127。0。0。1",
  "127｡0．0.1",
  "127.0.0.1\t",
  "12\n7.0.0.1",
  "0",
  "0.0.0.0",
  "00000000",
  "0x",
  "0x0",
  "10.0.0.1",
  "012.0.0.1",
  "167772161",
  "172.16.1",
  "192.168.1.1",
  "0300.0250.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "169.254.43518",
  "2852039166",
  "0xA9FEA9FE",
  "0251.0376.0251.0376",
  "224.0.0.1",
  "255.255.255.255",
  "4294967295",
  "[::]",
  "[::1]",
  "[::1]:8000",
  "[0:0:0:0:0:0:0:1]",
  "[0000:0000:0000:0000:0000:0000:0000:0001]",
  "[::ffff:127.0.0.1]",
  "[::FFFF:7F00:1]",
  "[0:0:0:0:0:ffff:7f00:0001]",
  "[::127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::a9fe:a9fe]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fe80::1%25eth0]",
  "[fe80::1%eth0]",
  "[fec0::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "localhost%2e",
  "loc\u00adalhost",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "ｌocalhost",
  "anything.localhost",
  "256.256.256.256",
  "1.1.1.1.1",
  "127.0.0.1%00.example.com",
  "example.com:secret@127.0.0.1",
  "alice@example.com",
  "",
];

Deno.test("no spelling of a special address gets past the guard", async () => {
  const client = guardedHttp({ allowLoopback: [], userAgent: "riff" });
  for (const host of spellings) {
    for (const scheme of ["http", "https"]) {
      const { kind, permanent } = await failureOf(client.fetch(`${scheme}://${host}/`));
      assert(["forbidden", "bad_url"].includes(kind), `${scheme}://${host}/ ended in ${kind}`);
      assert(permanent);
    }
  }
  client.close();
});

Deno.test("only web addresses are asked", async () => {
  const client = guardedHttp({ allowLoopback: [], userAgent: "riff" });
  const others = [
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://example.com/",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "blob:https://example.com/1",
    "ws://example.com/",
    "//example.com/",
    "/etc/passwd",
    "example.com",
    "",
    `https://example.com/${"a".repeat(9_000)}`,
  ];
  for (const url of others) assert.equal((await failureOf(client.fetch(url))).kind, "bad_url", url);
  client.close();
});

Deno.test("ALLOW_LOOPBACK names hosts by suffix, by name, and by name and port", () => {
  const cases: [pattern: string, url: string, named: boolean][] = [
    [".test", "http://riff-1.test/", true],
    [".test", "http://riff-1.test:8000/", true],
    [".test", "http://a.b.test/", true],
    [".TEST", "http://riff-1.test/", true],
    [".test", "http://test/", false],
    [".test", "http://riff-1.test.example/", false],
    [".test", "http://riff-1test/", false],
    [".test", "http://riff-1.test./", false],
    ["localhost", "http://localhost/", true],
    ["localhost", "http://localhost:9000/", true],
    ["localhost", "http://a.localhost/", false],
    ["localhost:8000", "http://localhost:8000/", true],
    ["localhost:8000", "http://localhost:8001/", false],
    ["localhost:8000", "http://localhost/", false],
    ["localhost:80", "http://localhost/", true],
    ["localhost:443", "https://localhost/", true],
    ["127.0.0.1:8001", "http://127.0.0.1:8001/", true],
    ["127.0.0.1:8001", "http://127.1:8001/", true],
    ["[::1]:8001", "http://[::1]:8001/", true],
    ["[::1]", "http://[::1]:8001/", true],
    [".test:8000", "http://riff-1.test:8000/", true],
    [".test:8000", "http://riff-1.test/", false],
    ["https://localhost:8443", "https://localhost:8443/", true],
    ["https://localhost:8443", "http://localhost:8443/", false],
    ["https://localhost:8443", "https://localhost/", false],
    ["https://", "https://localhost/", false],
    ["http://localhost", "http://localhost/", false],
    ["", "http://localhost/", false],
    [":8000", "http://localhost:8000/", false],
    ["*", "http://localhost/", false],
  ];
  for (const [pattern, url, named] of cases) {
    assert.equal(isNamed([pattern], new URL(url)), named, `${pattern} and ${url}`);
  }
});
