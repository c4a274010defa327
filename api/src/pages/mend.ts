import type { Call } from "../auth/access.ts";
import { Invalid, NotFound } from "../base/errors.ts";
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
    if (!(error instanceof Invalid || error instanceof NotFound)) throw error;
    return await again(complaintFor(c, error));
  }
}

function complaintFor(c: Call, error: Invalid | NotFound): string {
  const words = wordsFor(c);
  if (error instanceof NotFound) return words.errors.referred;
  const complaints: Record<string, Record<string, string>> = words.complaints;
  const said = Object.entries(error.details ?? {}).flatMap(([field, faults]) =>
    faults.map((fault) => complaints[field]?.[fault.error] ?? fault.description)
  );
  return said.length > 0 ? said.join(" ") : error.message.replace(/^Validation failed: /, "");
}
