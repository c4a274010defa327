/** How much something was used in public on one day. */
export interface UsedDay {
  id: string;
  /** Such as `2026-11-23`, in UTC. */
  day: string;
  uses: number;
  accounts: number;
}

/** One day of Mastodon's `history`: numbers are texts there, and days seconds since 1970. */
export interface HistoryEntity {
  day: string;
  uses: string;
  accounts: string;
}

const daysShown = 7;

/** The beginnings of today and the days before, in UTC: a week, today first. */
export function lastDays(now: Temporal.Instant): Temporal.Instant[] {
  const today = now.toZonedDateTimeISO("UTC").startOfDay();
  return Array.from({ length: daysShown }, (_, ago) => today.subtract({ days: ago }).toInstant());
}

/** For each thing by its id how much it was used on each of these days. */
export function histories(
  days: readonly Temporal.Instant[],
  used: readonly UsedDay[],
): (id: string) => HistoryEntity[] {
  const byDay = new Map(used.map((day) => [`${day.id} ${day.day}`, day]));
  return (id) =>
    days.map((day) => {
      const { uses = 0, accounts = 0 } = byDay.get(`${id} ${day.toString().slice(0, 10)}`) ?? {};
      return { day: String(day.epochMilliseconds / 1000), uses: String(uses), accounts: String(accounts) };
    });
}
