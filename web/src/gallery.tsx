/**
 * Every page with sample data, to look at and to test:
 *   deno run -A web/src/gallery.tsx        shows them on http://localhost:8080
 */
import type { ComponentChildren } from "preact";
import { FollowersPage } from "./accounts/FollowersPage.tsx";
import { FollowingPage } from "./accounts/FollowingPage.tsx";
import { ProfilePage } from "./accounts/ProfilePage.tsx";
import { AdminLinkPage } from "./auth/AdminLinkPage.tsx";
import { ConfirmPage } from "./auth/ConfirmPage.tsx";
import { ConsentPage } from "./auth/ConsentPage.tsx";
import { ForgotPage } from "./auth/ForgotPage.tsx";
import { LinkGonePage } from "./auth/LinkGonePage.tsx";
import { MailboxPage } from "./auth/MailboxPage.tsx";
import { OutOfBandCodePage } from "./auth/OutOfBandCodePage.tsx";
import { PendingPage } from "./auth/PendingPage.tsx";
import { ResetPage } from "./auth/ResetPage.tsx";
import { SignInPage } from "./auth/SignInPage.tsx";
import { SignUpPage } from "./auth/SignUpPage.tsx";
import type { Page } from "./base/page.tsx";
import { renderPage } from "./base/render.tsx";
import { assets, stylesheets } from "./base/styles.ts";
import { CollectionPage } from "./collections/CollectionPage.tsx";
import { BookmarksPage } from "./feeds/BookmarksPage.tsx";
import { FavouritesPage } from "./feeds/FavouritesPage.tsx";
import { HomePage } from "./feeds/HomePage.tsx";
import { PublicTimelinePage } from "./feeds/PublicTimelinePage.tsx";
import { TagPage } from "./feeds/TagPage.tsx";
import { DoctorPage } from "./doctor/DoctorPage.tsx";
import * as samples from "./gallery_samples.ts";
import { AboutPage } from "./instance/AboutPage.tsx";
import { ErrorPage } from "./instance/ErrorPage.tsx";
import { LandingPage } from "./instance/LandingPage.tsx";
import { PrivacyPage } from "./instance/PrivacyPage.tsx";
import { EndDigestPage } from "./notifications/EndDigestPage.tsx";
import { FollowRequestsPage } from "./notifications/FollowRequestsPage.tsx";
import { MessageRequestsPage } from "./notifications/MessageRequestsPage.tsx";
import { NotificationsPage } from "./notifications/NotificationsPage.tsx";
import { DeletedPage } from "./posts/DeletedPage.tsx";
import { DeletePage } from "./posts/DeletePage.tsx";
import { EditPage } from "./posts/EditPage.tsx";
import { HistoryPage } from "./posts/HistoryPage.tsx";
import { PostPage } from "./posts/PostPage.tsx";
import { SearchPage } from "./search/SearchPage.tsx";
import { SettingsPage } from "./settings/SettingsPage.tsx";

const { alice, bob, rimu, longest, bread, radio, birds, reply, answer, timeline, relationship } = samples;
const { question, answered, secret, pictured, film, hidden } = samples;
const collected = {
  ...{ id: "1", name: "People who bake", description: "Sourdough &amp; more", sensitive: true },
  tag: { name: "bread", url: "" },
};
const typedPoll = { options: ["Beans", "", "Beans"], expires_in: 3600, multiple: true };
const edits = [bread, { ...bread, created_at: bread.edited_at ?? "" }].map((version, index) => ({
  ...version,
  poll: index === 0 ? { options: [{ title: "Rye" }, { title: "Wheat" }] } : undefined,
  content: index === 0 ? "<p>The sourdough finaly rose.</p>" : version.content,
}));
const more = { older: "?max_id=1", newer: "?min_id=9" };
const requests = [bob, rimu, longest];

/** The pages that a member sees: a path for each, and what is on it. */
const forMembers: Record<string, ComponentChildren> = {
  "/home": <HomePage posts={timeline} older="?max_id=1" />,
  "/home/empty": <HomePage posts={[]} />,
  "/home/refused": (
    <HomePage
      posts={[radio]}
      draft={{
        status: "Far too long",
        spoiler_text: "Length",
        visibility: "private",
        language: "de",
        poll: typedPoll,
        attached: [samples.picture("1"), samples.picture("2", { preview_url: null, description: null })],
        sensitive: true,
      }}
      error="At most 500 characters, please."
    />
  ),
  "/notifications": (
    <NotificationsPage
      notifications={[
        samples.notification("1", "mention", bob, reply),
        samples.notification("2", "follow_request", rimu),
        samples.notification("3", "favourite", bob, bread),
        samples.notification("4", "reblog", rimu, bread),
        samples.notification("5", "follow", longest),
        samples.notification("6", "update", bob, radio),
        samples.notification("7", "poll", alice, answered),
        samples.notification("8", "quote", bob, answer),
        samples.notification("9", "quoted_update", rimu, birds),
        samples.notification("10", "admin.sign_up", rimu),
        { ...samples.notification("12", "added_to_collection", longest), collection: collected },
        {
          ...samples.notification("13", "severed_relationships", alice),
          event: { target_name: "elsewhere.example", followers_count: 1, following_count: 12 },
        },
        {
          ...samples.notification("14", "moderation_warning", alice),
          moderation_warning: { text: "Please put a warning over pictures of food.\n\nThank you!" },
        },
        samples.report("11", bob, longest, "Sends the same advertisement to everybody."),
      ]}
      unread={["1", "2"]}
      kept={3}
      {...more}
    />
  ),
  "/notifications/requests": (
    <MessageRequestsPage
      requests={[
        { id: "1", account: rimu, last_status: birds },
        { id: "2", account: longest, last_status: samples.endless },
        { id: "3", account: bob },
      ]}
      {...more}
    />
  ),
  "/follow_requests": <FollowRequestsPage accounts={requests} />,
  "/public/local": <PublicTimelinePage which="local" posts={[bread, radio]} {...more} />,
  "/tags/bread": <TagPage tag="bread" isFollowed={false} posts={[bread]} />,
  "/bookmarks": <BookmarksPage posts={[bread]} />,
  "/favourites": <FavouritesPage posts={[]} />,
  "/search": (
    <SearchPage
      query="b"
      accounts={requests}
      relationships={[relationship("2"), relationship("3", { following: true }), relationship("4")]}
      tags={[{ name: "bread", url: "" }, { name: "beans", url: "" }]}
      collections={[collected]}
      posts={[]}
    />
  ),
  "/collections/1": (
    <CollectionPage
      collection={collected}
      owner={longest}
      accounts={[alice, bob, rimu]}
      relationships={[relationship("2"), relationship("3", { following: true })]}
    />
  ),
  "/@alice": (
    <ProfilePage account={alice} tab="posts" pinned={[bread]} posts={[answer, samples.boost]} {...more} />
  ),
  "/@bob": (
    <ProfilePage
      account={bob}
      relationship={relationship("2", { followed_by: true })}
      tab="replies"
      pinned={[]}
      posts={[reply]}
    />
  ),
  "/@longest": (
    <ProfilePage
      account={longest}
      relationship={relationship("4", { following: true })}
      tab="posts"
      pinned={[]}
      posts={[]}
    />
  ),
  "/@alice/followers": (
    <FollowersPage
      account={alice}
      accounts={requests}
      relationships={[relationship("3", { following: true })]}
    />
  ),
  "/@bob/104": <PostPage status={reply} ancestors={[bread]} descendants={[answer]} />,
  "/@alice/101": <PostPage status={bread} ancestors={[]} descendants={[reply, answer, samples.endless]} />,
  "/@alice/101/edit": (
    <EditPage
      status={bread}
      source={{ id: bread.id, text: "The sourdough finally rose.", spoiler_text: "" }}
    />
  ),
  "/@alice/113": <PostPage status={pictured} ancestors={[]} descendants={[film, hidden]} />,
  "/@alice/113/edit": (
    <EditPage
      status={pictured}
      source={{ id: pictured.id, text: "The new sign is up.", spoiler_text: "" }}
    />
  ),
  "/@bob/110": <PostPage status={question} ancestors={[]} descendants={[answered]} />,
  "/@rimu@elsewhere.test/112": <PostPage status={secret} ancestors={[]} descendants={[]} />,
  "/@alice/111/edit": (
    <EditPage status={answered} source={{ id: answered.id, text: "What goes on bread?", spoiler_text: "" }} />
  ),
  "/@alice/101/history": <HistoryPage status={bread} edits={edits} />,
  "/@alice/101/delete": <DeletePage status={bread} />,
  "/admin/doctor": (
    <DoctorPage
      findings={[
        { area: "database", level: "good", what: "PostgreSQL 18, 2.1 GB, 31 of 47 connections" },
        {
          ...{ area: "storage", level: "doubtful", what: "Everybody can list the bucket media" },
          mend: "Make the bucket private: riff hands out what people may see",
        },
        {
          ...{ area: "mail", level: "bad", what: "smtp.example:587 does not take the user and password" },
          mend: "Check SMTP_URL against what your provider says",
        },
      ]}
    />
  ),
  "/posts/deleted": <DeletedPage text="The sourdough finally rose." />,
  "/settings": (
    <SettingsPage
      maxNoteLength={500}
      minPasswordLength={8}
      sessions={[
        { id: "1", browser: "Firefox on Linux", lastSeenAt: samples.minutesAgo(1), current: true },
        { id: "2", lastSeenAt: samples.minutesAgo(3000), current: false },
      ]}
      applications={[{
        id: "1",
        name: "Tusky",
        website: "https://tusky.example",
        scopes: ["read", "write", "push"],
        authorisedAt: samples.minutesAgo(90_000),
      }]}
      passwordErrors={{ current_password: "That is not your present password." }}
      mail={{
        mail: { email: "alice@mail.example", newEmail: "alice.longer@elsewhere.example", wantsDigest: true },
        errors: { email_password: "That is not your present password." },
      }}
      policy={{
        for_not_following: "accept",
        for_not_followers: "accept",
        for_new_accounts: "drop",
        for_private_mentions: "filter",
        for_bots: "accept",
      }}
    />
  ),
  "/oauth/authorize": (
    <ConsentPage
      app={{ name: "Ice Cubes", website: "https://icecubes.example" }}
      scopes={["read", "write:statuses", "push", "crypto"]}
      request={{ client_id: "1", state: "x" }}
      returnsTo="icecubes.example"
    />
  ),
  "/oauth/code": <OutOfBandCodePage app="toot" code="4f1d0c0f5a3e4b1f9a7e6d5c4b3a2918" />,
  "/auth/admin": <AdminLinkPage token="x" />,
};

/** The pages that a visitor sees. */
const forVisitors: Record<string, ComponentChildren> = {
  "/": <LandingPage posts={[bread, radio, birds]} />,
  "/auth/sign_up": (
    <SignUpPage
      mode="approval"
      minPasswordLength={8}
      values={{ username: "al ice", email: "alice@riff.example" }}
      errors={{ username: "Only letters, digits and underscores.", agreement: "Please accept them first." }}
    />
  ),
  "/auth/sign_up/closed": <SignUpPage mode="closed" minPasswordLength={8} />,
  "/auth/sign_in": <SignInPage identifier="alice" error="Name or password is wrong." next="/home" />,
  "/auth/pending": <PendingPage reason="I live in number 12 and repair bicycles." />,
  "/auth/waiting": <MailboxPage sentTo="alice@riff.example" next="/home" />,
  "/auth/waiting/refused": (
    <MailboxPage sentTo="alice@riff.exmaple" email="alice" errors={{ email: "This is no e-mail address." }} />
  ),
  "/auth/confirm": <ConfirmPage token="x" />,
  "/auth/confirm/gone": <LinkGonePage purpose="confirm" />,
  "/auth/forgot": <ForgotPage email="alice" errors={{ email: "This is no e-mail address." }} />,
  "/auth/forgot/done": <ForgotPage done />,
  "/auth/reset": (
    <ResetPage
      token="x"
      username="alice"
      minPasswordLength={8}
      errors={{ password: "A password has at least 8 characters." }}
    />
  ),
  "/auth/reset/gone": <LinkGonePage purpose="reset" />,
  "/digest": <EndDigestPage token="x" />,
  "/digest/ended": <EndDigestPage token="x" ended />,
  "/auth/admin/visitor": <AdminLinkPage token="x" />,
  "/@alice/visitor": <ProfilePage account={alice} tab="posts" pinned={[]} posts={[bread]} />,
  "/@bob/104/visitor": <PostPage status={reply} ancestors={[bread]} descendants={[answer]} />,
  "/@alice/following": <FollowingPage account={alice} accounts={[bob]} relationships={[]} />,
  "/public": <PublicTimelinePage which="federated" posts={[birds, question, secret]} />,
  "/about": <AboutPage members={108} posts={25_417} version="0.1.0" />,
  "/privacy": <PrivacyPage />,
  ...Object.fromEntries(
    [404, 429, 500].map((
      status,
    ) => [
      `/error/${status}`,
      <ErrorPage key={status} status={status} requestId={status === 500 ? crypto.randomUUID() : undefined} />,
    ]),
  ),
};

/** A path of the gallery, and the page behind it as HTML. */
export interface Shown {
  path: string;
  html: string;
}

/** Every page, with one stylesheet at `stylesheet`. `given` changes what is around them, such as the direction. */
export function gallery(stylesheet: string, given: Partial<Page> = {}): Shown[] {
  const show = (who: "member" | "visitor") => ([path, children]: [string, ComponentChildren]): Shown => {
    const notice = path === "/settings" ? { kind: "success", text: "Saved." } as const : undefined;
    const page = samples.samplePage(path, who, { notice, ...given });
    return { path, html: renderPage({ page, stylesheet, head: { title: path }, children }) };
  };
  return [
    ...Object.entries(forMembers).map(show("member")),
    ...Object.entries(forVisitors).map(show("visitor")),
  ];
}

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'self'";

/** Answers the pages, their styles and their pictures, under the rules that a real server has for them. */
export async function galleryServer(given?: Partial<Page>): Promise<(request: Request) => Promise<Response>> {
  const stylesheet = "/assets/riff.css";
  const styles = await Promise.all(stylesheets.map((file) => Deno.readTextFile(file)));
  const pages = new Map(gallery(stylesheet, given).map(({ path, html }) => [path, html]));
  const links = [...pages.keys()].map((path) => `<p><a href="${path}">${path}</a>`).join("");
  pages.set("/gallery", `<!doctype html><title>Gallery</title>${links}`);

  return async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    if (path === stylesheet) return respond(200, "text/css; charset=utf-8", styles.join("\n"));
    if (path.startsWith("/assets/")) {
      const file = await Deno.readFile(new URL(path.slice("/assets/".length), assets)).catch(() => undefined);
      return respond(file ? 200 : 404, path.endsWith(".svg") ? "image/svg+xml" : "image/png", file);
    }
    const html = pages.get(path);
    return respond(html ? 200 : 404, "text/html; charset=utf-8", html ?? "Nothing here: see /gallery");
  };
}

function respond(status: number, type: string, body?: BodyInit): Response {
  return new Response(body, { status, headers: { "content-type": type, "content-security-policy": policy } });
}

if (import.meta.main) Deno.serve({ port: 8080 }, await galleryServer());
