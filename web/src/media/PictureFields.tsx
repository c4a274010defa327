import type { MediaAttachment } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { Checkbox, FileField, TextArea } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";

export interface PictureFieldsProps {
  /** What is attached already: of a post that is edited, or from before the server refused it. */
  attached: MediaAttachment[];
  sensitive: boolean;
}

/**
 * What a post shows; folded until it is wanted. Sends what is attached as `media_ids` with `media_attributes`, those
 * of it that are to go as `media_removed`, `file_0` to `file_3` with `file_description_0` and so on, and `sensitive`.
 */
export function PictureFields({ attached, sensitive }: PictureFieldsProps) {
  const { t, instance } = usePage();
  const { max_media_attachments: most } = instance.configuration.statuses;
  const { supported_mime_types: types, description_limit } = instance.configuration.media_attachments;
  const places = Array.from({ length: Math.max(0, most - attached.length) }, (_, place) => place);
  return (
    <details class="composer-part" open={attached.length > 0}>
      <summary>
        <Icon name="picture" />
        <span>{t.media.title}</span>
      </summary>
      <div class="picture-fields">
        {attached.map((one, index) => <Attached key={one.id} attachment={one} index={index} />)}
        {places.map((place) => (
          <div key={place} class="picture-field">
            <FileField
              name={`file_${place}`}
              label={t.media.file(attached.length + place + 1)}
              accept={types}
            />
            <TextArea
              name={`file_description_${place}`}
              label={t.media.descriptionOf(attached.length + place + 1)}
              rows={1}
              maxlength={description_limit}
            />
          </div>
        ))}
        <p class="field-hint">{t.media.hint}</p>
        <Checkbox name="sensitive" label={t.media.markSensitive} checked={sensitive} />
      </div>
    </details>
  );
}

/** One that the server has already: with its picture, so that it can be told what to say of it. */
function Attached({ attachment, index }: { attachment: MediaAttachment; index: number }) {
  const { t, instance } = usePage();
  const { id, preview_url, description } = attachment;
  const said = `media_attributes[${index}]`;
  return (
    <div class="picture-field picture-field-attached">
      <input type="hidden" name={`media_ids[${index}]`} value={id} />
      <input type="hidden" name={`${said}[id]`} value={id} />
      {preview_url
        ? <img src={preview_url} alt={description ?? t.media.undescribed} />
        : <span class="picture-field-empty">{t.media.processing}</span>}
      <div class="picture-field-words">
        <TextArea
          name={`${said}[description]`}
          label={t.media.descriptionOf(index + 1)}
          value={description ?? ""}
          rows={2}
          maxlength={instance.configuration.media_attachments.description_limit}
        />
        <Checkbox
          id={`media_removed-${id}`}
          name={`media_removed[${index}]`}
          value={id}
          label={t.media.remove(index + 1)}
        />
      </div>
    </div>
  );
}
