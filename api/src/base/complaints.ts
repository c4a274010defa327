import { type Details, Invalid } from "./errors.ts";
import { messages } from "./messages.ts";

/** Mastodon's names for what can be wrong with a field. */
export type Fault =
  | "ERR_ACCEPTED"
  | "ERR_BLANK"
  | "ERR_BLOCKED"
  | "ERR_INVALID"
  | "ERR_RESERVED"
  | "ERR_TAKEN"
  | "ERR_TOO_LONG"
  | "ERR_TOO_SHORT";

/** What is wrong with each field; a field that is not named is fine. */
export type Faults = Partial<Record<string, Fault>>;

/** The refusal that names these faults: codes for programs, and sentences of the catalogue for people. */
export function complain(faults: Faults, locale = "en"): Invalid {
  const said = messages(locale).complaints as Record<string, Partial<Record<Fault, string>>>;
  const details: Details = {};
  for (const [field, error] of Object.entries(faults)) {
    if (error) details[field] = [{ error, description: said[field]?.[error] ?? error }];
  }
  const sentences = Object.values(details).flat().map(({ description }) => description);
  return new Invalid(`Validation failed: ${sentences.join(" ")}`, details);
}

/** What a refusal says about each field, for the form that is shown once more; `form` where it names none. */
export function complaintsOf({ message, details }: Invalid): Record<string, string> {
  if (!details) return { form: message };
  return Object.fromEntries(
    Object.entries(details).map(([field, said]) => [field, said.map((one) => one.description).join(" ")]),
  );
}
