/** Programs of this machine that riff uses where they are there. */
export interface Programs {
  /** Whether it can be run. */
  has(name: string): Promise<boolean>;
  /** Runs it until it ends, or breaks one of its limits. Throws `ProgramFailed`. */
  run(name: string, args: readonly string[], limits: RunLimits): Promise<Uint8Array<ArrayBuffer>>;
}

/** What a program may take. It runs behind everything else, so that nobody waits because of it. */
export interface RunLimits {
  /** From its start to its end. */
  seconds: number;
  /** Address space, and the size of each file that it writes. */
  bytes: number;
  fileBytes: number;
}

/** It ended badly, or had to be ended. `message` is the end of what it said. */
export class ProgramFailed extends Error {
  override name = "ProgramFailed";
}

/** Limits are set by the shell, which then becomes the program: there is nothing to install for it. */
const limited = 'ulimit -v "$1"; ulimit -f "$2"; ulimit -t "$3"; ulimit -c 0; shift 3; exec nice -n 15 "$@"';

/** The programs of this machine. What is there when it is first looked for is taken to be there from then on. */
export function realPrograms(): Programs {
  const known = new Map<string, Promise<boolean>>();
  return {
    has(name) {
      let there = known.get(name);
      if (!there) known.set(name, there = isThere(name));
      return there;
    },
    run,
  };
}

async function isThere(name: string): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(name, { args: ["-version"], stdin: "null", ...silent })
      .output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return false;
    }
    throw error;
  }
}

async function run(
  name: string,
  args: readonly string[],
  { seconds, bytes, fileBytes }: RunLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const numbers = [bytes / 1024, fileBytes / 512, seconds].map((number) => String(Math.ceil(number)));
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", limited, "sh", ...numbers, name, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1_000);
  const { success, stdout, stderr, signal } = await child.output().finally(() => clearTimeout(timer));
  if (success) return stdout;
  const said = new TextDecoder().decode(stderr).trim().slice(-500);
  throw new ProgramFailed(said || `${name} was ended by ${signal ?? "itself"}`);
}

const silent = { stdout: "null", stderr: "null" } as const;
