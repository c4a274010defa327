import { Buffer } from "node:buffer";
import { BadRequest, TooLarge } from "./errors.ts";
import { readForm, type Taking, Upload } from "./upload.ts";

/**
 * The parameters of a request, wherever they stand: clients send JSON, urlencoded and multipart bodies to the
 * same endpoints, with nesting as in Rails (`poll[options][]`), because that is what Mastodon reads.
 */

/** What a parameter can be. Texts are well-formed and without null characters: PostgreSQL can store them. */
export type InputValue = string | number | boolean | null | File | Upload | InputValue[] | Input;

/** Parameters by name, without prototype. A Rails index map (`fields[0][name]`) has "0", "1", ... as names. */
export interface Input {
  [name: string]: InputValue;
}

/** What a request without parameters has. */
export const emptyInput: Input = Object.freeze(Object.create(null));

/** How deep parameters may nest, and how many there may be: far more than any endpoint knows. */
const maxDepth = 10;
const maxValues = 4096;
const unsafeNames = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads query and body; where both have a name the query counts, as in Rails. Throws `BadRequest` for what
 * can't be read and `TooLarge` beyond `maxBytes` (1 MB unless told), whatever Content-Length claims. The files of a
 * form are `File`s in memory; where `files` says so, they are `Upload`s on disk, and don't count.
 */
export async function readInput(
  request: Request,
  options: { maxBytes?: number; files?: Taking } = {},
): Promise<Input> {
  const query = nested(formPairs(new URL(request.url).search.slice(1)));
  const contentType = request.headers.get("content-type") ?? "";
  if (options.files && isForm(contentType)) {
    return Object.assign(nested(await readForm(request, options.files)), query);
  }
  const bytes = await readBody(request, options.maxBytes ?? 1_000_000);
  if (bytes.length === 0) return query;
  const body = await readParameters(bytes, contentType);
  return Object.assign(body, query);
}

/** The bytes of a body. Throws `TooLarge` beyond `maxBytes`, and `BadRequest` where it breaks off. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw new TooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new BadRequest("The request ended too early", { cause: error });
  }
  return Buffer.concat(chunks);
}

async function readParameters(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Input> {
  if (isForm(contentType)) return nested(await partPairs(bytes, contentType));
  const text = new TextDecoder().decode(bytes);
  // Some apps forget the Content-Type, so the text itself must tell.
  const isJson = /^[^;]*[/+]json\b/i.test(contentType) || /^\s*\{/.test(text);
  return isJson ? readJson(text) : nested(formPairs(text));
}

function isForm(contentType: string): boolean {
  return /^multipart\/form-data\b/i.test(contentType);
}

type Pair = [key: string, value: string | File | Upload];

function formPairs(text: string): Pair[] {
  if (text.split("&", maxValues + 1).length > maxValues) throw tooMany();
  return [...new URLSearchParams(text)];
}

async function partPairs(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Pair[]> {
  // Deno's parser takes a body that was cut off for one with fewer parts.
  const end = new TextDecoder().decode(bytes.subarray(-8)).trimEnd();
  if (!end.endsWith("--")) throw new BadRequest("The multipart body is incomplete");
  const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData()
    .catch((cause) => {
      throw new BadRequest("The multipart body is malformed", { cause });
    });
  // A form's file field that was left empty comes as a nameless empty file.
  const given = [...form].filter(([, value]) => typeof value === "string" || value.name || value.size > 0);
  if (given.length > maxValues) throw tooMany();
  return given;
}

function readJson(text: string): Input {
  if (text.trim() === "") return newInput();
  if (nestsTooDeep(text)) throw new BadRequest("The parameters nest too deep");
  let count = 0;
  const value = parseJson(text, (name, value, source) => {
    if (++count > maxValues) throw tooMany();
    if (!isSafe(name)) return undefined;
    if (typeof value === "string") return storable(value);
    // Ids have more digits than a number can hold.
    if (typeof value === "number") {
      return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value;
    }
    return isInput(value) ? Object.setPrototypeOf(value, null) : value;
  });
  if (!isInput(value)) throw new BadRequest("The JSON is not an object");
  return value;
}

function parseJson(
  text: string,
  revive: (name: string, value: InputValue, source: string) => unknown,
): InputValue {
  try {
    return JSON.parse(
      text,
      (name, value, context?: { source?: string }) => revive(name, value, context?.source ?? ""),
    );
  } catch (cause) {
    if (cause instanceof BadRequest) throw cause;
    throw new BadRequest("The JSON is malformed", { cause });
  }
}

/** Asked before parsing, which takes half a second for a megabyte of brackets. */
function nestsTooDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < json.length; index++) {
    const char = json[index];
    if (char === "\\") index++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** The pairs as nested parameters, as Rails reads their names. A plain name that repeats makes a list. */
function nested(pairs: Pair[]): Input {
  const input = newInput();
  for (const [key, value] of pairs) {
    const path = pathOf(key);
    if (path.length > maxDepth) throw new BadRequest("The parameters nest too deep");
    if (path.every(isSafe)) put(input, path, typeof value === "string" ? storable(value) : value);
  }
  return input;
}

/** `poll[options][]` as poll, options, and an empty name for "the next one". */
function pathOf(key: string): [string, ...string[]] {
  const [, name, brackets] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(key) ?? [];
  return name && brackets ? [name, ...brackets.slice(1, -1).split("][")] : [key];
}

function put(holder: Input, [name, next, ...rest]: [string, ...string[]], value: InputValue): void {
  const present = holder[name];
  if (next === undefined) {
    if (isInput(present)) throw mixed();
    holder[name] = present === undefined ? value : [present, value].flat();
  } else if (next === "") {
    if (isInput(present)) throw mixed();
    const list = Array.isArray(present) ? present : present === undefined ? [] : [present];
    holder[name] = list;
    const [inner, ...deeper] = rest;
    if (inner === undefined) list.push(value);
    else put(itemFor(list, [inner, ...deeper]), [inner, ...deeper], value);
  } else {
    const child = present ?? newInput();
    if (!isInput(child)) throw mixed();
    holder[name] = child;
    put(child, [next, ...rest], value);
  }
}

/** In `items[][name]` a new item begins where the last one has that name already. */
function itemFor(list: InputValue[], path: string[]): Input {
  const last = list.at(-1);
  if (isInput(last) && !has(last, path)) return last;
  const item = newInput();
  list.push(item);
  return item;
}

function has(item: Input, [name, ...rest]: string[]): boolean {
  const value = item[name!];
  if (value === undefined || rest[0] === "") return false;
  return rest.length === 0 || !isInput(value) || has(value, rest);
}

function newInput(): Input {
  return Object.create(null);
}

function isInput(value: InputValue | undefined): value is Input {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof File) && !(value instanceof Upload);
}

function isSafe(name: string): boolean {
  return !unsafeNames.has(name) && !name.includes("\0") && name.isWellFormed();
}

function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function tooMany(): BadRequest {
  return new BadRequest("There are too many parameters");
}

function mixed(): BadRequest {
  return new BadRequest("A parameter is given in two shapes");
}
