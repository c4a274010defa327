import { makeAdminLink } from "../auth/admin_link.ts";
import type { Database } from "./database.ts";
import type { Serving } from "./serving.ts";

/** Tells whoever started it where the server is, where its data lies, and while nobody runs it, how to begin. */
export async function welcome({ ctx, port }: Serving, database: Database): Promise<void> {
  const { baseUrl, dataDir } = ctx.config;
  const isThere = new URL(baseUrl).port === String(port);
  const lines = [
    `riff answers at     ${baseUrl}${isThere ? "" : ` (it listens on port ${port})`}`,
    ...await whereDataLies(dataDir, database),
  ];
  const link = await makeAdminLink(ctx);
  if (link) {
    lines.push(
      "It has no admin yet. Whoever follows this link becomes one; it works once, until the next start:",
    );
    lines.push(`                    ${link}`);
  }
  console.log(`\n${lines.join("\n")}\n`);
}

async function whereDataLies(dataDir: string, { url, dir }: Database): Promise<string[]> {
  if (!dir) {
    const { host, pathname } = new URL(url);
    return [`Its data lies in    the database ${pathname.slice(1)} at ${host}`];
  }
  const folder = await Deno.realPath(dataDir);
  return [
    `Its data lies in    ${folder}`,
    ...(dir.startsWith(`${folder}/`) ? [] : [`its database in     ${dir}`]),
  ];
}
