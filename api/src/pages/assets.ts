import { assets, stylesheets } from "@riff/web/base/styles.ts";
import { hashToken } from "../base/secrets.ts";

/** A file that browsers load beside the pages. */
export interface Asset {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const parts = await Promise.all(stylesheets.map((file) => Deno.readTextFile(file)));
const text = parts.join("\n");

/** All styles in one, under an address that changes with them: browsers may keep it for good. */
export const stylesheet = { path: `/assets/riff.${hashToken(text).slice(0, 12)}.css`, text };

const types: Record<string, string> = { svg: "image/svg+xml", png: "image/png" };
const files = await readFiles();

/** The file of that name below `/assets/`. There are few, and small, so they are read once. */
export function assetNamed(name: string): Asset | undefined {
  return files.get(name);
}

async function readFiles(): Promise<Map<string, Asset>> {
  const found = new Map<string, Asset>();
  for await (const { name, isFile } of Deno.readDir(assets)) {
    const type = types[name.split(".").at(-1) ?? ""];
    if (isFile && type) found.set(name, { type, bytes: await Deno.readFile(new URL(name, assets)) });
  }
  return found;
}
