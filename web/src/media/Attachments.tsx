import type { MediaAttachment } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { classes } from "../ui/classes.ts";
import { Icon } from "../ui/Icon.tsx";

export interface AttachmentsProps {
  attachments: MediaAttachment[];
  /** They stay folded until somebody wants to see them. Not where a content warning folds them already. */
  hidden?: boolean;
}

/** The pictures, films and sounds of a post, each with what its author says of it for those who don't see it. */
export function Attachments({ attachments, hidden }: AttachmentsProps) {
  const { t } = usePage();
  if (attachments.length === 0) return null;
  const list = (
    <ul class={classes("media", attachments.length > 1 && "media-several")}>
      {attachments.map((one) => (
        <li key={one.id}>
          <Attachment attachment={one} alone={attachments.length === 1} />
          {one.description && <Description text={one.description} />}
        </li>
      ))}
    </ul>
  );
  if (!hidden) return list;
  return (
    <details class="post-warning media-warning">
      <summary>
        <Icon name="warning" />
        <span class="post-warning-text">{t.media.sensitive}</span>
        <span class="post-warning-show">{t.posts.show}</span>
        <span class="post-warning-hide">{t.posts.hide}</span>
      </summary>
      {list}
    </details>
  );
}

function Attachment({ attachment, alone }: { attachment: MediaAttachment; alone: boolean }) {
  const { t } = usePage();
  const { type, url, preview_url, description, meta } = attachment;
  const label = description ?? t.media.undescribed;
  const size = meta.original ?? meta.small;
  const sides = { width: size?.width, height: size?.height };
  if (!url) return null;
  if (type === "video" || type === "gifv") {
    const poster = preview_url ?? undefined;
    return (
      <video
        controls
        playsInline
        loop={type === "gifv"}
        preload="none"
        {...{ poster, ...sides }}
        src={url}
        aria-label={label}
      />
    );
  }
  if (type === "audio") return <audio controls preload="none" src={url} aria-label={label} />;
  if (type === "unknown" || !preview_url) {
    return <a class="media-elsewhere" href={url} rel="nofollow noopener noreferrer">{t.media.unknown}</a>;
  }
  return (
    <a class={classes("media-picture", ...focusOf(attachment, alone))} href={url} target="_blank">
      <img src={preview_url} alt={label} {...sides} loading="lazy" />
    </a>
  );
}

/** The description for whoever sees the picture, too: what is meant is often not what is seen. */
function Description({ text }: { text: string }) {
  const { t } = usePage();
  return (
    <details class="media-description">
      <summary>{t.media.description}</summary>
      <p dir="auto">{text}</p>
    </details>
  );
}

/**
 * What must stay in sight where the picture is cropped, as one of five places in each direction: the policy of our
 * pages allows no styles of a single element.
 */
function focusOf({ meta: { focus } }: MediaAttachment, alone: boolean): string[] {
  if (!focus || alone) return [];
  const place = (value: number) => Math.round((value + 1) * 2);
  return [`focus-x-${place(focus.x)}`, `focus-y-${place(-focus.y)}`];
}
