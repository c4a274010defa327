import { type Account, handleOf } from "../accounts/account.ts";
import { accountsById } from "../accounts/store.ts";
import { recorded } from "../auth/by_command.ts";
import type { Ctx } from "../base/ctx.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Commands, examples, type Outcome, table, type Terminal } from "../base/terminal.ts";
import { urisOfPosts } from "../posts/uri_store.ts";
import type { Report } from "./report.ts";
import { resolveReport } from "./reporting.ts";
import { latestReports, reportById } from "./store.ts";

/** `riff reports ...` */
export const commands: Commands = (riff, run) => {
  const reports = riff.command("reports").description("what people here and elsewhere think does harm")
    .addHelpText("after", examples("reports list", "reports show 117668329591603208"));
  reports.command("list").description("show what waits for a moderator, the latest first")
    .option("--all", "the resolved ones, too")
    .addHelpText("after", examples("reports list", "reports list --all --json"))
    .action(run(list));
  reports.command("show").description("show all about one report")
    .argument("<id>", "which, as `reports list` shows")
    .addHelpText("after", examples("reports show 117668329591603208"))
    .action(run(show));
  reports.command("resolve").description("say that a report has been dealt with")
    .argument("<id>", "which")
    .addHelpText("after", examples("reports resolve 117668329591603208"))
    .action(run(resolve));
};

/** More than anybody reads at once. */
const mostListed = 200;

async function list({ ctx }: Terminal, { all = false }: { all?: boolean }): Promise<Outcome> {
  const reports = await latestReports(ctx.db, all, mostListed);
  const names = await namesIn(ctx, reports);
  const rows = reports.map((report) => [
    report.id,
    minute(report.createdAt),
    names(report.accountId),
    names(report.reporterId),
    report.category,
    report.resolvedAt ? "resolved" : "open",
  ]);
  const head = ["REPORT", "MADE", "ABOUT", "BY", "CATEGORY", "STATE"];
  return {
    lines: rows.length > 0 ? table([head, ...rows]) : ["Nothing waits for a moderator"],
    json: reports.map((report) => toJson(report, names)),
  };
}

async function show({ ctx }: Terminal, id: string): Promise<Outcome> {
  const report = isId(id) ? await reportById(ctx.db, id) : undefined;
  if (!report) throw new NotFound(`There is no report ${id}: \`reports list --all\` shows them`);
  const names = await namesIn(ctx, [report]);
  const posts = await urisOfPosts(ctx.db, report.postIds);
  return {
    lines: [
      ...table([
        ["Report", report.id],
        ["About", names(report.accountId)],
        ["By", names(report.reporterId)],
        ["Made", minute(report.createdAt)],
        ["Category", [report.category, ...report.ruleIds.map((number) => `rule ${number}`)].join(", ")],
        ["Forwarded", report.isForwarded ? "yes, to their own server" : "no"],
        ["Resolved", report.resolvedAt ? minute(report.resolvedAt) : "no"],
        ["Comment", plain(report.comment)],
      ]),
      ...posts.map((uri) => `Post  ${uri}`),
      ...(report.resolvedAt ? [] : [`\`reports resolve ${report.id}\` when it has been dealt with`]),
    ],
    json: { ...toJson(report, names), posts },
  };
}

async function resolve({ ctx }: Terminal, id: string): Promise<Outcome> {
  if (!isId(id)) throw new NotFound(`There is no report ${id}: \`reports list --all\` shows them`);
  await recorded(ctx, { command: "reports resolve", report: id }, async (ctx) => {
    await resolveReport(ctx, id);
  });
  return { lines: [`Report ${id} is resolved`], json: { id, resolved: true } };
}

/** How those in these reports are called. */
async function namesIn(ctx: Ctx, reports: readonly Report[]): Promise<(id: string | null) => string> {
  const ids = reports.flatMap(({ accountId, reporterId }) => [accountId, reporterId ?? []].flat());
  const accounts = await accountsById(ctx.db, ids);
  const nameOf = (account: Account | undefined) => account ? `@${handleOf(account)}` : "somebody who is gone";
  return (id) => nameOf(accounts.get(id ?? ""));
}

/** What strangers write must not move an admin's cursor. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
}

function toJson(report: Report, names: (id: string | null) => string) {
  return {
    id: report.id,
    about: names(report.accountId),
    by: names(report.reporterId),
    made_at: report.createdAt.toString(),
    category: report.category,
    rules: report.ruleIds,
    comment: report.comment,
    post_ids: report.postIds,
    forwarded: report.isForwarded,
    resolved_at: report.resolvedAt?.toString() ?? null,
  };
}

function minute(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "minute", timeZone: "UTC" }).replace("T", " ").replace(
    "+00:00",
    "",
  );
}
