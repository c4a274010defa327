import assert from "node:assert/strict";
import { eventually } from "../../api/test/deployment.ts";
import { version } from "../../api/src/base/version.ts";
import { inDebian, lackingForDebian, makeDebian } from "./debian.ts";
import { pause, startLoad, underLoad } from "./load.ts";
import { freePort, makeCertificates, must, root } from "./place.ts";

/**
 * `deno task rehearse:plain`: what docs/install.md says of a machine without containers, line by line in a root made
 * by debootstrap, and then updates under load. Only systemd is played (scripts/rehearsal/systemctl), and Deno copied
 * instead of fetched. It takes some minutes.
 */

const lacking = await lackingForDebian("debootstrap", "openssl", "setpriv");
for (const port of [8000, 8001]) if (!isFree(port)) lacking.push(`port ${port}`);
if (lacking.length > 0) console.log(`No machine here: it needs ${lacking.join(", ")}`);

Deno.test({
  name: "the guide leads to a server without containers, and an update of it fails nobody",
  ignore: lacking.length > 0,
  fn: async () => {
    await using stack = new AsyncDisposableStack();
    const machine = await newMachine(stack);
    const { url, client, run } = machine;
    for (const line of await linesOfGuide()) {
      console.log(`$ ${line.slice(0, 110)}`);
      await machine.follow(line);
    }
    await eventually(async () => (await fetch(`${url}/@alice`, { client })).ok);
    const sees = await run("riff doctor --json || true");
    const { findings } = JSON.parse(sees.said.slice(sees.said.indexOf("{")));
    assert.deepEqual(findings.filter(({ level }: { level: string }) => level === "bad"), [], sees.said);

    const made = await run(`riff tokens create --account alice --scopes "read write" --json`);
    const { token } = JSON.parse(made.said.slice(made.said.indexOf("{")));
    const tellsVersion = async () =>
      (await (await fetch(`${url}/nodeinfo/2.0`, { client })).json()).software.version;
    const warming = startLoad(url, client, token, 50);
    await pause(5_000);
    assert.deepEqual((await warming.stop()).failed, []);

    await machine.release("A new version", {
      "api/src/base/version.ts": 'export const version = "99.0.0";\n',
      "api/migrations/9001_rehearsal.sql":
        "-- 9001: to see one run.\ncreate table rehearsals (at timestamptz);\n",
      Caddyfile: `${await Deno.readTextFile(`${root}/Caddyfile`)}\n# It says something else.\n`,
    });
    const update = "/opt/riff/deploy/update";
    const updated = await underLoad(machine, token, () => run(update));
    assert.equal(updated.code, 0, updated.said);
    assert.match(
      updated.said,
      /ok +database: PostgreSQL 15[^]*9001_rehearsal.sql[^]*Telling Caddy[^]*updated to \w+, A new version\n$/,
    );
    assert.equal(await tellsVersion(), "99.0.0");
    assert.match((await run(update)).said, /is the newest\n$/);

    const back = await underLoad(machine, token, () => run(`${update} back`));
    assert.equal(back.code, 0, back.said);
    assert.equal(await tellsVersion(), version, "which does not mind the newer version's database");
    const forth = await underLoad(machine, token, () => run(update));
    assert.equal(forth.code, 0, forth.said);
    assert.equal(await tellsVersion(), "99.0.0");

    await run("git -C /opt/riff checkout --quiet --detach");
    const nowhere = await run(update);
    assert.equal(nowhere.code, 1, nowhere.said);
    assert.match(nowhere.said, /has no branch HEAD .*the old version stays\n$/);
    assert.equal((await run("test -f /opt/riff/.env && git -C /opt/riff switch --quiet -")).code, 0);
    assert.equal(await tellsVersion(), "99.0.0");

    await machine.release("A broken version", { "api/src/main.ts": 'throw new Error("broken");\n' });
    const broken = await underLoad(machine, token, () => run(`DEPLOY_PATIENCE=10 ${update}`));
    assert.equal(broken.code, 1, broken.said);
    assert.match(broken.said, /not healthy: going back[^]*still at \w+, A new version\n$/);
    assert.equal(await tellsVersion(), "99.0.0");
    const kept = await run("find /opt/riff-versions -mindepth 1 -maxdepth 1 -type d | wc -l");
    assert.equal(kept.said.trim(), "3", "the present one, the one before, and the broken one");
  },
});

/** All that the guide's section has somebody type, in order; what goes into `.env` becomes lines that write it. */
async function linesOfGuide(): Promise<string[]> {
  const guide = await Deno.readTextFile(`${root}/docs/install.md`);
  const [, section = ""] = guide.match(/\n## One machine without containers\n([^]*?)\n## /) ?? [];
  const lines = Array.from(section.matchAll(/```sh\n([^]*?)```/g), ([, block]) => block!.trim().split("\n"))
    .flat();
  assert.ok(lines.length > 15, "the section was found");
  return lines;
}

/** A machine with Debian and nothing else, as whoever rents one gets it. */
async function newMachine(stack: AsyncDisposableStack) {
  const folder = await Deno.makeTempDir({ prefix: "riff-plain-" });
  stack.defer(() => must(`rm -rf --one-file-system ${folder}`));
  await Deno.chmod(folder, 0o755);
  const debian = `${folder}/root`;
  await makeDebian(debian);
  stack.defer(() => must(`umount -l ${debian}/proc ${debian}/dev`));
  await must(`mount -t proc proc ${debian}/proc && mount --rbind /dev ${debian}/dev`);
  await must(`cp ${root}/scripts/rehearsal/systemctl ${debian}/usr/local/bin/`);
  await must(`git clone --quiet --no-hardlinks ${root} ${debian}/srv/riff`);
  await makeCertificates(folder);
  await must(
    `mkdir ${debian}/etc/tls && cp ${folder}/*.pem ${debian}/etc/tls/ && chmod 644 ${debian}/etc/tls/*`,
  );
  const [https, http, database] = [freePort(), freePort(), freePort()];
  const url = `https://localhost:${https}`;
  const client = Deno.createHttpClient({ caCerts: [await Deno.readTextFile(`${folder}/ca.pem`)] });
  stack.defer(() => client.close());

  const run = async (lines: string) => {
    const { code, stdout } = await inDebian(debian, "/", {}, `exec 2>&1\n${lines}`).output();
    return { code, said: new TextDecoder().decode(stdout) };
  };
  stack.defer(async () => {
    await run("systemctl stop caddy riff-api@8001 riff-api@8000 riff-worker");
    await run("pg_ctlcluster 15 main stop");
  });
  const settings = `DB_BUDGET_BYTES=10G\nRATE_LIMITS=off\nALLOW_LOOPBACK=${url}\nDENO_CERT=/etc/tls/ca.pem`;
  /** What this machine has otherwise than that of the guide. */
  const here: [RegExp, string][] = [
    [/^curl -fsSL https:\/\/deno\.land.*/, "deno --version"],
    [/REPOSITORY/, "/srv/riff"],
    [/PASSWORD/, "kettle"],
    [/^(BASE_URL)=.*/, `$1=${url}\n${settings}`],
    [/^(SECRET_KEY)=.*/, "$1=a secret key that only rehearsals know"],
    [/^SMTP_URL=.*/, ""],
    [/127\.0\.0\.1:5432/, `127.0.0.1:${database}`],
    [/https:\/\/YOUR\.DOMAIN/, url],
  ];
  let at = "/root";
  return {
    ...{ url, client, run },
    /** Does what a line of the guide says, where the one before left off. */
    follow: async (line: string) => {
      const told = here.reduce((text, [from, to]) => text.replace(from, to), line);
      at = told.match(/^cd (\S+)/)?.[1] ?? at;
      const isSetting = /^[A-Z_]+=/.test(told);
      if (told === "") return;
      const does = isSetting ? `cat >> .env <<'END'\n${told}\nEND` : told;
      const { code, said } = await run(`cd ${at}\n${does}`);
      assert.equal(code, 0, `${line}: ${said}`);
      if (told.startsWith("apt-get")) {
        await must(`cp ${Deno.execPath()} ${debian}/usr/local/bin/deno`);
        // Debian starts it by itself where there is a systemd.
        await must(
          `sed -i 's/^port = .*/port = ${database}/' ${debian}/etc/postgresql/15/main/postgresql.conf`,
        );
        assert.equal((await run("pg_ctlcluster 15 main start")).code, 0);
      }
      if (told.includes("caddy.conf")) {
        const more = [
          `CADDY_TLS=tls /etc/tls/cert.pem /etc/tls/key.pem`,
          `CADDY_GLOBAL_OPTIONS=http_port ${http}`,
        ];
        const conf = `${debian}/etc/systemd/system/caddy.service.d/riff.conf`;
        for (const one of more) await Deno.writeTextFile(conf, `Environment="${one}"\n`, { append: true });
      }
    },
    /** Commits these files to the repository that the machine fetches from. */
    release: async (message: string, files: Record<string, string>) => {
      for (const [path, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${debian}/srv/riff/${path}`, text);
      }
      await must(
        `cd ${debian}/srv/riff && git add -A && git -c user.name=riff -c user.email=riff@mail.test commit --quiet -m "${message}"`,
      );
    },
  };
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch {
    return false;
  }
}
