import { connectDb, openPool } from "../base/db.ts";
import type { Target } from "./load.ts";
import { setDrilled } from "./store.ts";

/** Writes down that a backup was restored for practice, where this database knows of it: a laptop's does not. */
export async function markDrilled({ url, ca }: Target, name: string): Promise<void> {
  const pool = openPool({ url, ca, connections: 1, name: "riff drill", onError: () => {} });
  try {
    await setDrilled(connectDb(pool), name, Temporal.Now.instant());
  } catch (error) {
    if ((error as { code?: string }).code !== "42P01") throw error;
  } finally {
    await pool.end();
  }
}
