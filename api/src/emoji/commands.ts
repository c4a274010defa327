import { recorded } from "../auth/by_command.ts";
import { Invalid, NotFound, Refusal } from "../base/errors.ts";
import { type Commands, examples, type Outcome, table, type Terminal } from "../base/terminal.ts";
import { addEmoji } from "./add.ts";
import { eachInPack } from "./pack.ts";
import { deleteOwnEmoji, ownEmojis } from "./store.ts";

/** `riff emoji ...` */
export const commands: Commands = (riff, run) => {
  const emoji = riff.command("emoji").description("the custom emojis of this server")
    .addHelpText("after", examples("emoji list", "emoji add kea kea.png"));
  emoji.command("add").description("let members write an emoji, or give it another picture")
    .argument("<name>", "what stands between the colons: letters, digits and _")
    .argument("<file>", "a PNG, GIF, WebP, JPEG or AVIF; it may move")
    .option("--category <name>", "among which it is offered")
    .addHelpText("after", examples("emoji add kea kea.png", "emoji add kea kea.gif --category Birds"))
    .action(run(add));
  emoji.command("remove").description("take an emoji away; posts then show its name")
    .argument("<name>", "which")
    .addHelpText("after", examples("emoji remove kea"))
    .action(run(remove));
  emoji.command("list").description("show those of this server")
    .addHelpText("after", examples("emoji list", "emoji list --json"))
    .action(run(list));
  emoji.command("import").description("add all pictures of a folder or a .tar.gz, each under its file's name")
    .argument("<path>", "the folder, or the archive")
    .option("--category <name>", "among which they are offered")
    .option("--overwrite", "also give those another picture that are there already")
    .addHelpText("after", examples("emoji import blobs/", "emoji import blobs.tar.gz --category Blobs"))
    .action(run(importPack));
};

interface Options {
  category?: string;
  overwrite?: boolean;
}

async function add(
  { ctx }: Terminal,
  shortcode: string,
  path: string,
  { category }: Options,
): Promise<Outcome> {
  if (!(await Deno.stat(path).catch(() => undefined))?.isFile) throw new NotFound(`There is no file ${path}`);
  await recorded(
    ctx,
    { command: "emoji add", emoji: shortcode },
    (ctx) => addEmoji(ctx, { shortcode, path, category }),
  );
  return { lines: [`Members can write :${shortcode}: now`], json: { shortcode, category: category ?? null } };
}

async function remove({ ctx }: Terminal, shortcode: string): Promise<Outcome> {
  await recorded(ctx, { command: "emoji remove", emoji: shortcode }, async (ctx) => {
    if (!await deleteOwnEmoji(ctx.db, shortcode)) {
      throw new NotFound(`There is no :${shortcode}: here: \`emoji list\` shows them`);
    }
  });
  return { lines: [`:${shortcode}: is gone`], json: { shortcode } };
}

async function list({ ctx }: Terminal): Promise<Outcome> {
  const emojis = await ownEmojis(ctx.db);
  const rows = emojis.map(({ shortcode, category, updatedAt }) => [
    shortcode,
    category ?? "",
    updatedAt.slice(0, 10),
  ]);
  return {
    lines: rows.length > 0 ? table([["NAME", "CATEGORY", "SINCE"], ...rows]) : ["This server has none"],
    json: emojis.map(({ shortcode, category, updatedAt }) => ({
      shortcode,
      category,
      updated_at: updatedAt,
    })),
  };
}

/** What can't be used is named and passed over: one damaged picture of a thousand is no reason to stop. */
async function importPack(
  { ctx }: Terminal,
  path: string,
  { category, overwrite = false }: Options,
): Promise<Outcome> {
  const known = new Set((await ownEmojis(ctx.db)).map(({ shortcode }) => shortcode));
  const added: string[] = [];
  const kept: string[] = [];
  const refused: { shortcode: string; why: string }[] = [];
  await eachInPack(ctx, path, async ({ shortcode, path }) => {
    if (known.has(shortcode) && !overwrite) return void kept.push(shortcode);
    try {
      const details = { command: "emoji import", emoji: shortcode };
      await recorded(ctx, details, (ctx) => addEmoji(ctx, { shortcode, path, category }));
      added.push(shortcode);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ shortcode, why: error.message.replace(/^Validation failed: /, "") });
    }
  });
  if (added.length + kept.length + refused.length === 0) throw new Invalid(`There is no picture in ${path}`);
  return {
    lines: [
      `${added.length} added`,
      ...kept.length > 0 ? [`${kept.length} there already: --overwrite gives them their new picture`] : [],
      ...refused.map(({ shortcode, why }) => `not ${shortcode}: ${why}`),
    ],
    json: { added, kept, refused },
    hasFound: refused.length > 0,
  };
}
