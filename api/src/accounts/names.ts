import type { Fault } from "../base/complaints.ts";

/** Which names an account of ours may have. */

/** Characters of a name, at the most: as Mastodon has it, because others cut or refuse longer ones. */
export const longestName = 30;

/** Names that would let a member pass for the server, its staff or its mail. */
const reserved = new Set(
  `abuse account accounts actor admin administration administrator admins announcement announcements anonymous api
  app apps auth billing bot bots contact everyone fediverse ftp guest guests help helpdesk here host hostmaster
  imap info instance legal localhost login logout mail mailer mailer_daemon mastodon media mod moderation
  moderator moderators mods news no_reply noreply nobody noc null oauth official operator owner password
  pop3 postmaster privacy register relay report reports riff root security server service settings signin
  signup smtp spam staff support sysadmin system team terms undefined webmaster www`.split(/\s+/),
);

/** What is wrong with the shape of a name; undefined when nothing is. */
export function faultOfName(username: string): Fault | undefined {
  if (username === "") return "ERR_BLANK";
  if (username.length > longestName) return "ERR_TOO_LONG";
  return /^[a-z0-9_]+$/i.test(username) ? undefined : "ERR_INVALID";
}

/** Whether only those who run the server may have this name. */
export function isReserved(username: string): boolean {
  return reserved.has(username.toLowerCase());
}
