import { getLogger } from "@logtape/logtape";
import type { Pool } from "pg";
import type { Config } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { connectAlone, connectDb } from "../base/db.ts";
import { openFiles } from "../base/files.ts";
import { type GuardedHttp, guardedHttp } from "../base/http.ts";
import { newRsaPair, type RsaPair } from "../base/rsa.ts";
import { type Programs, realPrograms } from "../base/programs.ts";
import { sealer } from "../base/secrets.ts";
import { version } from "../base/version.ts";
import { hears } from "./work.ts";

/** What a process hands over; a test hands over its own clock, way out and supply of keys. */
export interface World {
  pool: Pool;
  secretKey: string;
  http?: GuardedHttp;
  programs?: Programs;
  now?: () => Temporal.Instant;
  newRsaPair?: () => Promise<RsaPair>;
}

/** Builds the `ctx` that everything else is given. */
export function boot(config: Config, world: World): Ctx {
  const log = getLogger("riff");
  return {
    config,
    db: connectDb(world.pool),
    connect: (name) => connectAlone(world.pool, name),
    http: world.http ?? guardedHttp({
      allowLoopback: config.allowLoopback,
      userAgent: `riff/${version} (+${config.baseUrl})`,
    }),
    files: openFiles(config),
    programs: world.programs ?? realPrograms(),
    secrets: sealer(world.secretKey),
    hears,
    leases: new Map(),
    underWay: new Map(),
    crowded: new Set(),
    log,
    now: world.now ?? (() => Temporal.Now.instant()),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    newRsaPair: world.newRsaPair ?? newRsaPair,
  };
}
