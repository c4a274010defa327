import { activityType, type JsonObject } from "../base/activitystreams.ts";
import type { Call } from "./access.ts";

/** Answers with an ActivityStreams document. */
export function answerDocument(c: Call, document: JsonObject, status: 200 | 410 = 200): Response {
  c.header("content-type", `${activityType}; charset=utf-8`);
  return c.body(JSON.stringify(document), status);
}
