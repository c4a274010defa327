import { recorded } from "../auth/by_command.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Commands, examples, Misuse, type Outcome, table, type Terminal } from "../base/terminal.ts";
import { allAnnouncements, deleteAnnouncement, insertAnnouncement } from "./store.ts";

/** `riff announcements ...` */
export const commands: Commands = (riff, run) => {
  const announcements = riff.command("announcements").description("what all members are told")
    .addHelpText("after", examples('announcements publish "Tonight we update: ten minutes of quiet"'));
  announcements.command("publish").description("tell all members something, in their apps")
    .argument("<text>", "what; with links, mentions and hashtags as in a post")
    .option("--from <time>", "when what it is about begins, such as 2026-12-01 or 2026-12-01T18:00Z")
    .option("--until <time>", "and when it ends: then it is not shown any more")
    .addHelpText(
      "after",
      examples('announcements publish "A walk in the park" --from 2027-05-01 --until 2027-05-02'),
    )
    .action(run(publish));
  announcements.command("list").description("show them, the latest first")
    .addHelpText("after", examples("announcements list", "announcements list --json"))
    .action(run(list));
  announcements.command("remove").description("take one away")
    .argument("<id>", "which, as `list` shows it")
    .addHelpText("after", examples("announcements remove 117668329591603208"))
    .action(run(remove));
};

interface When {
  from?: string;
  until?: string;
}

/** Longer ones nobody reads in an app. */
const longest = 5_000;

async function publish({ ctx }: Terminal, text: string, { from, until }: When): Promise<Outcome> {
  if (text.trim() === "" || text.length > longest) {
    throw new Misuse(`Say something, in at most ${longest} characters`);
  }
  const [startsAt, endsAt] = [from, until].map((time) => time === undefined ? null : instantOf(time));
  if (startsAt && endsAt && Temporal.Instant.compare(startsAt, endsAt) >= 0) {
    throw new Misuse("It would end before it begins");
  }
  const isAllDay = [from, until].some((time) => time) && ![from, until].some((time) => time?.includes("T"));
  const draft = { text: text.trim(), startsAt: startsAt!, endsAt: endsAt!, isAllDay, publishedAt: ctx.now() };
  let id = "";
  await recorded(ctx, { command: "announcements publish" }, async (ctx) => {
    id = await insertAnnouncement(ctx.db, draft);
  });
  return { lines: [`All members are told. \`announcements remove ${id}\` takes it back`], json: { id } };
}

/** A day is its beginning in UTC. */
function instantOf(time: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(time.includes("T") ? time : `${time}T00:00Z`);
  } catch {
    throw new Misuse(`${time} is no time: write it as 2026-12-01 or 2026-12-01T18:00Z`);
  }
}

async function list({ ctx }: Terminal): Promise<Outcome> {
  const all = await allAnnouncements(ctx.db);
  const shown = all.map(({ id, text, publishedAt, endsAt }) => ({
    ...{ id, text, published_at: publishedAt.toString(), ends_at: endsAt?.toString() ?? null },
  }));
  const rows = shown.map(({ id, text, published_at, ends_at }) => [id, published_at, ends_at ?? "", text]);
  const lines = all.length === 0
    ? ["There are none"]
    : table([["ID", "PUBLISHED", "UNTIL", "TEXT"], ...rows]);
  return { lines, json: shown };
}

async function remove({ ctx }: Terminal, id: string): Promise<Outcome> {
  await recorded(ctx, { command: "announcements remove", announcement: id }, async (ctx) => {
    if (!isId(id) || !await deleteAnnouncement(ctx.db, id)) {
      throw new NotFound(`There is no announcement ${id}: \`announcements list\` shows them`);
    }
  });
  return { lines: [`Announcement ${id} is gone`], json: { id } };
}
