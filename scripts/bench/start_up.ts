import type { Cores } from "./cores.ts";
import { freePort, startChild, untilItAnswers } from "./child.ts";

const root = new URL("../..", import.meta.url).pathname;
const direct = [Deno.execPath(), "run", "-A", "api/src/start.ts"];
const viaNpx = ["npx", "-y", "deno@2.9.6", "task", "start"];

/**
 * Milliseconds from the command to the first answer of `start.ts`, with a database that is there already: by
 * itself, and as newcomers type it. On all cores, because that is how people start it.
 */
export async function measureStartUp(
  folder: string,
  cores: Cores,
  runs: number,
): Promise<{ direct: number[]; throughNpx: number[] }> {
  const times = { direct: [] as number[], throughNpx: [] as number[] };
  await startOnce(cores.anywhere(direct), folder); // makes the database
  const hasNpx = await startOnce(cores.anywhere(viaNpx), folder).then(() => true, () => false);
  for (let run = 0; run < runs; run++) {
    times.direct.push(await startOnce(cores.anywhere(direct), folder));
    if (hasNpx) times.throughNpx.push(await startOnce(cores.anywhere(viaNpx), folder));
  }
  return times;
}

async function startOnce(command: string[], folder: string): Promise<number> {
  const port = freePort();
  await using child = startChild(command, {
    cwd: root,
    env: { PORT: String(port), DATA_DIR: folder, BASE_URL: "http://localhost:8000", LOG_LEVEL: "error" },
  });
  return await untilItAnswers(child, `http://127.0.0.1:${port}/health/ready`);
}
