import { runProcess } from "./wiring/process.ts";
import { welcome } from "./wiring/welcome.ts";
import { startWhole } from "./wiring/whole.ts";

/** The whole server in one process, with a database of its own unless `DATABASE_URL` names one: `deno task start`. */
await runProcess(() => Deno.env.toObject(), async (config) => {
  await using started = new AsyncDisposableStack();
  const { serving, database } = started.use(await startWhole(config));
  await welcome(serving, database);
  const running = started.move();
  return () => running.disposeAsync();
});
