import { AccountAvatar } from "../accounts/AccountAvatar.tsx";
import type { CredentialAccount } from "../base/entities.ts";
import type { FieldErrors } from "../base/field_errors.ts";
import { Form } from "../base/Form.tsx";
import { LanguageSelect } from "../base/LanguageSelect.tsx";
import { usePage } from "../base/page.tsx";
import { actions, paths } from "../base/paths.ts";
import { VisibilitySelect } from "../posts/Composer.tsx";
import { Button } from "../ui/Button.tsx";
import { Checkbox, FileField, TextArea, TextField } from "../ui/Field.tsx";
import { Section } from "./Section.tsx";

/** How many rows a profile has room for. */
const rows = [0, 1, 2, 3] as const;

/** What is wrong with each of its fields. */
export type ProfileErrors = FieldErrors<
  "avatar" | "header" | "avatar_description" | "header_description" | "display_name" | "note" | "fields"
>;

export interface ProfileFormProps {
  account: CredentialAccount;
  maxNoteLength: number;
  errors?: ProfileErrors;
}

/**
 * The profile, and how posts start. Sends `avatar`, `header`, `avatar_removed`, `header_removed`,
 * `avatar_description`, `header_description`, `display_name`, `note`, `field_name_0` to `field_value_3`, `locked`,
 * `bot`, `discoverable`, `indexable`, `privacy`, `language`.
 */
export function ProfileForm({ account, maxNoteLength, errors = {} }: ProfileFormProps) {
  const { t } = usePage();
  const { source } = account;
  return (
    <Section id="profile" title={t.settings.profile} lead={t.settings.profileLead}>
      <Form action={actions.saveProfile} class="form" takesFiles>
        <TextField
          name="display_name"
          label={t.settings.displayName}
          value={account.display_name}
          error={errors.display_name}
          autocomplete="nickname"
        />
        <TextArea
          name="note"
          label={t.settings.bio}
          hint={t.settings.bioHint(maxNoteLength)}
          value={source.note}
          error={errors.note}
        />
        <ProfilePictures account={account} errors={errors} />
        <ProfileRows account={account} error={errors.fields} />
        <fieldset>
          <legend>{t.settings.privacy}</legend>
          <Checkbox
            name="locked"
            label={t.settings.locked}
            hint={t.settings.lockedHint}
            checked={account.locked}
          />
          <Checkbox
            name="discoverable"
            label={t.settings.discoverable}
            hint={t.settings.discoverableHint}
            checked={source.discoverable === true}
          />
          <Checkbox
            name="indexable"
            label={t.settings.indexable}
            hint={t.settings.indexableHint}
            checked={source.indexable}
          />
          <Checkbox name="bot" label={t.settings.bot} hint={t.settings.botHint} checked={account.bot} />
        </fieldset>
        <fieldset class="fieldset-pair">
          <legend>{t.settings.posting}</legend>
          <VisibilitySelect
            explained
            name="privacy"
            label={t.settings.defaultVisibility}
            value={source.privacy}
          />
          <LanguageSelect name="language" label={t.settings.defaultLanguage} value={source.language} />
        </fieldset>
        <div class="form-buttons">
          <Button tone="primary">{t.settings.save}</Button>
        </div>
      </Form>
    </Section>
  );
}

function ProfilePictures({ account, errors = {} }: Pick<ProfileFormProps, "account" | "errors">) {
  const { t, instance } = usePage();
  const accept = instance.configuration.media_attachments.supported_mime_types.filter(isImage);
  const hasAvatar = !account.avatar_static.endsWith(paths.noAvatar);
  const hasHeader = !account.header_static.endsWith(paths.noHeader);
  return (
    <div class="fieldset-pair">
      <div class="picture-field">
        <FileField
          name="avatar"
          label={t.settings.avatar}
          hint={t.settings.avatarHint}
          error={errors.avatar}
          accept={accept}
        />
        {hasAvatar && (
          <>
            <AccountAvatar account={account} size="large" />
            <Checkbox name="avatar_removed" label={t.settings.removeAvatar} />
          </>
        )}
        <TextField
          name="avatar_description"
          label={t.settings.avatarDescription}
          value={account.avatar_description}
          error={errors.avatar_description}
        />
      </div>
      <div class="picture-field">
        <FileField
          name="header"
          label={t.settings.header}
          hint={t.settings.headerHint}
          error={errors.header}
          accept={accept}
        />
        {hasHeader && (
          <>
            <img class="picture-field-header" src={account.header_static} alt="" width={1500} height={500} />
            <Checkbox name="header_removed" label={t.settings.removeHeader} />
          </>
        )}
        <TextField
          name="header_description"
          label={t.settings.headerDescription}
          value={account.header_description}
          error={errors.header_description}
        />
      </div>
    </div>
  );
}

const isImage = (type: string) => type.startsWith("image/");

function ProfileRows({ account, error }: { account: CredentialAccount; error?: string }) {
  const { t } = usePage();
  return (
    <fieldset aria-describedby="fields-hint">
      <legend>{t.settings.fields}</legend>
      <p class="field-hint" id="fields-hint">{t.settings.fieldsHint}</p>
      {error && <p class="field-error">{error}</p>}
      {rows.map((row) => (
        <div key={row} class="fieldset-pair">
          <TextField
            name={`field_name_${row}`}
            label={t.settings.fieldName(row + 1)}
            value={account.source.fields[row]?.name}
          />
          <TextField
            name={`field_value_${row}`}
            label={t.settings.fieldValue(row + 1)}
            value={account.source.fields[row]?.value}
          />
        </div>
      ))}
    </fieldset>
  );
}
