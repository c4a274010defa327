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
}

/** What a post says, and what belongs to it; folded below its content warning where it has one. */
export function PostBody({ post, children }: { post: Written; children?: ComponentChildren }) {
  const { t } = usePage();
  const content = (
    <>
      <Html html={post.content} lang={post.language} emojis={post.emojis} class="post-content" />
      {children}
    </>
  );
  if (!post.spoiler_text) return content;
  return (
    <details class="post-warning">
      <summary>
        <Icon name="warning" />
        <span class="visually-hidden">{t.posts.contentWarning}:</span>
        <span class="post-warning-text" dir="auto" lang={post.language ?? undefined}>
          {post.spoiler_text}
        </span>
        <span class="post-warning-show">{t.posts.show}</span>
        <span class="post-warning-hide">{t.posts.hide}</span>
      </summary>
      {content}
    </details>
  );
}
