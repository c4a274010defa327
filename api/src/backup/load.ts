import { Buffer } from "node:buffer";
import type { Client } from "pg";
import { connectTo } from "../base/db.ts";
import { Conflict, Invalid } from "../base/errors.ts";
import type { Folder } from "../base/files/shelf.ts";
import { knownMigrations, migrate } from "../base/migrate.ts";
import { writerTo } from "./archive.ts";
import { type Front, jobsFolder, mediaNameIn, tableFolder } from "./format.ts";
import { MediaFilling } from "./media.ts";
import { type Read, readBackup, type Source, tooNew } from "./read.ts";
import {
  analyze,
  clear,
  clockBehind,
  copyIn,
  emptyTable,
  enqueueWaitingJobs,
  isInhabited,
  makeWaitingJobs,
  mediaLieInFolder,
  setSequences,
  tie,
  untie,
  usersOf,
  waitingJobs,
} from "./restore_store.ts";
import { plainSpelling } from "./store.ts";

/** A database to fill. */
export interface Target {
  url: string;
  ca?: string;
}

export interface LoadOptions {
  source: Source;
  target: Target;
  /** Whether what lives in that database may go. */
  replaces: boolean;
  /** Where media go that are in the backup; unset: nowhere. */
  folder?: Folder;
  say: (line: string) => void;
}

/** Throws where this riff can't understand what was backed up. */
export async function refuseNewer({ migrations, version }: Front): Promise<void> {
  const known = new Set(await knownMigrations());
  if (migrations.some((name) => !known.has(name))) throw tooNew(version);
}

/** Throws where this database must not be filled: somebody lives in it, or works on it, or its clock is wrong. */
export async function refuseTarget(client: Client, front: Front, replaces: boolean): Promise<void> {
  const users = await usersOf(client);
  if (users.length > 0) {
    throw new Conflict(
      `Riff still runs on this database (${users.join(", ")}): stop the API and the worker first`,
    );
  }
  if (!replaces && await isInhabited(client)) {
    throw new Invalid(
      "People live in this database: --replace deletes all that is in it, and puts the backup there",
    );
  }
  const seconds = await clockBehind(client, front.madeAt);
  if (seconds > 60) {
    throw new Invalid(
      `The database's clock is ${
        Math.round(seconds)
      } seconds before the backup: mend it first, because new ids are made of the time`,
    );
  }
}

/**
 * Fills a database from a backup, which has been read to its end before: the schema by the very migrations that it
 * had, then all rows in one transaction, then what is new since. Where that breaks off, the database is as good as
 * empty, and it can be done again.
 */
export async function loadBackup({ source, target, replaces, folder, say }: LoadOptions): Promise<Read> {
  say("Reading the backup to its end, to see that it is whole");
  const { front } = await readBackup(source);
  await refuseNewer(front);
  const client = await connectTo({ ...target, name: "riff restore" });
  try {
    await refuseTarget(client, front, replaces);
    say("Making the schema");
    await clear(client);
    await migrate(target.url, { ca: target.ca, only: front.migrations });
    const read = await fill(client, source, { folder, say });
    await migrate(target.url, { ca: target.ca, say });
    await analyze(client);
    return read;
  } finally {
    await client.end();
  }
}

async function fill(
  client: Client,
  source: Source,
  { folder, say }: Pick<LoadOptions, "folder" | "say">,
): Promise<Read> {
  await client.query(plainSpelling);
  await client.query("begin");
  const ties = await untie(client);
  await makeWaitingJobs(client);
  const filling = new Filling(client, say);
  const media = folder && new MediaFilling(folder);
  const read = await readBackup(source, {
    front: async ({ tables }) => {
      for (const { name } of tables) await emptyTable(client, name);
      filling.tables = tables;
    },
    part: async (folder, content) => {
      const name = mediaNameIn(folder);
      if (!name) await filling.take(folder, content);
      else await media?.take(name, content);
    },
  });
  await filling.end();
  await media?.end();
  if (folder && read.back.media) await mediaLieInFolder(client);
  filling.compare(read);
  say("Holding all rows against each other");
  await tie(client, ties);
  await enqueueWaitingJobs(client);
  await setSequences(client, read.back.sequences);
  await client.query("commit");
  return read;
}

/** Pours the parts of a backup into their tables, one table after the other. */
class Filling {
  tables: Front["tables"] = [];
  readonly #rows = new Map<string, number>();
  #folder = "";
  #stream?: ReturnType<typeof copyIn>;
  #writer?: WritableStreamDefaultWriter<Uint8Array>;

  constructor(private readonly client: Client, private readonly say: (line: string) => void) {}

  async take(folder: string, content: Uint8Array): Promise<void> {
    if (folder !== this.#folder) {
      await this.end();
      const table = this.#tableOf(folder);
      if (!table) throw new Invalid(`There is something in the backup that it does not tell of: ${folder}`);
      this.#folder = folder;
      this.#stream = copyIn(this.client, table);
      this.#writer = writerTo(this.#stream);
    }
    await this.#writer!.write(Buffer.from(content));
  }

  /** The table that was being filled is full. */
  async end(): Promise<void> {
    if (!this.#writer) return;
    await this.#writer.close();
    this.#rows.set(this.#folder, this.#stream!.rowCount);
    this.say(`${this.#folder}: ${this.#stream!.rowCount} rows`);
    this.#writer = this.#stream = undefined;
    this.#folder = "";
  }

  /** Throws unless every row has arrived. */
  compare({ back }: Read): void {
    for (const [name, { rows }] of Object.entries(back.tables)) {
      const found = this.#rows.get(tableFolder(name)) ?? 0;
      if (found !== rows) throw new Error(`${name} should have ${rows} rows, and has ${found}`);
    }
  }

  #tableOf(folder: string): Front["tables"][number] | undefined {
    if (folder === jobsFolder) return waitingJobs;
    return this.tables.find(({ name }) => tableFolder(name) === folder);
  }
}
