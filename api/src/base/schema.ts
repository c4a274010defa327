import { z } from "zod";
import { Invalid, NotFound } from "./errors.ts";
import { isId } from "./ids.ts";
import { Upload } from "./upload.ts";

/** Pieces for the schemas of endpoints: they read what clients send as Rails would (`input.ts` gathers it). */

const falsehoods = new Set(["", "0", "f", "false", "off"]);

/** True, "true", "1", 1, "on" and whatever else is not false, "false", "f", "off", "0", 0 or empty. */
export const bool = z.union([z.boolean(), z.number(), z.string()])
  .transform((value) => !falsehoods.has(String(value).toLowerCase()));

/** A whole number, also written as text. For bounds: `integer.pipe(z.number().min(1))`. */
export const integer = z.preprocess(
  (value) => typeof value === "string" && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : value,
  z.int(),
);

/** A text of at most `max` characters (code points). Numbers and booleans count as what they look like. */
export function text(max: number) {
  return z.preprocess(
    (value) => typeof value === "number" || typeof value === "boolean" ? String(value) : value,
    z.string().refine(
      (value) => value.length <= max || [...value].length <= max,
      `is too long (maximum is ${max} characters)`,
    ),
  );
}

/** A language tag of BCP 47, such as `de` or `pt-BR`. */
export const languageTag = z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i);

/** An id as text, given as text or number. With anything else in its place `parse` throws `NotFound`. */
export const id = z.preprocess(asId, z.custom<string>(isAnId, { params: { unknown: true } }));

/** Ids, given as a list or a single one; none if there are none. What is no id can't be found: it is dropped. */
export const ids = z.preprocess(
  (value) =>
    [...new Set(asList(value ?? []).map(asId))].filter((one) => typeof one === "string" && isId(one)),
  z.array(z.string()),
);

/** A list of what `schema` reads: given as a list, a single value, or a Rails index map. */
export function listOf<Item extends z.ZodType>(schema: Item) {
  return z.preprocess(
    (value) => value === undefined || value === null ? value : asList(value),
    z.array(schema),
  );
}

/**
 * What `schema` makes of `input`. A null or empty text that a field does not take counts as not given.
 * Throws `Invalid` in Mastodon's words, or `NotFound` where an `id` is no id.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const first = schema.safeParse(input, { error: sentence });
  if (first.success) return first.data;
  const paths = first.error.issues.map((issue) => issue.path);
  const read = schema.safeParse(withoutBlanks(input, paths), { error: sentence });
  if (read.success) return read.data;
  const { issues } = read.error;
  if (issues.some((issue) => issue.code === "custom" && issue.params?.unknown)) throw new NotFound();
  const complaints = issues.map(({ path, message }) => `${fieldName(path)} ${message}`.trim());
  throw new Invalid(`Validation failed: ${[...new Set(complaints)].join(", ")}`);
}

function asId(value: unknown): unknown {
  return Number.isSafeInteger(value) ? String(value) : value;
}

function isAnId(value: unknown): value is string {
  return typeof value === "string" && isId(value);
}

function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === "") return [];
  const isIndexMap = isRecord(value) && Object.keys(value).every((key) => /^\d+$/.test(key));
  return isIndexMap ? Object.values(value) : [value];
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof File) &&
    !(value instanceof Upload);
}

/** `value` without the nulls and empty texts at the ends of `paths`. */
function withoutBlanks(value: unknown, paths: PropertyKey[][]): unknown {
  if (paths.length === 0) return value;
  if (value === null || value === "") return undefined;
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).map(([key, inner]) => {
    const further = paths.filter((path) => String(path[0]) === key).map((path) => path.slice(1));
    return [key, withoutBlanks(inner, further)] as const;
  }).filter(([, inner]) => inner !== undefined);
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}

/** What Rails would say about one field. */
function sentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "can't be blank";
      return issue.expected === "int" || issue.expected === "number" ? "is not a number" : "is invalid";
    case "invalid_value":
      return issue.input === undefined ? "can't be blank" : "is not included in the list";
    case "invalid_union":
      return issue.input === undefined ? "can't be blank" : "is invalid";
    case "too_big":
      return limit(
        issue.origin,
        `maximum is ${issue.maximum}`,
        "long",
        `less than or equal to ${issue.maximum}`,
      );
    case "too_small":
      return limit(
        issue.origin,
        `minimum is ${issue.minimum}`,
        "short",
        `greater than or equal to ${issue.minimum}`,
      );
    default:
      return "is invalid";
  }
}

function limit(origin: string, bound: string, extent: string, comparison: string): string {
  if (origin === "string") return `is too ${extent} (${bound} characters)`;
  return origin === "array" ? `is too ${extent} (${bound})` : `must be ${comparison}`;
}

/** `fields_attributes`, 0, `name` as "Fields attributes name". */
function fieldName(path: PropertyKey[]): string {
  const words = path.filter((part) => typeof part === "string").join(" ").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
