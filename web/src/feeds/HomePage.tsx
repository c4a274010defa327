import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Composer, type Draft } from "../posts/Composer.tsx";
import { PostList } from "../posts/PostList.tsx";
import { ButtonLink } from "../ui/Button.tsx";

export interface HomePageProps {
  posts: Status[];
  newer?: string;
  older?: string;
  /** A post that was refused, and why. */
  draft?: Draft;
  error?: string;
}

/** Where a member begins: what they would like to say, and what those whom they follow have said. */
export function HomePage({ posts, newer, older, draft, error }: HomePageProps) {
  const { t } = usePage();
  return (
    <>
      <h1 class="visually-hidden">{t.feeds.homeTitle}</h1>
      {!newer && <Composer draft={draft} error={error} />}
      <PostList posts={posts} newer={newer} older={older} empty={t.feeds.homeEmpty} />
      {posts.length === 0 && (
        <p class="centred">
          <ButtonLink href={paths.local} icon="people">{t.feeds.findPeople}</ButtonLink>
        </p>
      )}
    </>
  );
}
