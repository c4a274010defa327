import { databaseOf, processFor, runProcess, say } from "./wiring/process.ts";
import { startWorking } from "./wiring/working.ts";

/** The worker process: `deno task worker`, with the same settings as the API's. */
await runProcess(() => Deno.env.toObject(), async (config) => {
  const working = await startWorking(config, await processFor(config, databaseOf(config)));
  say(`riff works for ${config.baseUrl}`);
  return () => working.stop();
});
