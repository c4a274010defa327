import type { Config } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import type { GuardedHttp } from "../base/http.ts";
import type { Names } from "./names.ts";
import type { Resources } from "./resources.ts";

/** Whom the doctor looks at. */
export interface Patient {
  config: Config;
  /** The server itself; unset where its database can't be reached, so that the rest can be looked at all the same. */
  ctx?: Ctx;
  /** Why not. */
  noCtx?: string;
  /** As others come to us: by the address that everybody knows. */
  http: GuardedHttp;
  names: Names;
  resources: Resources;
  now(): Temporal.Instant;
  /** Milliseconds that a mail server or a bucket may be silent. */
  patience: number;
}
