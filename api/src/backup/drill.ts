import { keysOf } from "../accounts/keys.ts";
import { connectDb, connectTo, openPool } from "../base/db.ts";
import { Invalid } from "../base/errors.ts";
import { newRsaPair } from "../base/rsa.ts";
import { sealer } from "../base/secrets.ts";
import { loadBackup, type Target } from "./load.ts";
import type { Read, Source } from "./read.ts";
import { countRows, dropScratch, makeScratch, someWithKeys, untestedRules } from "./restore_store.ts";

/** What a drill found. */
export interface Drilled extends Read {
  seconds: number;
  rows: number;
  /** How many of those who have keys were tried. */
  keysOpened: number;
  /** What is wrong with it; a good backup has nothing. */
  faults: string[];
}

/** How many private keys are opened: enough to see that it is the right secret key. */
const mostKeys = 100;

export interface DrillOptions {
  source: Source;
  /** Any database on a server where we may make another one. */
  target: Target;
  /** Opens what is sealed, where the backup has no key of its own. */
  secretKey?: string;
  say: (line: string) => void;
}

/**
 * Restores a backup for practice, into a database that is made for it and then dropped, and looks whether all is
 * there: every row, every rule between rows, and keys that open.
 */
export async function drill({ source, target, secretKey, say }: DrillOptions): Promise<Drilled> {
  const begun = performance.now();
  const whose = decodeURIComponent(new URL(target.url).pathname.slice(1)) || "riff";
  const scratch = `${whose.slice(0, 40)}_drill_${crypto.randomUUID().slice(0, 8)}`;
  const client = await connectTo({ ...target, name: "riff drill" });
  try {
    await makeScratch(client, scratch).catch((error) => {
      if (error.code !== "42501") throw error;
      throw new Invalid(
        "We may not make a database here. Let us (`alter role ... createdb`), or do the drill on another machine without DATABASE_URL: riff brings a database along",
      );
    });
    const there = { ...target, url: withDatabase(target.url, scratch) };
    const read = await loadBackup({ source, target: there, replaces: false, say });
    const looked = await look(there, read, read.front.secretKey ?? secretKey);
    return { ...read, ...looked, seconds: Math.round((performance.now() - begun) / 1000) };
  } finally {
    await dropScratch(client, scratch);
    await client.end();
  }
}

async function look(target: Target, { back }: Read, secretKey?: string) {
  const client = await connectTo({ ...target, name: "riff drill" });
  try {
    const faults = (await untestedRules(client)).map((name) => `${name} is not held against every row`);
    let rows = 0;
    for (const [name, copied] of Object.entries(back.tables)) {
      const count = await countRows(client, name);
      if (count !== copied.rows) faults.push(`${name} should have ${copied.rows} rows, and has ${count}`);
      rows += count;
    }
    const owners = secretKey ? await someWithKeys(client, mostKeys) : [];
    if (!secretKey) {
      faults.push("There is no secret key to try: set SECRET_KEY, or back up with a passphrase");
    }
    const closed = secretKey ? await closedKeys(target, owners, secretKey) : 0;
    if (closed > 0) {
      faults.push(`${closed} of ${owners.length} private keys don't open: this is another SECRET_KEY`);
    }
    return { rows, keysOpened: owners.length - closed, faults };
  } finally {
    await client.end();
  }
}

/** How many of these keys do not open. */
async function closedKeys({ url, ca }: Target, owners: string[], secretKey: string): Promise<number> {
  const pool = openPool({ url, ca, connections: 1, name: "riff drill", onError: () => {} });
  try {
    const ctx = { db: connectDb(pool), secrets: sealer(secretKey), newRsaPair };
    let closed = 0;
    for (const id of owners) await keysOf(ctx, { id }).catch(() => closed++);
    return closed;
  } finally {
    await pool.end();
  }
}

function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
