import type { JsonObject } from "../base/activitystreams.ts";
import type { Report } from "./report.ts";

/** Reports as ActivityStreams. */

/** A report, in the name of the whole server: who made it stays here. */
export function toFlag(actorUri: string, report: Report, accountUri: string, postUris: string[]): JsonObject {
  return {
    type: "Flag",
    actor: actorUri,
    to: [accountUri],
    content: report.comment,
    object: [accountUri, ...postUris],
  };
}
