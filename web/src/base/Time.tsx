import { ago, inFull } from "./dates.ts";
import { usePage } from "./page.tsx";

/** When something happened: `5m`, with the whole date on hover. `full` writes the whole date out. */
export function Time({ at, full = false }: { at: string; full?: boolean }) {
  const { t, now } = usePage();
  const whole = t.time.utc(inFull(at, t.locale));
  return (
    <time datetime={at} title={full ? undefined : whole}>
      {full ? whole : ago(at, now, t.locale, t.time.now)}
    </time>
  );
}
