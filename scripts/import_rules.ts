import { rings } from "./import_rings.ts";
import type { Complaint, Import, SourceFile } from "./source_file.ts";

/**
 * Who may import whom, and who may speak SQL or read the environment: the rules that keep the house free of
 * rings. ARCHITECTURE.md explains them; `imports.ts` holds the whole tree against them.
 */

/**
 * The nouns, highest first: each may look at those that stand after it, never at those before. A new noun gets
 * its place here and in ARCHITECTURE.md.
 */
export const nouns = [
  "pages",
  "settings",
  "admin",
  "doctor",
  "backup",
  "streaming",
  "discovery",
  "search",
  "push",
  "notifications",
  "announcements",
  "translation",
  "moderation",
  "feeds",
  "lists",
  "conversations",
  "reactions",
  "scheduled",
  "posts",
  "quotes",
  "polls",
  "proxy",
  "cards",
  "filters",
  "communities",
  "delivery",
  "collections",
  "tags",
  "profiles",
  "relationships",
  "apps",
  "auth",
  "accounts",
  "emoji",
  "media",
  "servers",
  "mail",
  "instance",
];

/** Everything that is wrong with these files, in their order. Tests may do what they like. */
export function complaintsAbout(files: readonly SourceFile[]): Complaint[] {
  const checked = files.filter((file) => !isTest(file.path));
  return [...checked.flatMap(complaintsAboutOne), ...rings(checked)];
}

function complaintsAboutOne(file: SourceFile): Complaint[] {
  const room = roomOf(file.path);
  if (room.kind === "outside") {
    const message =
      "stands in no room: give its folder a place in the order of nouns, in scripts/import_rules.ts";
    return [{ path: file.path, line: 1, message }];
  }
  return [
    ...file.imports.flatMap((used) => {
      const wrong = room.kind === "web" ? wrongInWeb(file.path, used) : wrongInApi(file.path, room, used);
      return wrong ? [{ path: file.path, line: used.line, message: wrong }] : [];
    }),
    ...misplaced(file),
  ];
}

type Room =
  | { kind: "start" | "wiring" | "base" | "web" | "test" | "package" | "outside" }
  | { kind: "door" | "inside"; noun: string };

function roomOf(path: string): Room {
  if (/^(npm|node|jsr|https?):/.test(path)) return { kind: "package" };
  if (isTest(path)) return { kind: "test" };
  if (path.startsWith("web/src/")) return { kind: "web" };
  if (/^api\/src\/(main|worker|start|riff)\.ts$/.test(path)) return { kind: "start" };
  const [, folder = ""] = path.match(/^api\/src\/(\w+)\/./) ?? [];
  if (folder === "wiring" || folder === "base") return { kind: folder };
  if (!nouns.includes(folder)) return { kind: "outside" };
  return { kind: isDoor(path) ? "door" : "inside", noun: folder };
}

function isTest(path: string): boolean {
  return /_test\.tsx?$/.test(path);
}

/** The doors by their names; a door too wide for one file is several, such as `own_posts_api.ts`. */
function isDoor(path: string): boolean {
  return /[/_](api|inbox|outbox|documents|jobs|commands)\.ts$/.test(path) || isPages(path);
}

function isPages(path: string): boolean {
  return /[/_]pages\.tsx?$/.test(path);
}

/** Where the pages' components are used: `pages.tsx`, and the room of what all pages have in common. */
function mayDraw(path: string): boolean {
  return isPages(path) || /^api\/src\/(pages|wiring)\//.test(path);
}

/** What is wrong when a file of the server, in this room, uses that. Types count: they tie files as well. */
function wrongInApi(path: string, from: Room, { to }: Import): string | undefined {
  const target = roomOf(to);
  switch (target.kind) {
    case "package":
      return undefined;
    case "test":
      return `uses a test (${to}): what both need belongs into a file of its own`;
    case "start":
      return `uses a start (${to}): starts begin everything, and nothing begins them`;
    case "outside":
      return `uses ${to}, which is no part of the server`;
    case "base":
      return undefined;
    case "web":
      if (mayDraw(path)) return undefined;
      return `uses the web client (${to}): only pages.tsx, pages/ and wiring/ do. What both need belongs into base/`;
    case "wiring":
      if (from.kind === "start" || from.kind === "wiring") return undefined;
      return `uses wiring (${to}), which stands above everything: have it handed in, in ctx or as an argument`;
  }
  switch (from.kind) {
    case "base":
      return `looks up: base/ is the ground floor and knows no nouns (${to}). Hand it in from above`;
    case "start":
      return `reaches past wiring/ to ${to}: starts use wiring/ and base/ alone`;
    case "inside":
      return wrongFromInside(from.noun, target, to);
  }
}

function wrongFromInside(noun: string, target: Room & { noun: string }, to: string): string | undefined {
  if (target.kind === "door") {
    return `looks at a door (${to}): doors look in, nobody looks at them. What both need belongs into a verb`;
  }
  if (nouns.indexOf(target.noun) < nouns.indexOf(noun)) {
    return `looks up: ${noun} stands below ${target.noun} (${to}). ` +
      `Emit an event that ${target.noun} hears in its jobs.ts, or move down what both need`;
  }
}

/** The client is one more user of the API: it takes the server's word for types, and shares its messages. */
function wrongInWeb(path: string, { to, typesOnly }: Import): string | undefined {
  if (roomOf(to).kind === "package") return undefined;
  if (to.startsWith("api/src/")) {
    if (typesOnly || to.startsWith("api/src/base/messages")) return undefined;
    return `runs code of the server (${to}): the client takes types from there (import type) and messages alone`;
  }
  if (!to.startsWith("web/src/") || isTest(to)) return `uses ${to}, which is no part of the client`;
  const [from, target] = [path, to].map((file) => file.split("/")[2]);
  if (from === "ui" && target !== "ui") return `uses ${to}: ui/ knows nothing of the fediverse. Hand it in`;
  if (from === "base" && target !== "base" && target !== "ui") {
    return `looks up: base/ is the ground floor and knows no nouns (${to}). Hand it in`;
  }
}

/** SQL outside of stores, and the environment outside of the starts. */
function misplaced({ path, text, imports }: SourceFile): Complaint[] {
  const found: Complaint[] = [];
  const complain = (line: number, message: string) => found.push({ path, line, message });
  if (!mayMakeSql(path)) {
    for (const { to, line, typesOnly } of imports) {
      if (typesOnly || !/^npm:(kysely|pg)$/.test(to)) continue;
      complain(line, `speaks SQL (${to.slice(4)}): queries stand in store.ts, or in a file of feeds/`);
    }
  }
  text.split("\n").forEach((words, index) => {
    if (/^\s*(\/\/|\/?\*)/.test(words)) return;
    if (/\.execute(TakeFirst(OrThrow)?)?\(/.test(words) && !mayRunSql(path)) {
      complain(index + 1, "runs a query: queries stand in store.ts, or in a file of feeds/");
    }
    if (/\b(Deno|process)\.env\b/.test(words) && roomOf(path).kind !== "start") {
      complain(index + 1, "reads the environment: only the four starts do. Add a setting to base/config.ts");
    }
  });
  return found;
}

function mayRunSql(path: string): boolean {
  return /^api\/src\/(wiring|base)\//.test(path) || /[/_]store\.ts$/.test(path) ||
    (path.startsWith("api/src/feeds/") && !isDoor(path));
}

/** `visibility.ts` says who may see a post, in words and as a piece of SQL for stores; it runs none. */
function mayMakeSql(path: string): boolean {
  return mayRunSql(path) || path.endsWith("/visibility.ts");
}
