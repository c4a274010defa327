import assert from "node:assert/strict";
import { pause, startLoad, underLoad } from "./load.ts";
import { version } from "../../api/src/base/version.ts";
import { missing, newPlace, root } from "./place.ts";

/** `deno task rehearse`: deploy.sh on a machine of processes, while people use it. */

const lacking = await missing();
if (lacking.length > 0) {
  console.log(`No rehearsal here: apt-get install ${lacking.join(" ")} makes one possible`);
}

const compose = "docker compose -f docker-compose.prod.yml";

Deno.test({
  name: "an update with a migration fails nobody, and a broken version changes nothing",
  ignore: lacking.length > 0,
  fn: async () => {
    await using place = await newPlace();
    const { url, client } = place;
    const first = await place.run(`${compose} up -d`);
    assert.equal(first.code, 0, first.said);
    await place.run(
      `${compose} run --rm --no-deps api riff accounts create alice --email a@mail.test --confirmed`,
    );
    const made = await place.run(
      `${compose} run --rm --no-deps api riff tokens create --account alice --scopes "read write" --json 2>/dev/null`,
    );
    const { token } = JSON.parse(made.said.slice(made.said.indexOf("{")));
    const tellsVersion = async () => {
      const answer = await fetch(`${url}/nodeinfo/2.0`, { client });
      return (await answer.json()).software.version;
    };

    // What people use is warm: only then is it measured how long they wait.
    const warming = startLoad(url, client, token, 50);
    await pause(5_000);
    assert.deepEqual((await warming.stop()).failed, []);

    await place.release("A new version", {
      "api/src/base/version.ts": 'export const version = "99.0.0";\n',
      "api/migrations/9001_rehearsal.sql":
        "-- 9001: to see one run.\ncreate table rehearsals (at timestamptz);\n",
      Caddyfile: `${await Deno.readTextFile(`${root}/Caddyfile`)}\n# It says something else.\n`,
    });
    const updated = await underLoad(place, token, () => place.run("./deploy.sh"));
    assert.equal(updated.code, 0, updated.said);
    assert.match(
      updated.said,
      /ok +database: PostgreSQL 15[^]*Backing up[^]*9001_rehearsal.sql[^]*updated to \w+, A new version\n$/,
    );
    assert.match(updated.said, /Telling Caddy its new settings/);
    assert.equal(await tellsVersion(), "99.0.0");

    const back = await underLoad(place, token, () => place.run("./deploy.sh back"));
    assert.equal(back.code, 0, back.said);
    assert.match(back.said, /: back\. The next .* goes forward again\n$/);
    assert.equal(await tellsVersion(), version, "which does not mind the newer version's database");
    const forth = await underLoad(place, token, () => place.run("./deploy.sh"));
    assert.equal(forth.code, 0, forth.said);
    assert.equal(await tellsVersion(), "99.0.0");

    await place.release("A broken version", {
      "api/src/base/version.ts": 'export const version = "100.0.0";\n',
      "api/src/main.ts": 'throw new Error("broken");\n',
    });
    const broken = await underLoad(place, token, () => place.run("./deploy.sh"));
    assert.equal(broken.code, 1, broken.said);
    assert.match(broken.said, /not healthy: going back[^]*still at \w+, A new version\n$/);
    assert.equal(await tellsVersion(), "99.0.0");
    const again = await place.run(`${compose} up -d`);
    assert.equal(again.code, 0, again.said);
    assert.equal(await tellsVersion(), "99.0.0", "what stays is what starts");
  },
});
