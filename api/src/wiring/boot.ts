import { getLogger } from "@logtape/logtape";
import type { Pool } from "pg";
import type { Config } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { connectDb } from "../base/db.ts";
import { type GuardedHttp, guardedHttp } from "../base/http.ts";
import { newRsaPair, type RsaPair } from "../base/rsa.ts";
import { sealer } from "../base/secrets.ts";
import { version } from "../base/version.ts";
import { hears } from "./work.ts";

/** What a process hands over; a test hands over its own clock, way out and supply of keys. */
export interface World {
  pool: Pool;
  secretKey: string;
  http?: GuardedHttp;
  now?: () => Temporal.Instant;
  newRsaPair?: () => Promise<RsaPair>;
}

/** Builds the `ctx` that everything else is given. */
export function boot(config: Config, world: World): Ctx {
  const log = getLogger("riff");
  return {
    config,
    db: connectDb(world.pool),
    http: world.http ?? guardedHttp({
      allowLoopback: config.allowLoopback,
      userAgent: `riff/${version} (+${config.baseUrl})`,
    }),
    secrets: sealer(world.secretKey),
    hears,
    leases: new Map(),
    underWay: new Map(),
    log,
    now: world.now ?? (() => Temporal.Now.instant()),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    newRsaPair: world.newRsaPair ?? newRsaPair,
  };
}
