/**
 * Mastodon's entities field by field, as `docs/mastodon-entities.tsv` keeps them: what an answer is held against. A
 * field may be null or absent only where the table says so, and none may be there that it doesn't know.
 */

/** One field, and what stands in it: of an object or a list of objects, its fields in turn. */
interface Field {
  type: string;
  isNullable: boolean;
  mayBeAbsent: boolean;
  within: Fields;
}
type Fields = Map<string, Field>;

/** These have all fields of another one, and some of their own. */
const alsoHas: Record<string, string> = {
  "CredentialAccount": "Account",
  "MutedAccount": "Account",
  "CredentialApplication": "Application",
  "Trends::Link": "PreviewCard",
};

const isText = (value: unknown): value is string => typeof value === "string";
const like = (pattern: RegExp) => (value: unknown) => isText(value) && pattern.test(value);

const plain: Record<string, (value: unknown) => boolean> = {
  id: (value) => like(/^[1-9]\d{0,18}$/)(value) && BigInt(value as string) < 2n ** 63n,
  text: isText,
  html: isText,
  url: like(/^(https?|wss?):\/\/[^\s/]+/),
  time: like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  date: like(/^\d{4}-\d\d-\d\d$/),
  seconds: like(/^\d{9,10}$/),
  language: like(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  boolean: (value) => typeof value === "boolean",
  integer: Number.isSafeInteger,
  number: (value) => typeof value === "number",
  null: (value) => value === null,
};

const entities = readEntities(
  await Deno.readTextFile(new URL("../../docs/mastodon-entities.tsv", import.meta.url)),
);

/**
 * What is wrong with a `value` that should be of this `type`: an entity's name, a plain type, a list of one in square
 * brackets, `{}` for an answer without content, or several with bars between. Nothing where all is well.
 */
export function complaintsAbout(type: string, value: unknown, at = type): string[] {
  if (type === "{}") return isEmptyObject(value) ? [] : [`${at} is not empty`];
  if (type.includes(" | ")) return complaintsAboutAll(type.split(" | "), value, at);
  if (type.startsWith("[")) {
    if (!Array.isArray(value)) return [`${at} is no list: ${short(value)}`];
    return value.flatMap((item, index) => complaintsAbout(type.slice(1, -1), item, `${at}[${index}]`));
  }
  if (type.startsWith("enum(")) {
    return type.slice(5, -1).split(" ").includes(value as string) ? [] : [`${at} is ${short(value)}`];
  }
  if (type === "object") return isObject(value) ? [] : [`${at} is no object: ${short(value)}`];
  const fits = plain[type];
  if (fits) return fits(value) ? [] : [`${at} is no ${type}: ${short(value)}`];
  const fields = entities.get(type);
  if (!fields) throw new Error(`The table knows no ${type}`);
  return complaintsAboutFields(fields, value, at);
}

/** The complaints of the one that comes nearest. */
function complaintsAboutAll(types: string[], value: unknown, at: string): string[] {
  const all = types.map((type) => complaintsAbout(type, value, at));
  return all.reduce((least, one) => one.length < least.length ? one : least);
}

function complaintsAboutFields(fields: Fields, value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at} is no object: ${short(value)}`];
  const any = fields.get("<field>");
  const known = any ? new Map(Object.keys(value).map((name) => [name, any])) : fields;
  return [
    ...Object.keys(value).filter((name) => !known.has(name)).map((name) => `${at}.${name} is unknown`),
    ...[...known].flatMap(([name, field]) => complaintsAboutField(field, value[name], `${at}.${name}`)),
  ];
}

function complaintsAboutField(field: Field, value: unknown, at: string): string[] {
  if (value === undefined) return field.mayBeAbsent ? [] : [`${at} is missing`];
  if (value === null && field.isNullable) return [];
  const complaints = complaintsAbout(field.type, value, at);
  if (complaints.length > 0 || field.within.size === 0) return complaints;
  return [value].flat().flatMap((item) => complaintsAboutFields(field.within, item, at));
}

function readEntities(table: string): Map<string, Fields> {
  const read = new Map<string, Fields>();
  for (const line of table.trimEnd().split("\n").slice(1)) {
    const [entity = "", path = "", type = "", isNullable, mayBeAbsent] = line.split("\t");
    const fields = read.getOrInsertComputed(entity, () => new Map());
    const names = path.replaceAll("]", "").split("[");
    const field = fieldAt(fields, names);
    Object.assign(field, { type, isNullable: isNullable === "y", mayBeAbsent: mayBeAbsent === "y" });
  }
  for (const [entity, other] of Object.entries(alsoHas)) {
    read.set(entity, new Map([...read.get(other)!, ...read.get(entity)!]));
  }
  return read;
}

/** The field that a path such as `history[][day]` leads to, made on the way where it is new. */
function fieldAt(fields: Fields, [name, ...further]: string[]): Field {
  const isList = further[0] === "";
  const inner = isList ? further.slice(1) : further;
  const type = isList ? "[object]" : "object";
  const field = fields.get(name!) ?? { type, isNullable: false, mayBeAbsent: false, within: new Map() };
  fields.set(name!, field);
  return inner.length > 0 ? fieldAt(field.within, inner) : field;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function short(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? "nothing";
}
