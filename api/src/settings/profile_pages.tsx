import { actions } from "@riff/web/base/paths.ts";
import { z } from "zod";
import { editProfile } from "../accounts/edit_profile.ts";
import { browser, type Call, type Known, type Route, takingFiles } from "../auth/access.ts";
import { type CredentialEntity, showCredentials } from "../auth/credentials.ts";
import { updatePreferences } from "../auth/store.ts";
import { complaintsOf } from "../base/complaints.ts";
import { Invalid } from "../base/errors.ts";
import type { Input } from "../base/input.ts";
import { bool, languageTag, parse, text } from "../base/schema.ts";
import { Upload } from "../base/upload.ts";
import { maxFields } from "../instance/limits.ts";
import { maxImageBytes } from "../instance/media_limits.ts";
import { backToSettings, settingsPage } from "./pages.tsx";

const typed = text(10_000).default("");
const box = bool.default(false);

const profileForm = z.object({
  display_name: typed,
  note: typed,
  avatar_description: typed,
  header_description: typed,
  locked: box,
  bot: box,
  discoverable: box,
  indexable: box,
  privacy: z.enum(["public", "unlisted", "private", "direct"]),
  language: z.union([languageTag, z.literal("").transform(() => null)]).default(null),
});
type ProfileForm = z.output<typeof profileForm>;

interface Row {
  name: string;
  value: string;
}

/** The form for one's profile, and for how one's posts start. */
export const pages: Route[] = [
  takingFiles(
    2 * maxImageBytes,
    browser("POST", actions.saveProfile, async (c) => {
      const { ctx, me, member, input } = c.var;
      const form = parse(profileForm, input);
      const rows = readRows(input);
      try {
        await editProfile(ctx, me, {
          avatar: pictureIn(input, "avatar"),
          header: pictureIn(input, "header"),
          displayName: form.display_name,
          bio: form.note,
          avatarDescription: form.avatar_description,
          headerDescription: form.header_description,
          fields: rows,
          isLocked: form.locked,
          isBot: form.bot,
          isDiscoverable: form.discoverable,
          isIndexable: form.indexable,
        }, member.locale);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return settingsPage(c, {
          profileErrors: complaintsOf(error),
          profile: await asTyped(c, form, rows),
        });
      }
      await updatePreferences(ctx.db, me.id, {
        defaultVisibility: form.privacy,
        defaultLanguage: form.language,
      });
      return backToSettings(c, "saved", "profile");
    }),
  ),
];

/** A new picture, null where the one that is there is to go, undefined where it is to stay. */
function pictureIn(input: Input, name: "avatar" | "header"): Upload | null | undefined {
  const sent = input[name];
  if (sent instanceof Upload) return sent;
  return input[`${name}_removed`] === undefined ? undefined : null;
}

/** Each row is two fields of the form: `field_name_0` and `field_value_0`, and so on. */
function readRows(input: unknown): Row[] {
  const numbers = Array.from({ length: maxFields }, (_, number) => number);
  const schema = z.object(
    Object.fromEntries(numbers.flatMap((n) => [[`field_name_${n}`, typed], [`field_value_${n}`, typed]])),
  );
  const sent: Record<string, string> = parse(schema, input);
  return numbers.map((n) => ({ name: sent[`field_name_${n}`] ?? "", value: sent[`field_value_${n}`] ?? "" }));
}

/** The profile as it would be: what somebody wrote is not lost because something about it was wrong. */
async function asTyped(c: Call<Known>, form: ProfileForm, rows: Row[]): Promise<CredentialEntity> {
  const { ctx, me, member } = c.var;
  const present = await showCredentials(ctx, me, member);
  const { display_name, note, locked, bot, discoverable, indexable, privacy, language } = form;
  const { avatar_description, header_description } = form;
  return {
    ...present,
    ...{ display_name, locked, bot, avatar_description, header_description },
    source: {
      ...present.source,
      ...{ note, discoverable, indexable, privacy, language },
      fields: rows.map((row) => ({ ...row, verified_at: null })),
    },
  };
}
