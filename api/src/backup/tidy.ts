import type { Config } from "../base/config.ts";
import { timeIn } from "./format.ts";
import { kept } from "./keep.ts";
import type { Place } from "./place.ts";

/** Removes the backups that have had their day; answers their names. What is no backup of this server stays. */
export async function removeOld({ backup, baseUrl }: Config, place: Place): Promise<string[]> {
  const { host } = new URL(baseUrl);
  const dated = (await place.list()).flatMap(({ name }) => {
    const time = timeIn(name, host);
    return time ? [{ name, time }] : [];
  });
  const stay = kept(dated.map(({ time }) => time), backup.keep);
  const gone = dated.filter(({ time }) => !stay.has(time)).map(({ name }) => name);
  for (const name of gone) await place.remove(name);
  return gone;
}
