import { Hono } from "hono";
import { openPool } from "../../api/src/base/db.ts";

/**
 * The least that a server on this ground can do: one `select 1` for each request. Machines differ and have
 * their moods; how riff stands to this on the same machine in the same minute says more than any number alone.
 */
const [url, port] = Deno.args as [string, string];
const pool = openPool({ url, connections: 8, name: "baseline", onError: console.error });
const app = new Hono();
app.get("/", async (c) => c.json((await pool.query("select 1 as one")).rows));
Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, app.fetch);
