import { bytesOf, type JsonObject } from "../base/activitystreams.ts";
import { objectsIn } from "../base/loosely.ts";

/** What a note may take of the 50,000 bytes of an activity, which says once more whom it is for. */
const mostBytes = 44_000;

/** Descriptions of pictures may be cut to so many characters, one length after the other. */
const lengths = [500, 100, 0];

/**
 * The note as others can take it. Where it is too large, its text is not said twice, once of them by its language,
 * and then descriptions are cut: `compose` has seen to it that the rest is small enough.
 */
export function fitted(note: JsonObject): JsonObject {
  if (bytesOf(note) <= mostBytes) return note;
  let smaller: JsonObject = { ...note, contentMap: undefined };
  for (const length of lengths) {
    if (bytesOf(smaller) <= mostBytes) break;
    smaller = { ...smaller, attachment: objectsIn(note.attachment).map((one) => described(one, length)) };
  }
  return smaller;
}

function described(attachment: JsonObject, length: number): JsonObject {
  const { name } = attachment;
  if (typeof name !== "string" || name.length <= length) return attachment;
  return { ...attachment, name: length > 0 ? `${name.slice(0, length).toWellFormed()}…` : null };
}
