import { tmpdir } from "node:os";
import { inBytes } from "../base/sizes.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";
import type { Room } from "./resources.ts";

/** Memory of the machine that this runs on, and its disks. */
export async function lookAtMachine({ config, resources }: Patient): Promise<Finding[]> {
  const memory = resources.memory();
  await Deno.mkdir(config.dataDir, { recursive: true });
  const disk = await resources.disk(config.dataDir);
  const temporary = await resources.disk(tmpdir());
  const found = [
    ...lookAtMemory(memory),
    ...lookAtDisk(config.dataDir, disk, "Make room, lower MEDIA_CACHE_BYTES, or take a larger disk"),
    // Uploads wait there until they are kept.
    ...(isSame(disk, temporary)
      ? []
      : lookAtDisk(tmpdir(), temporary, "Make room, or let TMPDIR name another")),
  ];
  return found.length > 0
    ? found
    : [good(`${inBytes(memory.free)} of memory and ${inBytes(disk.free)} of disk are free`)];
}

function lookAtMemory({ free, all }: Room): Finding[] {
  if (free >= all / 20) return [];
  return [doubtful(
    "memory",
    `${inBytes(free)} of ${inBytes(all)} of memory are free`,
    "See what else runs here, or take a larger machine",
  )];
}

function lookAtDisk(folder: string, { free, all }: Room, mend: string): Finding[] {
  if (free < Math.max(all / 50, 200_000_000)) {
    return [bad("disk-full", `${inBytes(free)} are free on the disk of ${folder}`, mend)];
  }
  if (free >= all / 10) return [];
  return [doubtful("disk", `${inBytes(free)} of ${inBytes(all)} are free on the disk of ${folder}`, mend)];
}

function isSame(one: Room, other: Room): boolean {
  return one.all === other.all && one.free === other.free;
}
