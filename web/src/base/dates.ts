/** Dates for people, in their language. The server does not know their time zone, so all is told in UTC. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, as short as can be: `now`, `5m`, `3h`, `6d`, then `12 Mar`, and with the year when it is another. */
export function ago(at: string, now: Temporal.Instant, locale: string, nowWord: string): string {
  const { units, dates } = formatters(locale);
  const passed = now.epochMilliseconds - Date.parse(at);
  if (passed < minute) return nowWord;
  if (passed < hour) return units.minute.format(Math.floor(passed / minute));
  if (passed < day) return units.hour.format(Math.floor(passed / hour));
  if (passed < 7 * day) return units.day.format(Math.floor(passed / day));
  const thisYear = new Date(now.epochMilliseconds).getUTCFullYear();
  const shape = new Date(at).getUTCFullYear() === thisYear ? dates.dayInYear : dates.date;
  return shape.format(Date.parse(at));
}

/** The same within a sentence: `now`, `5 minutes ago`, `yesterday`, then the date. */
export function agoInWords(at: string, now: Temporal.Instant, locale: string): string {
  const { relative, dates } = formatters(locale);
  const passed = now.epochMilliseconds - Date.parse(at);
  if (passed < minute) return relative.format(0, "second");
  if (passed < hour) return relative.format(-Math.floor(passed / minute), "minute");
  if (passed < day) return relative.format(-Math.floor(passed / hour), "hour");
  if (passed < 7 * day) return relative.format(-Math.floor(passed / day), "day");
  return dates.date.format(Date.parse(at));
}

/** How long until then, within a sentence: `in 5 minutes`, `in 3 hours`, `tomorrow`, `in 30 days`. */
export function untilInWords(at: string, now: Temporal.Instant, locale: string): string {
  const left = Date.parse(at) - now.epochMilliseconds;
  const { relative } = formatters(locale);
  if (left < hour) return relative.format(Math.max(1, Math.round(left / minute)), "minute");
  if (left < day) return relative.format(Math.round(left / hour), "hour");
  return relative.format(Math.round(left / day), "day");
}

/** `30 minutes`, `6 hours`, `7 days`: a number of seconds that is a whole number of one of these. */
export function spanInWords(seconds: number, locale: string): string {
  const { spans } = formatters(locale);
  const span = seconds * 1000;
  if (span < hour) return spans.minute.format(span / minute);
  if (span < day) return spans.hour.format(span / hour);
  return spans.day.format(span / day);
}

/** `12 March 2026 at 14:05` */
export function inFull(at: string, locale: string): string {
  return formatters(locale).dates.full.format(Date.parse(at));
}

/** `12 Mar 2026` */
export function onDate(at: string, locale: string): string {
  return formatters(locale).dates.date.format(Date.parse(at));
}

/** `March 2026` */
export function inMonth(at: string, locale: string): string {
  return formatters(locale).dates.month.format(Date.parse(at));
}

type Formatters = ReturnType<typeof makeFormatters>;

/** Making a formatter costs a thousand times what using it costs, so those of a language are made once. */
const made = new Map<string, Formatters>();

function formatters(locale: string): Formatters {
  const known = made.get(locale) ?? makeFormatters(locale);
  made.set(locale, known);
  return known;
}

function makeFormatters(locale: string) {
  // English without a region would be American: 3/12 for the 12th of March.
  const region = locale === "en" ? "en-GB" : locale;
  const date = (shape: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(region, { ...shape, timeZone: "UTC" });
  const unit = (unit: string, unitDisplay: "narrow" | "long" = "narrow") =>
    new Intl.NumberFormat(region, { style: "unit", unit, unitDisplay });
  return {
    dates: {
      dayInYear: date({ day: "numeric", month: "short" }),
      date: date({ day: "numeric", month: "short", year: "numeric" }),
      month: date({ month: "long", year: "numeric" }),
      full: date({ dateStyle: "long", timeStyle: "short" }),
    },
    units: { minute: unit("minute"), hour: unit("hour"), day: unit("day") },
    spans: { minute: unit("minute", "long"), hour: unit("hour", "long"), day: unit("day", "long") },
    relative: new Intl.RelativeTimeFormat(region, { numeric: "auto" }),
  };
}
