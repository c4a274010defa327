import { AccountAvatar } from "../accounts/AccountAvatar.tsx";
import { nameOf } from "../accounts/names.ts";
import type { MediaAttachment, Status, Visibility } from "../base/entities.ts";
import { Form } from "../base/Form.tsx";
import { LanguageSelect } from "../base/LanguageSelect.tsx";
import { usePage, type Viewer } from "../base/page.tsx";
import { actions } from "../base/paths.ts";
import { PictureFields } from "../media/PictureFields.tsx";
import { PollFields, type TypedPoll } from "../polls/PollFields.tsx";
import { Button } from "../ui/Button.tsx";
import { Select, TextArea, TextField } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { narrower, visibilities } from "./visibility.ts";

/** What the form sends, as the API names it: for showing it again after a refusal. */
export interface Draft {
  status: string;
  spoiler_text: string;
  visibility: Visibility;
  language: string;
  poll?: TypedPoll;
  /** What was uploaded before the server refused the post. */
  attached?: MediaAttachment[];
  sensitive?: boolean;
}

export interface ComposerProps {
  /** What is answered. */
  inReplyTo?: Status;
  /** What was written before the server refused it. */
  draft?: Draft;
  /** Why it refused. */
  error?: string;
}

/** Where a member writes a post or a reply. Sends `status`, `spoiler_text`, `visibility`, `language`, `in_reply_to_id`, `poll`, and files. */
export function Composer({ inReplyTo, draft, error }: ComposerProps) {
  const { t, viewer, instance } = usePage();
  if (!viewer) return null;
  const start = draft ?? firstDraft(viewer, inReplyTo);
  return (
    <Form
      action={actions.newPost}
      class="composer"
      takesFiles
      id="reply"
      label={inReplyTo ? t.composer.reply : t.composer.title}
    >
      {inReplyTo && <input type="hidden" name="in_reply_to_id" value={inReplyTo.id} />}
      <AccountAvatar account={viewer.account} />
      <div class="composer-words">
        <TextArea
          name="status"
          label={inReplyTo ? t.composer.replyText(nameOf(inReplyTo.account)) : t.composer.text}
          value={start.status}
          hint={t.composer.limit(instance.configuration.statuses.max_characters)}
          error={error}
          rows={inReplyTo ? 2 : 3}
        />
        <div class="composer-parts">
          <PictureFields
            attached={draft?.attached ?? []}
            sensitive={draft?.sensitive ?? viewer.account.source.sensitive}
          />
          <Warning text={start.spoiler_text} />
          <PollFields poll={start.poll} />
        </div>
        <div class="composer-options">
          <VisibilitySelect name="visibility" value={start.visibility} />
          <LanguageSelect name="language" label={t.composer.language} value={start.language} />
          <Button tone="primary">{inReplyTo ? t.composer.reply : t.composer.post}</Button>
        </div>
      </div>
    </Form>
  );
}

/** The line that a post is folded below; folded itself until it is wanted. */
export function Warning({ text }: { text: string }) {
  const { t } = usePage();
  return (
    <details class="composer-part" open={text !== ""}>
      <summary>
        <Icon name="warning" />
        <span>{t.composer.warning}</span>
      </summary>
      <TextField
        name="spoiler_text"
        label={t.composer.warning}
        hint={t.composer.warningHint}
        value={text}
        maxlength={500}
      />
    </details>
  );
}

export interface VisibilitySelectProps {
  name: string;
  value: Visibility;
  label?: string;
  /** Says what each choice means: where there is room. */
  explained?: boolean;
}

/** Who may see something. */
export function VisibilitySelect({ name, value, label, explained }: VisibilitySelectProps) {
  const { t } = usePage();
  const { visibility: words, visibilityHint: hints } = t.posts;
  const options = visibilities.map((choice) => ({
    value: choice,
    label: explained ? `${words[choice]}: ${hints[choice]}` : words[choice],
  }));
  return <Select name={name} label={label ?? t.composer.visibility} value={value} options={options} />;
}

/** Where a post starts: a reply calls everybody who is in the conversation, and is no more public than it. */
function firstDraft(viewer: Viewer, inReplyTo?: Status): Omit<Draft, "language"> & { language?: string } {
  const { privacy } = viewer.account.source;
  if (!inReplyTo) return { status: "", spoiler_text: "", visibility: privacy };
  const called = [inReplyTo.account, ...inReplyTo.mentions].filter((one) => one.id !== viewer.account.id);
  const handles = [...new Set(called.map((one) => `@${one.acct} `))];
  return {
    status: handles.join(""),
    spoiler_text: inReplyTo.spoiler_text,
    visibility: narrower(privacy, inReplyTo.visibility),
  };
}
