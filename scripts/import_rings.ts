import type { Complaint, SourceFile } from "./source_file.ts";

/** Files that, at run time, need each other. Each ring is told at the first of its files. */
export function rings(files: readonly SourceFile[]): Complaint[] {
  const needs = new Map(files.map((file) => [file.path, file.imports.filter((used) => !used.typesOnly)]));
  const done = new Set<string>();
  const found: Complaint[] = [];
  const walk = (path: string, way: string[]) => {
    if (way.includes(path)) {
      const ring = turned(way.slice(way.indexOf(path)));
      const names = [...ring, ring[0]!];
      const { line } = needs.get(names[0]!)!.find(({ to }) => to === names[1])!;
      const message = `is part of a ring: ${names.join(" -> ")}. Move down what both need`;
      found.push({ path: names[0]!, line, message });
    } else if (!done.has(path)) {
      for (const { to } of needs.get(path) ?? []) walk(to, [...way, path]);
      done.add(path);
    }
  };
  for (const { path } of files) walk(path, []);
  return found;
}

/** The same ring, beginning with the first of its names. */
function turned(ring: string[]): string[] {
  const first = ring.indexOf(ring.toSorted()[0]!);
  return [...ring.slice(first), ...ring.slice(0, first)];
}
