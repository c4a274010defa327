import type { Pool } from "pg";
import { open, type Route } from "../auth/access.ts";

/** Whether this process would like more work. */
export interface Readiness {
  isDraining: boolean;
}

/**
 * `/health/live`: the process runs. `/health/ready`: it takes requests, and the database answers it; a load
 * balancer that sees 503 there sends nobody more. `/health` is the same as ready.
 */
export function health(pool: Pool, readiness: Readiness): Route[] {
  const ready = async () => {
    const isReady = !readiness.isDraining && await answers(pool);
    return Response.json({ status: isReady ? "ready" : readiness.isDraining ? "draining" : "no database" }, {
      status: isReady ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  };
  return [
    open("GET", "/health/live", () => Response.json({ status: "live" })),
    open("GET", "/health/ready", ready),
    open("GET", "/health", ready),
  ];
}

async function answers(pool: Pool): Promise<boolean> {
  try {
    await pool.query("select 1");
    return true;
  } catch {
    return false;
  }
}
