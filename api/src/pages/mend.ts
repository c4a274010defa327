import type { Call } from "../auth/access.ts";
import { Invalid, NotFound, TooLarge, Unavailable } from "../base/errors.ts";
import { wordsFor } from "./render.tsx";

/**
 * Does what a form asks for. A refusal that whoever filled it in can mend goes to `again`, in their language:
 * the form is to be shown once more, with what was typed, so that nothing written is lost.
 */
export async function orMend(
  c: Call,
  does: () => Promise<Response>,
  again: (complaint: string) => Promise<Response>,
): Promise<Response> {
  try {
    return await does();
  } catch (error) {
    if (!isMendable(error)) throw error;
    return await again(complaintFor(c, error));
  }
}

/** Also what is no fault of the form: it can be sent again in a moment. */
type Mendable = Invalid | NotFound | TooLarge | Unavailable;

function isMendable(error: unknown): error is Mendable {
  return [Invalid, NotFound, TooLarge, Unavailable].some((kind) => error instanceof kind);
}

function complaintFor(c: Call, error: Mendable): string {
  const words = wordsFor(c);
  if (error instanceof NotFound) return words.errors.referred;
  const complaints: Record<string, Record<string, string>> = words.complaints;
  const said = Object.entries("details" in error ? error.details ?? {} : {}).flatMap(([field, faults]) =>
    faults.map((fault) => complaints[field]?.[fault.error] ?? fault.description)
  );
  return said.length > 0 ? said.join(" ") : error.message.replace(/^Validation failed: /, "");
}
