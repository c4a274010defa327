import { anyone, member, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";

const report = "/api/v1/annual_reports/:year";

/** What Mastodon has and we have none of: its answers where there is none. */
export const api: Route[] = [
  // Once a year some servers tell members how their year was.
  member("GET", "/api/v1/annual_reports", "read:accounts", (c) => {
    return c.json({ annual_reports: [], accounts: [], statuses: [] });
  }),
  member("GET", `${report}/state`, "read:accounts", (c) => c.json({ state: "ineligible" })),
  member("GET", report, "read:accounts", none),
  member("POST", `${report}/read`, "write:accounts", none),
  member("POST", `${report}/generate`, "write:accounts", none),

  // Nothing is fetched later of which an app could ask how far it is.
  member("GET", "/api/v1_alpha/async_refreshes/:id", "read", none),

  // Mails to people who have no account: nobody here offers them.
  anyone("POST", "/api/v1/accounts/:id/email_subscriptions", [], none),

  // There is no server yet that this one as a whole has nothing to do with.
  anyone("GET", "/api/v1/instance/domain_blocks", [], (c) => c.json([])),

  // Deprecated by Mastodon, which answers this ever since.
  member("GET", "/api/v1/accounts/:id/identity_proofs", [], (c) => c.json([])),
];

function none(): Promise<Response> {
  return Promise.reject(new NotFound());
}
