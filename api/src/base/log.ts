import { configureSync, getConfig, getLogfmtFormatter, getLogger, type Logger } from "@logtape/logtape";
import type { LogLevel, LogRecord } from "@logtape/logtape";
import type { Config } from "./config.ts";
import { hidden, isSecretName, redacted } from "./redaction.ts";

/**
 * The log: one line for each thing that happened, in logfmt (`time=... level=... logger=... msg=... name=value`),
 * on stderr. Say what is always the same in the message, and the rest in properties:
 *
 *   ctx.log.warning("A delivery was refused", { inbox, status, error });
 *
 * Secrets are taken out of everything that is written, wherever they hide. A property `ip` is kept, for whoever
 * runs a server must be able to see who is knocking: log it where that is the question, and nowhere else. Logs
 * live seven days at most.
 */

/** A line this long holds enough; a stranger's input must not fill the disk. */
const longestLine = 8000;
/** Enough to see what was meant. */
const deepest = 4;
const mostItems = 50;

const format = getLogfmtFormatter();

/**
 * Opens a log and answers its logger. LogTape keeps its settings once per process: servers that share one
 * (tests) each open a log under a `name` of its own, and the four starts all mean the same one.
 *
 * @param level What is less important is not written.
 * @param write Takes each finished line, without its end.
 */
export function openLog(
  level: Config["logLevel"],
  write: (line: string) => void = console.error,
  name = "riff",
): Logger {
  const before = getConfig();
  configureSync({
    reset: true,
    sinks: { ...before?.sinks, [name]: (record: LogRecord) => write(lineOf(record)) },
    loggers: [
      ...before?.loggers.filter((logger) => logger.category !== name) ?? [metaLogger],
      { category: name, sinks: [name], lowestLevel: level },
    ],
  });
  return getLogger(name);
}

/** LogTape's own complaints. Only ours and these are written: what libraries say of strangers' input is noise. */
const metaLogger = { category: ["logtape", "meta"], lowestLevel: "error" as LogLevel };

function lineOf(record: LogRecord): string {
  return format({
    ...record,
    message: [redacted(wordsOf(record))],
    properties: fields(Object.entries(record.properties), 0),
  }).trimEnd().slice(0, longestLine);
}

/** The message, with the values that it names. */
function wordsOf({ message, rawMessage }: LogRecord): string {
  const names = typeof rawMessage === "string"
    ? Array.from(rawMessage.matchAll(/\{([^{}]*)\}/g), ([, name]) => name!)
    : [];
  const words = message.map((part, index) => {
    const value = index % 2 ? told(names[(index - 1) / 2] ?? "", part) : part;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
  return words.join("").slice(0, longestLine);
}

/** A value as it can be written down: no secrets, no depths, and errors in full. */
function told(name: string, value: unknown, depth = 0): unknown {
  if (value === undefined || value === null) return value;
  if (isSecretName(name)) return hidden;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") return redacted(String(value).slice(0, longestLine));
  if (value instanceof Error) return redacted(tellError(value).slice(0, longestLine));
  if (depth === deepest) return hidden;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => told("", item, depth + 1));
  if (value instanceof Map || value instanceof Headers) return fields([...value], depth + 1);
  // Instants and URLs know how to say it; of what else has a class this tells no more than that it is one.
  return isPlain(value) ? fields(Object.entries(value), depth + 1) : redacted(String(value));
}

function fields(entries: [unknown, unknown][], depth: number): Record<string, unknown> {
  return Object.fromEntries(
    entries.slice(0, mostItems).map((
      [key, value],
    ) => [redacted(String(key)), told(String(key), value, depth)]),
  );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Name, message, code, where, and the same of what caused it. What libraries hang on an error besides (requests
 * with their headers, rows with their values) stays out.
 */
function tellError(error: Error, depth = 0): string {
  const { code, stack, cause } = error as Error & { code?: unknown };
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const causes = error instanceof AggregateError ? error.errors : cause === undefined ? [] : [cause];
  return [
    `${error.name}: ${error.message}${typeof code === "string" ? ` (${code})` : ""}`,
    ...frames,
    ...depth === deepest
      ? []
      : causes.slice(0, 5).map((cause) =>
        `caused by ${cause instanceof Error ? tellError(cause, depth + 1) : cause}`
      ),
  ].join("\n");
}
