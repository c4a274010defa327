import type { ComponentChildren } from "preact";
import type { CustomEmoji } from "../base/entities.ts";
import { Html } from "../base/Html.tsx";
import { usePage } from "../base/page.tsx";
import { Icon } from "../ui/Icon.tsx";

/** What a post and each of its earlier versions have in common. */
interface Written {
  content: string;
  spoiler_text: string;
  language?: string | null;
  emojis: CustomEmoji[];
  filtered?: { filter: { title: string } }[];
}

/**
 * What a post says, and what belongs to it; folded below its content warning where it has one, and below the names of
 * the filters that caught it.
 */
export function PostBody({ post, children }: { post: Written; children?: ComponentChildren }) {
  const { t } = usePage();
  const filters = post.filtered?.map(({ filter }) => filter.title) ?? [];
  const content = (
    <>
      <Html html={post.content} lang={post.language} emojis={post.emojis} class="post-content" />
      {children}
    </>
  );
  const body = post.spoiler_text
    ? (
      <Fold label={t.posts.contentWarning} text={post.spoiler_text} lang={post.language}>
        {content}
      </Fold>
    )
    : content;
  if (filters.length === 0) return body;
  return <Fold label={t.posts.filtered} showsLabel text={filters.join(", ")}>{body}</Fold>;
}

interface FoldProps {
  /** What kind of warning this is. */
  label: string;
  showsLabel?: boolean;
  text: string;
  lang?: string | null;
  children: ComponentChildren;
}

/** A line that says what lies below, for whoever wants to see it. */
function Fold({ label, showsLabel, text, lang, children }: FoldProps) {
  const { t } = usePage();
  return (
    <details class="post-warning">
      <summary>
        <Icon name="warning" />
        <span class={showsLabel ? undefined : "visually-hidden"}>{label}:</span>
        <span class="post-warning-text" dir="auto" lang={lang ?? undefined}>{text}</span>
        <span class="post-warning-show">{t.posts.show}</span>
        <span class="post-warning-hide">{t.posts.hide}</span>
      </summary>
      {children}
    </details>
  );
}
