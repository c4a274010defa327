import type { Status } from "../base/entities.ts";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { PostList } from "../posts/PostList.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { IconName } from "../ui/icons.ts";

export interface LandingPageProps {
  /** The newest public posts of members. */
  posts: Status[];
}

/** Five strings; the second and the fourth are sounding. */
function HeroStrings() {
  return (
    <svg class="hero-strings" viewBox="0 0 1056 136" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 12h1056M0 36c120 0 120-16 264-16s132 32 264 32 132-32 264-32 144 16 264 16M0 60h1056M0 84c80 0 80 14 176 14s88-28 176-28 88 28 176 28 88-28 176-28 88 28 176 28 96-14 176-14M0 108h1056" />
    </svg>
  );
}

/** The plectrum, with the two letters of the word that share a string. */
function HeroPick() {
  return (
    <svg class="hero-pick" viewBox="0 0 100 112" aria-hidden="true">
      <path class="pick" d="M50 2c26 0 47 9 47 29 0 29-30 79-47 79S3 60 3 31C3 11 24 2 50 2z" />
      <path
        class="pick-word"
        stroke-width="7"
        d="M38 76V37c0-7 3.5-10.5 10-10.5M58 76V37c0-7 3.5-10.5 10-10.5"
      />
      <path class="pick-word" stroke-width="4" d="M26 46h50" />
    </svg>
  );
}

/** What a visitor sees first: what this is, who is here, and the way in. */
export function LandingPage({ posts }: LandingPageProps) {
  const { t, instance } = usePage();
  const { enabled, approval_required: approval } = instance.registrations;
  const promises: [IconName, string, string][] = [
    ["globe", t.instance.landingFediverse, t.instance.landingFediverseText],
    ["moon", t.instance.landingCalm, t.instance.landingCalmText],
    ["person", t.instance.landingOwn, t.instance.landingOwnText],
  ];
  return (
    <div class="landing">
      <section class="hero">
        <HeroStrings />
        <HeroPick />
        <h1>{t.instance.landingTitle(instance.title)}</h1>
        <p class="hero-text" dir="auto">{instance.description || t.instance.landingText}</p>
        <div class="hero-buttons">
          {enabled && (
            <ButtonLink href={paths.signUp} tone="primary">
              {approval ? t.auth.requestButton : t.auth.signUpTitle}
            </ButtonLink>
          )}
          <ButtonLink href={paths.signIn}>{t.nav.signIn}</ButtonLink>
        </div>
        {!enabled && <p class="fine">{t.instance.landingClosed}</p>}
      </section>
      <ul class="promises">
        {promises.map(([icon, title, text]) => (
          <li key={title}>
            <Icon name={icon} />
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      {posts.length > 0 && (
        <section class="landing-posts" aria-labelledby="said">
          <h2 class="section-title" id="said">{t.instance.landingPosts}</h2>
          <PostList posts={posts} empty="" />
          <p class="landing-more">
            <a href={paths.local}>{t.instance.landingMore}</a>
          </p>
        </section>
      )}
    </div>
  );
}
