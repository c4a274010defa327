import { readConfig } from "../api/src/base/config.ts";
import { runProcess, say } from "../api/src/wiring/process.ts";
import { residents } from "./demo/residents.ts";
import { settingsOf, startServers } from "./demo/servers.ts";
import { tell } from "./demo/story.ts";

/**
 * `deno task demo`: two servers on this machine that talk to each other as servers on the Internet do, with people
 * and posts. They listen on loopback addresses alone, because everybody knows the passwords. What was done on them
 * stays in `data/`; the next run goes on from there.
 */

/** Two addresses, not two ports of one: browsers share cookies among ports. */
const hosts = ["localhost:8000", "127.0.0.1:8001"];
const folders = hosts.map((_, index) => `data/demo-${index + 1}`);
const environments = settingsOf(hosts).map((settings, index) => ({ ...settings, DATA_DIR: folders[index] }));

/** There when the story has been told to its end. */
const told = `${folders[0]}/story-told`;

await runProcess(() => environments[0]!, async (first) => {
  await using started = new AsyncDisposableStack();
  const demo = started.use(await startServers([first, readConfig(environments[1]!)]));
  if (!await Deno.stat(told).catch(() => undefined)) {
    say("The people are settling in: a few seconds");
    await tell(demo.who);
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
