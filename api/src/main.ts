import { databaseOf, processFor, runProcess, say } from "./wiring/process.ts";
import { startServing } from "./wiring/serving.ts";

/** Milliseconds in which balancers notice that we are about to stop, before we do: three of the Caddyfile's intervals. */
const notice = 3_500;

/** The API process: `deno task api`, with `DATABASE_URL` and whatever else `.env.example` names. */
await runProcess(() => Deno.env.toObject(), async (config) => {
  const serving = await startServing(config, await processFor(config, databaseOf(config)));
  say(`riff answers on port ${serving.port} as ${config.baseUrl}`);
  return () => serving.stop(notice);
});
