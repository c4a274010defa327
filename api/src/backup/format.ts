/**
 * What a backup is: a tar archive, gzipped, and as a rule encrypted by age (https://age-encryption.org), so that it can
 * be opened without riff: `age -d FILE | tar xz`. In it, in this order:
 *
 *   riff-backup.json      what this is: `Front`
 *   tables/NAME/000001    rows as PostgreSQL's COPY writes them, in parts of a few megabytes
 *   jobs/000001           what the job queue still had to do, the same way
 *   media/NAME/000001     our own pictures, films and sounds, where they were asked for
 *   end.json              what must have come before: `Back`. Without it a backup is not whole
 */

/** The first thing in a backup. */
export interface Front {
  format: typeof format;
  /** The riff that made it. */
  version: string;
  baseUrl: string;
  handleDomain: string;
  /** When, by the database's clock: it holds what was true then. */
  madeAt: string;
  /** The schema is these migrations, by name. */
  migrations: string[];
  tables: Table[];
  /** What opens the sealed columns. Only in encrypted backups. */
  secretKey?: string;
}

/** A table with the columns that were copied, in their order. */
export interface Table {
  name: string;
  columns: string[];
}

/** The last thing in a backup. */
export interface Back {
  tables: Record<string, Copied>;
  jobs: Copied;
  /** The last number that each sequence gave. */
  sequences: Record<string, string>;
  /** Unset: they are not in it, and stay where they are: the table `media_files` says which there should be. */
  media?: MediaCopied;
}

/** How much there was, and what it hashes to (SHA-256, hex). */
export interface Copied {
  rows: number;
  bytes: number;
  sha256: string;
}

/** How many files there were, how many bytes in them, and what those hash to; `left`: how many were not there. */
export interface MediaCopied {
  files: number;
  bytes: number;
  sha256: string;
  left: number;
}

/** Goes up when an older riff could not read it any more. */
export const format = 1;

export const frontName = "riff-backup.json";
export const backName = "end.json";
/** The folder of a table's parts. */
export const tableFolder = (table: string) => `tables/${table}`;
export const jobsFolder = "jobs";
/** The folder of the parts of what media are kept under that name. */
export const mediaFolder = (name: string) => `media/${name}`;
/** The name that such a folder is of; undefined for other folders, and for names that we would not give. */
export const mediaNameIn = (folder: string) => folder.match(/^media\/([0-9a-f]+\/\w+\.\w+)$/)?.[1];

/** What a backup's file is called: sorted by name they are sorted by time. */
export function fileNameOf(host: string, at: Temporal.Instant, isSealed: boolean): string {
  const time = at.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
  return `riff-${host.replace(":", "-")}-${time}.tar.gz${isSealed ? ".age" : ""}`;
}

/** When the backup of that name was made; undefined for what is no backup of this host. */
export function timeIn(name: string, host: string): Temporal.Instant | undefined {
  const start = `riff-${host.replace(":", "-")}-`;
  const [, y, mo, d, h, mi, s] = name.startsWith(start) &&
      name.slice(start.length).match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz(?:\.age)?$/) || [];
  return y ? Temporal.Instant.from(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : undefined;
}
