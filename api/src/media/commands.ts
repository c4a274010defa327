import { recorded } from "../auth/by_command.ts";
import { type Commands, examples, invocation, type Outcome, type Terminal } from "../base/terminal.ts";
import { cacheUsage } from "../proxy/store.ts";
import { sweepCache } from "../proxy/sweep.ts";
import { checkMedia } from "./check.ts";
import { usage } from "./file_store.ts";
import { sweep } from "./sweep.ts";

/** `riff media ...` */
export const commands: Commands = (riff, run) => {
  const media = riff.command("media").description(
    "pictures, film and sound: how much there is, and whether all is there",
  )
    .addHelpText("after", examples("media usage", "media check"));
  media.command("usage").description(
    "how much is kept, what waits for the bucket, and what the cache holds",
  )
    .addHelpText("after", examples("media usage", "media usage --json"))
    .action(run(showUsage));
  media.command("prune").description(
    "take away now what nobody shows any more; it also goes by itself, every hour",
  )
    .addHelpText("after", examples("media prune"))
    .action(run(prune));
  media.command("check").description("hold what is known against what is there; exit 1 where the two differ")
    .option("--fix", "remove what nobody knows, and show no more what is lost")
    .addHelpText("after", examples("media check", "media check --fix"))
    .action(run(check));
};

async function showUsage({ ctx }: Terminal): Promise<Outcome> {
  const { files, bytes, waitingFiles, waitingBytes } = await usage(ctx.db);
  const cache = await cacheUsage(ctx.db);
  const cap = ctx.config.mediaCacheBytes;
  const { bucket } = ctx.files;
  const lines = [`${counted(files, "file")}, ${size(bytes)}, in ${bucket ? "the bucket" : "the folder"}`];
  if (bucket && waitingFiles > 0) {
    lines.push(`${counted(waitingFiles, "file")} of these, ${size(waitingBytes)}, still in the folder`);
  }
  lines.push(
    `${counted(cache.files, "file")} of other servers, ${size(cache.bytes)} of at most ${
      size(cap)
    }, in the cache`,
  );
  const waiting = { waiting_files: bucket ? waitingFiles : 0, waiting_bytes: bucket ? waitingBytes : 0 };
  const cached = { cached_files: cache.files, cached_bytes: cache.bytes, cache_cap_bytes: cap };
  return { lines, json: { files, bytes, place: bucket ? "bucket" : "folder", ...waiting, ...cached } };
}

async function prune({ ctx }: Terminal): Promise<Outcome> {
  const { uploads, files, bytes } = await sweep(ctx);
  const cached = await sweepCache(ctx);
  const lines = [
    `${counted(uploads, "upload")} that no post took, and ${counted(files, "file")}: ${size(bytes)}`,
    ...cached > 0 ? [`${size(cached)} in the cache that nobody knew of`] : [],
  ];
  return { lines, json: { uploads, files, bytes, cached_bytes: cached } };
}

async function check({ ctx }: Terminal, { fix = false }: { fix?: boolean }): Promise<Outcome> {
  const found = await checkMedia(ctx, { fix });
  const { files, objects, lost, stray } = found;
  const isWhole = lost.length + stray.length === 0;
  if (fix && !isWhole) {
    const details = { command: "media check --fix", lost: lost.length, stray: stray.length };
    await recorded(ctx, details, () => Promise.resolve());
  }
  const lines = [
    `${counted(files, "file")} known, ${counted(objects, "object")} there`,
    ...lost.map((key) => `lost: ${key}${fix ? ", shown no more" : ""}`),
    ...stray.map((name) => `nobody's: ${name}${fix ? ", removed" : ""}`),
    ...isWhole ? ["All is there"] : fix ? [] : [`\`${invocation} media check --fix\` puts that right`],
  ];
  return { lines, json: found, hasFound: !isWhole && !fix };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
