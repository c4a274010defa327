import type { Logger } from "@logtape/logtape";
import type { Client } from "pg";
import type { Config } from "./config.ts";
import type { Db } from "./db.ts";
import type { Hears } from "./events.ts";
import type { Files } from "./files.ts";
import type { GuardedHttp } from "./http.ts";
import type { Leases } from "./limits.ts";
import type { RsaPair } from "./rsa.ts";
import type { Programs } from "./programs.ts";
import type { Sealer } from "./secrets.ts";
import type { UnderWay } from "./together.ts";

/** What a function may ask of the world around it. Built once, in `wiring/boot.ts`. */
export interface Ctx {
  config: Config;
  /** The pool, or the transaction that we are in: whoever takes it cannot tell. */
  db: Db;
  /** A connection outside of the pool, for what streams a whole database; `name` is what the database shows. */
  connect(name: string): Promise<Client>;
  /** The only way to other servers. */
  http: GuardedHttp;
  /** Where media lie. */
  files: Files;
  /** Programs of this machine, such as ffmpeg. */
  programs: Programs;
  /** Seals what must not lie open in the database. */
  secrets: Sealer;
  /** Who listens to which event: filled in wiring, read by `emit`. */
  hears: Hears;
  /** What this process may still let through of each rate limit: `spend` counts it down. */
  leases: Leases;
  /** What several ask for at the same moment is done once: see `together`. */
  underWay: UnderWay;
  /** Hosts of which too much waits to be worked off, as this process saw last: see `delivery/backlog.ts`. */
  crowded: Set<string>;
  log: Logger;
  /** Set while a member is answered: what they look at may be fetched for them (see `media/addresses.ts`). */
  isForMember?: boolean;
  /** Names the request that is answered, in its answer and in the log. */
  requestId?: string;
  now(): Temporal.Instant;
  random(bytes: number): Uint8Array<ArrayBuffer>;
  /** Two prime numbers that nobody else has. */
  newRsaPair(): Promise<RsaPair>;
}
