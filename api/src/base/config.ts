import { z } from "zod";
import { isRange } from "./proxies.ts";
import { redacted } from "./redaction.ts";

/**
 * Every setting: its name in the environment, what it means, how it is checked. `.env.example` explains the
 * same to admins, and a test holds the two against each other.
 */

const flag = (fallback: "on" | "off") =>
  z.enum(["on", "off"], "say `on` or `off`").default(fallback).transform((value) => value === "on");
const list = z.string().default("").transform((text) =>
  text.split(",").map((item) => item.trim()).filter((item) => item !== "")
);
const count = (least: number, most: number) =>
  z.coerce.number("say a whole number").int("say a whole number").min(least, `say at least ${least}`)
    .max(most, `say at most ${most}`);

const origin = z.string().transform((text, check) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search || url.username) {
    check.addIssue({ code: "custom", message: "say the address people type, such as https://riff.example" });
    return z.NEVER;
  }
  return url.origin;
});

const units: Record<string, number> = { "": 1, k: 1e3, m: 1e6, g: 1e9 };
const bytes = z.string().transform((text, check) => {
  const [, number, unit = ""] = text.toLowerCase().match(/^(\d+)\s*([kmg]?)b?$/) ?? [];
  if (number && Number(number) > 0) return Number(number) * units[unit]!;
  check.addIssue({ code: "custom", message: "say a size, such as 500M or 2G" });
  return z.NEVER;
});

/** `Riff <mail@riff.example>` or the address alone. */
const sender = z.string().transform((text, check) => {
  const [, name = "", named, bare] =
    /^(?:"?([^"<>\r\n]*?)"? *<([^\s<>@,]+@[^\s<>@,]+)>|([^\s<>@,]+@[^\s<>@,]+))$/
      .exec(text) ?? [];
  const address = named ?? bare;
  if (address) return { name, address };
  check.addIssue({ code: "custom", message: "say an address, such as Riff <mail@riff.example>" });
  return z.NEVER;
});

const schema = z.object({
  BASE_URL: origin.optional(),
  HANDLE_DOMAIN: z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i, "say a domain, such as example.org").optional(),
  PORT: count(0, 65535).default(8000),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "say postgres://USER:PASSWORD@HOST/DATABASE")
    .optional(),
  DATABASE_CA_FILE: z.string().optional(),
  DB_POOL_SIZE: count(8, 1000).default(40),
  DB_POOL_WORKER: count(2, 500).optional(),
  DB_BUDGET_BYTES: bytes.optional(),
  MEDIA_CACHE_BYTES: bytes.default(1_000_000_000),
  MEDIA_URL: origin.optional(),
  S3_ENDPOINT: origin.optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PATH_STYLE: flag("on"),
  SECRET_KEY: z.string().min(32, "say at least 32 random characters; `openssl rand -base64 32` makes them")
    .optional(),
  SMTP_URL: z.string().refine(
    (text) => /^smtps?:$/.test(URL.parse(text)?.protocol ?? "") && URL.parse(text)?.hostname,
    "say smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587",
  ).optional(),
  SMTP_CA_FILE: z.string().optional(),
  MAIL_FROM: sender.optional(),
  MAIL_DKIM_SELECTOR: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i, "say what stands before ._domainkey")
    .optional(),
  TRANSLATE_BY: z.enum(["libretranslate", "deepl"], "say libretranslate or deepl").optional(),
  TRANSLATE_URL: z.url({
    protocol: /^https?$/,
    error: "say the service's address, such as https://translate.example",
  })
    .transform((url) => url.replace(/\/+$/, "")).optional(),
  TRANSLATE_KEY: z.string().optional(),
  MAIL_DAILY_LIMIT: count(1, 1_000_000).default(300),
  TRUSTED_PROXIES: list.refine(
    (ranges) => ranges.every(isRange),
    "say addresses or ranges, such as 10.0.0.0/8",
  ),
  BACKUP_TO: z.string().optional(),
  BACKUP_PASSPHRASE: z.string().min(16, "say at least 16 characters that nobody can guess").optional(),
  BACKUP_MEDIA: flag("off"),
  BACKUP_HOUR: count(0, 23).default(3),
  BACKUP_KEEP: z.string().regex(
    /^\d{1,3}d \d{1,3}w \d{1,3}m$/,
    "say days, weeks and months, such as `7d 4w 6m`",
  )
    .default("7d 4w 6m"),
  ALLOW_LOOPBACK: list,
  RATE_LIMITS: flag("on"),
  LOG_LEVEL: z.enum(["debug", "info", "warning", "error"], "say debug, info, warning or error").default(
    "info",
  ),
});

/** The names of all settings, as the environment has them. */
export const settings: readonly string[] = Object.keys(schema.shape);

/** All settings, in our words. Built by `readConfig`, once, by one of the four starts. */
export interface Config {
  /** Where people reach us, such as `https://riff.example`: no path, no slash at the end. */
  baseUrl: string;
  /** What stands after the @ of our members' handles. */
  handleDomain: string;
  port: number;
  dataDir: string;
  /** Undefined: `start` brings a database along. */
  databaseUrl?: string;
  databaseCaFile?: string;
  /** Bytes that the database may become: the size of its disk. */
  databaseBudget?: number;
  /** Connections for this box: shared out as 2 x api + worker + 2 (migrations and doctor). */
  pool: { api: number; worker: number };
  /** Where browsers fetch media from: no path, no slash at the end. */
  mediaUrl: string;
  /** What is kept of other servers' media takes no more bytes than these. */
  mediaCacheBytes: number;
  /** Where media lie. Undefined: in a folder, in `dataDir`. */
  s3?: S3Config;
  /** Encrypts what must not lie open in the database. Undefined: made at the first start, in `dataDir`. */
  secretKey?: string;
  mail: MailConfig;
  /** Who translates posts; undefined: nobody. */
  translation?: TranslationConfig;
  /** Addresses or ranges whose `X-Forwarded-*` is believed. */
  trustedProxies: string[];
  /**
   * Where backups go; undefined: the clock makes none. `hour` (UTC) is the earliest of a day, and of the last days,
   * weeks and months so many keep one.
   */
  backup: {
    to?: string;
    passphrase?: string;
    /** Whether pictures and other files go along. */
    withMedia: boolean;
    hour: number;
    keep: { days: number; weeks: number; months: number };
  };
  /** Host patterns that may be spoken to by plain http on loopback addresses: development and tests. */
  allowLoopback: string[];
  rateLimits: boolean;
  logLevel: "debug" | "info" | "warning" | "error";
}

/** A bucket of any S3. */
export interface S3Config {
  /** Undefined: Amazon's own. */
  endpoint?: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Whether the bucket's name stands in the path, and not in the host. */
  isPathStyle: boolean;
}

/** How mails leave. */
export interface TranslationConfig {
  by: "libretranslate" | "deepl";
  /** Without a slash at the end. Undefined: where the service is. */
  url?: string;
  key?: string;
}

export interface MailConfig {
  /** `smtps:` is TLS from the first byte, `smtp:` STARTTLS. Undefined: mails become files in `dataDir`. */
  smtpUrl?: string;
  smtpCaFile?: string;
  /** What stands before `._domainkey` where the sender's DKIM key lies. */
  dkimSelector?: string;
  from: { name: string; address: string };
  /** So many leave on one day (UTC); what is over it waits for the next. */
  dailyLimit: number;
}

/** What the environment looks like to us: `Deno.env.toObject()`, or a test's own. */
export type Environment = Record<string, string | undefined>;

/** The settings make no sense: one line per complaint, each with how to mend it. */
export class BadSettings extends Error {
  override name = "BadSettings";
  constructor(readonly complaints: string[]) {
    super(
      `These settings need mending (.env.example explains each):\n${
        complaints.map((c) => `  ${c}`).join("\n")
      }`,
    );
  }
}

/** Reads all settings at once; throws `BadSettings` with every complaint together. Empty means not set. */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    settings.map((name) => [name, environment[name]?.trim() || undefined]),
  );
  const read = schema.safeParse(given);
  const complaints = (read.error?.issues ?? []).map((issue) =>
    `${issue.path.join(".")}: ${issue.message} (it says ${shown(String(issue.path[0]), given)})`
  );
  complaints.push(...missing(given));
  if (!read.success) throw new BadSettings(complaints);
  const s = read.data;
  const baseUrl = s.BASE_URL ?? `http://localhost:${s.PORT}`;
  const worker = s.DB_POOL_WORKER ?? Math.max(2, Math.floor(s.DB_POOL_SIZE / 4));
  const api = Math.floor((s.DB_POOL_SIZE - worker - 2) / 2);
  if (api < 2) {
    const most = s.DB_POOL_SIZE - 6;
    complaints.push(
      `DB_POOL_WORKER: say at most ${most}, or raise DB_POOL_SIZE: two API processes need the rest`,
    );
  }
  if (complaints.length > 0) throw new BadSettings(complaints);
  const s3 = {
    endpoint: s.S3_ENDPOINT,
    region: s.S3_REGION,
    bucket: s.S3_BUCKET ?? "",
    accessKeyId: s.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: s.S3_SECRET_ACCESS_KEY ?? "",
    isPathStyle: s.S3_PATH_STYLE,
  };
  const keep = s.BACKUP_KEEP.split(" ").map((span) => parseInt(span));
  return {
    mediaUrl: s.MEDIA_URL ?? baseUrl,
    mediaCacheBytes: s.MEDIA_CACHE_BYTES,
    s3: s3.bucket === "" ? undefined : s3,
    baseUrl,
    handleDomain: (s.HANDLE_DOMAIN ?? new URL(baseUrl).host).toLowerCase(),
    port: s.PORT,
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL,
    databaseCaFile: s.DATABASE_CA_FILE,
    databaseBudget: s.DB_BUDGET_BYTES,
    pool: { api, worker },
    secretKey: s.SECRET_KEY,
    mail: {
      smtpUrl: s.SMTP_URL,
      smtpCaFile: s.SMTP_CA_FILE,
      from: s.MAIL_FROM ?? { name: "", address: `riff@${new URL(baseUrl).hostname}` },
      dkimSelector: s.MAIL_DKIM_SELECTOR,
      dailyLimit: s.MAIL_DAILY_LIMIT,
    },
    translation: s.TRANSLATE_BY && { by: s.TRANSLATE_BY, url: s.TRANSLATE_URL, key: s.TRANSLATE_KEY },
    trustedProxies: s.TRUSTED_PROXIES,
    backup: {
      to: s.BACKUP_TO,
      passphrase: s.BACKUP_PASSPHRASE,
      withMedia: s.BACKUP_MEDIA,
      hour: s.BACKUP_HOUR,
      keep: { days: keep[0]!, weeks: keep[1]!, months: keep[2]! },
    },
    allowLoopback: s.ALLOW_LOOPBACK,
    rateLimits: s.RATE_LIMITS,
    logLevel: s.LOG_LEVEL,
  };
}

/** What is not said, though something that is said needs it: known even where other settings make no sense. */
function missing(given: Environment): string[] {
  const complaints: string[] = [];
  const bucket = [given.S3_BUCKET, given.S3_ACCESS_KEY_ID, given.S3_SECRET_ACCESS_KEY];
  if (bucket.some(Boolean) && !bucket.every(Boolean)) {
    complaints.push(
      "S3_BUCKET: say S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY together, or none of them",
    );
  }
  if (given.SMTP_URL && !given.MAIL_FROM) {
    complaints.push("MAIL_FROM: say which address mails come from, such as Riff <mail@riff.example>");
  }
  if (given.TRANSLATE_BY === "libretranslate" && !given.TRANSLATE_URL) {
    complaints.push("TRANSLATE_URL: say where LibreTranslate is, such as https://translate.example");
  }
  if (given.TRANSLATE_BY === "deepl" && !given.TRANSLATE_KEY) {
    complaints.push("TRANSLATE_KEY: say the key that DeepL has given you");
  }
  if (given.BACKUP_TO && !given.BACKUP_PASSPHRASE) {
    complaints.push(
      "BACKUP_PASSPHRASE: say at least 16 characters, because what goes to BACKUP_TO holds everybody's secrets",
    );
  }
  return complaints;
}

/** What a setting says, for a complaint: never the value of one that holds a secret. */
function shown(name: string, given: Environment): string {
  const isSecret = /SECRET|TOKEN|KEY|PASSPHRASE|URL$/.test(name) && !/^(BASE|MEDIA)_URL$/.test(name);
  return isSecret ? "something else" : `\`${redacted(given[name] ?? "")}\``;
}
