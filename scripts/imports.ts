import { fileURLToPath } from "node:url";
import { complaintsAbout } from "./import_rules.ts";
import type { Import, SourceFile } from "./source_file.ts";

/** `deno run -A scripts/imports.ts`: holds the tree against the import rules. Exits 1 if one is broken. */

const root = new URL("..", import.meta.url);

/** What `deno info --json` tells of a module, as far as it matters here. Positions count from 0. */
interface Module {
  specifier: string;
  error?: string;
  dependencies?: { specifier: string; code?: Resolved; type?: Resolved }[];
}
interface Resolved {
  specifier?: string;
  error?: string;
  span: { start: { line: number } };
}

/** Every file of server and client with what it imports, as Deno itself understands it. */
export async function readTree(): Promise<SourceFile[]> {
  const paths = [...filesIn("api/src"), ...filesIn("web/src")].sort();
  const modules = new Map((await modulesOf(paths)).map((module) => [module.specifier, module]));
  return Promise.all(paths.map(async (path) => {
    const url = new URL(path, root);
    const module = modules.get(url.href);
    if (!module || module.error) {
      throw new Error(`Can't read ${path}: ${module?.error ?? "Deno passed it by"}`);
    }
    return { path, text: await Deno.readTextFile(url), imports: module.dependencies?.map(importOf) ?? [] };
  }));
}

function* filesIn(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(new URL(folder, root))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* filesIn(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** One call for all: a file that imports every file, for `deno info` follows imports from a single one. */
async function modulesOf(paths: readonly string[]): Promise<Module[]> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const lines = paths.map((path) => `import ${JSON.stringify(new URL(path, root).href)};`);
    await Deno.writeTextFile(entry, lines.join("\n"));
    const config = fileURLToPath(new URL("deno.json", root));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--no-npm", "--no-remote", "--no-lock", "--config", config, entry],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return JSON.parse(new TextDecoder().decode(stdout)).modules;
  } finally {
    await Deno.remove(entry);
  }
}

function importOf({ specifier, code, type }: NonNullable<Module["dependencies"]>[number]): Import {
  const resolved = (code ?? type)!;
  return {
    to: named(resolved.specifier ?? specifier),
    line: resolved.span.start.line + 1,
    typesOnly: code === undefined,
  };
}

/** A path as from the root, or a package without its version. */
function named(specifier: string): string {
  if (specifier.startsWith(root.href)) return specifier.slice(root.href.length);
  return specifier.replace(/^(npm:(?:@[^/]+\/)?[^@/]+).*/, "$1");
}

if (import.meta.main) {
  const complaints = complaintsAbout(await readTree());
  for (const { path, line, message } of complaints) console.error(`${path}:${line}  ${message}`);
  if (complaints.length > 0) Deno.exit(1);
}
