import assert from "node:assert/strict";
import { newWorld } from "../../test/world.ts";

const names = (accounts: { acct: string }[]) => accounts.map(({ acct }) => acct);

Deno.test("people are found by handle and by display name, whoever is called exactly so first", async () => {
  await using world = await newWorld();
  for (const name of ["ann", "anna", "johanna"]) await world.person(name);
  const bob = await world.person("bob");
  await bob.patch("/api/v1/accounts/update_credentials", { display_name: "Ann-Kristin ÄÖ 100%" });
  const find = async (q: string) =>
    names((await world.visit(`/api/v2/search?q=${encodeURIComponent(q)}`)).json.accounts);

  assert.deepEqual((await find("ann")).slice(0, 2), ["ann", "anna"]);
  assert.deepEqual((await find("ANN")).toSorted(), ["ann", "anna", "bob", "johanna"]);
  assert.deepEqual(await find("@anna"), ["anna", "johanna"]);
  assert.deepEqual(await find(`@anna@${world.ctx.config.handleDomain}`), ["anna", "johanna"]);
  assert.deepEqual(await find("anna@elsewhere.test"), []);
  assert.deepEqual(await find("kristin äö"), ["bob"]);
  assert.deepEqual(await find("kristin ao"), ["bob"], "accents need not be typed");
  assert.deepEqual(await find("100%"), ["bob"], "a percent sign is only that");
  assert.deepEqual(await find("a%n"), []);
  assert.deepEqual(await find("jo"), ["johanna"], "two letters are the beginning of a name");
  assert.deepEqual(await find("oh"), []);
  assert.deepEqual(await find("#ann"), []);
});

Deno.test("whom one follows stands before others, and can be asked for alone", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const [bobby, bobo] = [await world.person("bobby"), await world.person("bobo")];
  await alice.post(`/api/v1/accounts/${bobo.id}/follow`);

  const path = "/api/v1/accounts/search?q=bob";
  assert.deepEqual(names((await alice.get(path)).json), ["bobo", "bobby"]);
  assert.deepEqual(names((await alice.get(`${path}&following=true`)).json), ["bobo"]);
  assert.deepEqual(names((await alice.get(`${path}&limit=1`)).json), ["bobo"]);
  assert.deepEqual(names((await alice.get(`${path}&limit=1&offset=1`)).json), ["bobby"]);
  assert.equal((await world.visit(path)).status, 401);
  assert.equal(bobby.account.username, "bobby");
});

Deno.test("hashtags are found by their beginning, but only those used where everybody may look", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.says("#Guitar #guitars");
  await alice.says("#guitarsecret", { visibility: "private" });
  await alice.says("#guitarwhisper", { visibility: "direct" });
  const find = async (q: string) =>
    (await world.visit(`/api/v2/search?q=${encodeURIComponent(q)}`)).json.hashtags;

  const tags = await find("guit");
  assert.deepEqual(tags.map(({ name }: { name: string }) => name), ["guitar", "guitars"]);
  assert.equal(tags[0].url, `${world.ctx.config.baseUrl}/tags/guitar`);
  assert.equal(tags[0].history.length, 7);
  assert.deepEqual([tags[0].history[0].uses, tags[0].history[0].accounts], ["1", "1"]);
  assert.deepEqual([tags[0].history[1].uses, tags[0].history[1].accounts], ["0", "0"]);
  assert.equal(Number(tags[0].history[0].day) % 86_400, 0);
  assert.equal((await find("#GUITARS"))[0].name, "guitars");
  assert.deepEqual(await find("@guitar"), []);
  assert.deepEqual(await find("_"), []);
});

Deno.test("an address leads to what it names, as far as whoever asks may see it", async () => {
  await using world = await newWorld();
  const [alice, bob] = [await world.person("alice"), await world.person("bob")];
  const open = await alice.says("Hello");
  const closed = await alice.says("To myself", { visibility: "direct" });
  const { baseUrl } = world.ctx.config;
  const find = async (url: string, more = "&resolve=true") => {
    const { json } = await bob.get(`/api/v2/search?q=${encodeURIComponent(url)}${more}`);
    return [...names(json.accounts), ...json.statuses.map(({ id }: { id: string }) => id)];
  };

  assert.deepEqual(await find(`${baseUrl}/@alice`), ["alice"]);
  assert.deepEqual(await find(alice.account.uri), ["alice"]);
  assert.deepEqual(await find(open.url), [open.id]);
  assert.deepEqual(await find(open.uri), [open.id]);
  assert.deepEqual(await find(`${baseUrl}/@alice/${open.id}`, "&type=accounts"), []);
  assert.deepEqual(await find(closed.url), []);
  assert.deepEqual(await find(closed.uri), []);
  assert.deepEqual(await find(`${baseUrl}/@nobody`), []);
  assert.deepEqual(await find(`${baseUrl}/@alice/99999999999999999999`), []);
  assert.deepEqual(await find("https://elsewhere.test/%E0%A4%A"), []);
});

Deno.test("one sort of thing can be asked for alone; strangers neither page nor resolve", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  await alice.says("#alice");
  const counts = async (query: string) => {
    const { json } = await alice.get(`/api/v2/search?q=alice${query}`);
    return [json.accounts.length, json.statuses.length, json.hashtags.length];
  };
  assert.deepEqual(await counts(""), [1, 1, 1]);
  assert.deepEqual(await counts("&type=accounts"), [1, 0, 0]);
  assert.deepEqual(await counts("&type=hashtags"), [0, 0, 1]);
  assert.deepEqual(await counts("&type=nonsense"), [0, 0, 0]);
  assert.deepEqual(await counts("&offset=1"), [0, 0, 0]);

  assert.equal((await world.visit("/api/v2/search?q=alice")).status, 200);
  assert.equal((await world.visit("/api/v2/search?q=alice&offset=1")).status, 401);
  assert.equal((await world.visit("/api/v2/search?q=alice&resolve=true")).status, 401);
});

Deno.test("a search that makes no sense is refused", async () => {
  await using world = await newWorld();
  const alice = await world.person("alice");
  const asked: [query: string, status: number][] = [
    ["", 400],
    ["?q=", 400],
    ["?q=%20", 400],
    ["?q=a&limit=-1", 400],
    ["?q=a&offset=-1", 400],
    ["?q=a&offset=x", 400],
    ["?q=a&offset[]=1&offset[]=2", 400],
    ["?q[]=a&q[]=b", 422],
    ["?q[a]=b", 422],
    [`?q=${"x".repeat(3000)}`, 200],
    ["?q=%00", 400],
    ["?q=@@@", 200],
    ["?q=%23", 200],
    ["?q=a&offset=999999999", 200],
    ["?q=http://[", 200],
  ];
  for (const [query, expected] of asked) {
    for (const path of ["/api/v2/search", "/api/v1/accounts/search"]) {
      const { status } = await alice.get(path + query);
      assert.equal(status, expected, path + query.slice(0, 40));
    }
  }
});
