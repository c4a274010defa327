import { type Call, type Route, server } from "../auth/access.ts";
import { receive } from "./receive.ts";

/** The inboxes: everybody's, each one's own, and the server's. All take the same. */
export const api: Route[] = [
  server("POST", "/inbox", take),
  server("POST", "/ap/actors/:id/inbox", take),
  server("POST", "/ap/actor/inbox", take),
];

async function take(c: Call): Promise<Response> {
  await receive(c);
  return c.body(null, 202);
}
