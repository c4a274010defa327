import { readConfig } from "../api/src/base/config.ts";
import { runProcess, say } from "../api/src/wiring/process.ts";
import { startWhole } from "../api/src/wiring/whole.ts";
import { moveIn, type Resident, residents } from "./demo/residents.ts";
import { tell } from "./demo/story.ts";

/**
 * `deno task demo`: two servers on this machine that talk to each other as servers on the Internet do, with people
 * and posts. They listen on loopback addresses alone, because everybody knows the passwords. What was done on them
 * stays in `data/`; the next run goes on from there.
 */

/** Two addresses, not two ports of one: browsers share cookies among ports. */
const hosts = ["localhost:8000", "127.0.0.1:8001"];
const folders = hosts.map((_, index) => `data/demo-${index + 1}`);
const environments = hosts.map((host, index) => ({
  BASE_URL: `http://${host}`,
  PORT: new URL(`http://${host}`).port,
  DATA_DIR: folders[index],
  ALLOW_LOOPBACK: hosts.join(","),
  LOG_LEVEL: "warning",
}));

/** There when the story has been told to its end. */
const told = `${folders[0]}/story-told`;

await runProcess(() => environments[0]!, async (first) => {
  await using started = new AsyncDisposableStack();
  const servers = [];
  for (const config of [first, readConfig(environments[1]!)]) {
    servers.push(started.use(await startWhole(config, "127.0.0.1")));
  }
  const people = new Map<string, Resident>();
  for (const [index, { serving }] of servers.entries()) {
    for (const person of residents[index]!) people.set(person.name, await moveIn(serving.ctx, person));
  }
  if (!await Deno.stat(told).catch(() => undefined)) {
    say("The people are settling in: a few seconds");
    await tell((name) => people.get(name)!);
    await Deno.writeTextFile(told, "");
  }
  present();
  const running = started.move();
  return () => running.disposeAsync();
});

function present(): void {
  const lines = hosts.map((host, index) => {
    const rows = residents[index]!.map(({ name, role, password }) =>
      `    ${name.padEnd(8)}${password.padEnd(26)}${role === "admin" ? "admin" : ""}`.trimEnd()
    );
    return [`http://${host}`, ...rows].join("\n");
  });
  console.log(
    `\nTwo servers that talk to each other, and who lives there (name, password):\n\n${
      lines.join("\n\n")
    }\n\n` +
      `Post on one, and see it on the other. ${folders.join(" and ")} keep what you do. Ctrl-C stops both.\n`,
  );
}
