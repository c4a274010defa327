import { statfs } from "node:fs/promises";
import { inBytes } from "../base/sizes.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** Memory and disk of the machine that this runs on. */
export async function lookAtMachine({ config }: Patient): Promise<Finding[]> {
  const { available, total } = Deno.systemMemoryInfo();
  const found: Finding[] = [];
  if (available < total / 20) {
    found.push(
      doubtful(
        `${inBytes(available)} of ${inBytes(total)} of memory are free`,
        "See what else runs here, or take a larger machine",
      ),
    );
  }
  await Deno.mkdir(config.dataDir, { recursive: true });
  const { bavail, blocks, bsize } = await statfs(config.dataDir);
  const [free, all] = [bavail * bsize, blocks * bsize];
  if (free < Math.max(all / 50, 200_000_000)) {
    found.push(
      bad(
        `${inBytes(free)} are free on the disk of ${config.dataDir}`,
        "Make room, lower MEDIA_CACHE_BYTES, or take a larger disk",
      ),
    );
  } else if (free < all / 10) {
    found.push(
      doubtful(
        `${inBytes(free)} of ${inBytes(all)} are free on the disk of ${config.dataDir}`,
        "Make room before it is full",
      ),
    );
  }
  return found.length > 0
    ? found
    : [good(`${inBytes(available)} of memory and ${inBytes(free)} of disk are free`)];
}
