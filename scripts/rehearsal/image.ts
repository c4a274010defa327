import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { eventually } from "../../api/test/deployment.ts";
import { inDebian, lackingForDebian, makeDebian } from "./debian.ts";
import { instructionsIn, isInContext } from "./dockerfile.ts";
import { freePort, makeCertificates, must, root, shell, startPostgres } from "./place.ts";

/**
 * `deno task rehearse:image`: the steps of api/Dockerfile, one by one, in a root made by debootstrap, and then the
 * processes of docker-compose.prod.yml in it, with no more rights than there. It takes some minutes.
 */

const lacking = await lackingForDebian("debootstrap", "unshare", "setpriv");
if (lacking.length > 0) console.log(`No image here: it needs ${lacking.join(", ")}`);

/** Megabytes that an image may take on the disk. */
const most = 800;

Deno.test({
  name:
    "the Dockerfile's steps make a root in which everything runs, without rights and without writing to it",
  ignore: lacking.length > 0,
  fn: async () => {
    await using stack = new AsyncDisposableStack();
    const folder = await Deno.makeTempDir({ prefix: "riff-image-" });
    stack.defer(() => must(`rm -rf ${folder}`));
    await Deno.chmod(folder, 0o755);
    const image = await build(`${folder}/root`);
    const { said: size } = await shell(`du -sm ${folder}/root | cut -f1`);
    console.log(`${size.trim()} MB`);
    assert.ok(Number(size) < most, size);

    await makeCertificates(folder);
    const databaseUrl = await startPostgres(folder, stack);
    const [api, worker] = [freePort(), freePort()];
    const settings = {
      ...{
        BASE_URL: "https://riff.test",
        DATABASE_URL: databaseUrl,
        SECRET_KEY: "what only this image knows, long enough",
      },
      ...{ DATABASE_CA_FILE: "/run/secrets/ca.pem", MAIL_FROM: "Riff <mail@riff.test>" },
    };
    await must(
      `install -d -o 10001 -g 10001 ${folder}/data && mkdir ${folder}/mounted ${folder}/root/run/secrets`,
    );
    await must(`cp ${folder}/ca.pem ${folder}/root/run/secrets/`);
    const start = (words: string[], port = 0) =>
      contained(folder, image, words, { ...settings, PORT: String(port) });

    const migrated = await start(["riff", "migrate"]).output();
    assert.ok(migrated.success, new TextDecoder().decode(migrated.stderr));
    const made = await start(["riff", "accounts", "create", "alice", "--email", "a@riff.test"]).output();
    assert.ok(made.success, new TextDecoder().decode(made.stderr));
    for (const [words, port] of [[["main"], api], [["worker"], worker]] as const) {
      const process = start([...words], port).spawn();
      stack.defer(async () => {
        // `unshare` itself is deaf to it.
        await must(`pkill -TERM --parent ${process.pid}`);
        await process.output();
      });
    }
    await eventually(async () => (await fetch(`http://127.0.0.1:${api}/health/ready`)).ok);
    const page = await fetch(`http://127.0.0.1:${api}/@alice`);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /alice/);
    const { said: written } = await shell(
      `find ${folder}/root -newer ${folder}/root/run/secrets/ca.pem -type f`,
    );
    assert.equal(written, "", "nothing was written into the image");
  },
});

/** What an image says of its processes. */
interface Image {
  env: Record<string, string>;
  entrypoint: string[];
  user: string;
  workdir: string;
}

/** Follows the Dockerfile, in the folder `to`. */
async function build(to: string): Promise<Image> {
  const [dockerfile, ignores] = await Promise.all([
    Deno.readTextFile(`${root}/api/Dockerfile`),
    Deno.readTextFile(`${root}/.dockerignore`),
  ]);
  const image: Image = { env: {}, entrypoint: [], user: "root", workdir: "/" };
  for (const { word, rest } of instructionsIn(dockerfile)) {
    if (word !== "FROM" || rest.startsWith("debian:")) console.log(`${word} ${rest.slice(0, 90)}`);
    const inside = `${to}${image.workdir}`;
    if (word === "FROM" && rest === "debian:bookworm-slim") await makeDebian(to);
    else if (word === "ENV") {
      for (const [, name = "", value = ""] of rest.matchAll(/(\w+)=(\S+)/g)) image.env[name] = value;
    } else if (word === "WORKDIR") {
      image.workdir = rest;
      await Deno.mkdir(`${to}${rest}`, { recursive: true });
    } else if (word === "USER") image.user = rest;
    else if (word === "ENTRYPOINT") image.entrypoint = JSON.parse(rest);
    else if (word === "RUN") await runInside(to, image, rest);
    else if (word === "COPY" && rest.startsWith("--from=deno")) {
      await Deno.copyFile(Deno.execPath(), `${to}/usr/local/bin/deno`);
    } else if (word === "COPY") await copyInto(inside, ignores, rest.split(/\s+/));
  }
  await must(`rm -rf ${to}/dev ${to}/proc ${to}/authorities.pem && mkdir ${to}/dev ${to}/proc`);
  return image;
}

async function runInside(to: string, { env, workdir }: Image, command: string): Promise<void> {
  const { success, stdout, stderr } = await inDebian(to, workdir, env, command).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${command}: ${text.decode(stdout)}${text.decode(stderr)}`);
}

/** Sources and, last, where to: folders give what is in them, as Docker has it. */
async function copyInto(inside: string, ignores: string, words: string[]): Promise<void> {
  const target = words.pop()!;
  const { said } = await shell(`cd ${root} && git ls-files ${words.join(" ")}`);
  for (const path of said.trim().split("\n").filter((path) => isInContext(ignores, path))) {
    const source = words.map((word) => word.replace(/\/$/, "")).find((word) =>
      path === word || path.startsWith(`${word}/`)
    )!;
    const name = path === source ? basename(path) : path.slice(source.length + 1);
    const to = `${inside}/${target === "./" ? "" : target}${name}`;
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.copyFile(`${root}/${path}`, to);
    await Deno.chmod(to, (await Deno.stat(`${root}/${path}`)).mode! & 0o777);
  }
}

/** A process as docker-compose.prod.yml has it: the root can't be written, and its user has no rights. */
function contained(
  folder: string,
  image: Image,
  words: string[],
  settings: Record<string, string>,
): Deno.Command {
  const at = `${folder}/mounted`;
  const script = [
    `mount --bind ${folder}/root ${at}`,
    `mount -o remount,ro,bind ${at}`,
    `mount -t tmpfs -o size=256m,mode=1777 tmpfs ${at}/tmp`,
    `mount --bind ${folder}/data ${at}/data`,
    `mount --rbind /dev ${at}/dev`,
    `mount -t proc proc ${at}/proc`,
    'exec chroot "$@"',
  ].join(" && ");
  const bare = ["setpriv", "--reuid", "10001", "--regid", "10001", "--clear-groups", "--no-new-privs"];
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", ...image.env, ...settings };
  return new Deno.Command("unshare", {
    args: [
      ...["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script, "sh", at],
      ...[...bare, "--bounding-set=-all", "env", "-i", "-C", image.workdir],
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...[...image.entrypoint, ...words],
    ],
    ...{ stdin: "null", stdout: "piped", stderr: "piped" } as const,
  });
}
