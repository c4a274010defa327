import type { Config, Environment } from "../../api/src/base/config.ts";
import type { Ctx } from "../../api/src/base/ctx.ts";
import { startWhole } from "../../api/src/wiring/whole.ts";
import { moveIn, type Resident, residents } from "./residents.ts";

/** The demo's servers while they run. Disposing stops them. */
export interface Demo extends AsyncDisposable {
  /** Who lives on either, by name. */
  who(name: string): Resident;
  /** The servers from inside. */
  servers: Ctx[];
}

/** What servers under these addresses need to be told, to speak to each other on this machine. */
export function settingsOf(hosts: readonly string[]): Environment[] {
  return hosts.map((host) => ({
    BASE_URL: `http://${host}`,
    PORT: new URL(`http://${host}`).port || "80",
    ALLOW_LOOPBACK: hosts.join(","),
    LOG_LEVEL: "warning",
  }));
}

/** Starts whole servers, on loopback addresses alone, and has everybody move in. */
export async function startServers(configs: readonly Config[]): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const people = new Map<string, Resident>();
  const servers: Ctx[] = [];
  for (const [index, config] of configs.entries()) {
    const { serving: { ctx } } = started.use(await startWhole(config, "127.0.0.1"));
    servers.push(ctx);
    for (const person of residents[index]!) people.set(person.name, await moveIn(ctx, person));
  }
  const running = started.move();
  return {
    who: (name) => people.get(name)!,
    servers,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
