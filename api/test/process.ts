import assert from "node:assert/strict";
import process from "node:process";

/** What processes find in their environment, whatever ours holds besides. */
const surroundings = Object.fromEntries(
  ["PATH", "HOME", "DENO_DIR", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"].flatMap((name) => {
    const value = Deno.env.get(name);
    return value ? [[name, value]] : [];
  }),
);

/** Starts one of the four starts as an admin would: a process of its own, in a group of its own as in a terminal. */
export function start(
  file: "start" | "main" | "worker" | "riff",
  settings: Record<string, string>,
  args = "",
) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", new URL(`../src/${file}.ts`, import.meta.url).pathname],
      ...args.split(" ").filter((arg) => arg !== ""),
    ],
    cwd: "/", // no `.env` there
    clearEnv: true,
    env: { ...surroundings, ...settings },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  let said = "";
  let heard = Promise.withResolvers<void>();
  const hear = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said += text;
      heard.resolve();
      heard = Promise.withResolvers();
    }
  };
  const ended = Promise.all([child.status, hear(child.stdout), hear(child.stderr)])
    .then(([{ code }]) => code);
  const signal = (name: "SIGINT" | "SIGTERM" | "SIGKILL") => void process.kill(-child.pid, name);
  return {
    ended,
    signal,
    get said() {
      return said;
    },
    async says(words: string): Promise<void> {
      while (!said.includes(words)) {
        const over = await Promise.race([heard.promise, ended.then(() => true)]);
        if (over && !said.includes(words)) assert.fail(`it never said: ${words}\n${said}`);
      }
    },
    async [Symbol.asyncDispose]() {
      try {
        signal("SIGKILL");
      } catch {
        // It has ended already.
      }
      await ended;
    },
  };
}

/** A port that nobody listens on. */
export function freePort(): number {
  using listener = Deno.listen({ port: 0 });
  return listener.addr.port;
}
