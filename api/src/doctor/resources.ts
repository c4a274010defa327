import { statfs } from "node:fs/promises";

/** What there is of something, and what of it is free; in bytes. */
export interface Room {
  free: number;
  all: number;
}

/** What the machine has. */
export interface Resources {
  memory(): Room;
  /** The disk on which this folder lies. */
  disk(folder: string): Promise<Room>;
}

/** Those of the machine that this runs on. */
export const resourcesHere: Resources = {
  memory: () => {
    const { available, total } = Deno.systemMemoryInfo();
    return { free: available, all: total };
  },
  disk: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, all: blocks * bsize };
  },
};
