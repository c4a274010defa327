import { AccountAvatar } from "../accounts/AccountAvatar.tsx";
import { AccountName } from "../accounts/AccountName.tsx";
import type { Account, Notification, Status } from "../base/entities.ts";
import { textOf } from "../base/Html.tsx";
import { usePage } from "../base/page.tsx";
import { paths } from "../base/paths.ts";
import { Time } from "../base/Time.tsx";
import { Post } from "../posts/Post.tsx";
import { classes } from "../ui/classes.ts";
import { Icon } from "../ui/Icon.tsx";
import type { IconName } from "../ui/icons.ts";
import { RequestAnswers } from "./RequestAnswers.tsx";

/** The types that we show, with the word and the picture of each. */
const kinds = {
  mention: { icon: "at", word: "mention" },
  quote: { icon: "reply", word: "quote" },
  status: { icon: "bell", word: "status" },
  reblog: { icon: "boost", word: "reblog" },
  favourite: { icon: "heart", word: "favourite" },
  follow: { icon: "personAdd", word: "follow" },
  follow_request: { icon: "personAdd", word: "followRequest" },
  update: { icon: "edit", word: "update" },
  quoted_update: { icon: "edit", word: "quotedUpdate" },
  poll: { icon: "poll", word: "poll" },
  added_to_collection: { icon: "people", word: "collected" },
  collection_update: { icon: "edit", word: "collectionEdit" },
  severed_relationships: { icon: "block", word: "severed" },
  moderation_warning: { icon: "warning", word: "warned" },
  "admin.sign_up": { icon: "person", word: "signUp" },
  "admin.report": { icon: "warning", word: "report" },
} as const satisfies Record<string, { icon: IconName; word: string }>;

/** Of oneself it reads otherwise. */
const ownPoll = { icon: "poll", word: "ownPoll" } as const;

/** Where the post is the news. */
const shownWhole: ReadonlySet<string> = new Set([
  "mention",
  "quote",
  "status",
  "update",
  "quoted_update",
  "poll",
]);

/** One thing that happened. A type that we do not know is passed over. */
export function NotificationItem({ notification, unread }: { notification: Notification; unread: boolean }) {
  const { t, viewer } = usePage();
  const { type, account, status, report, event, collection, moderation_warning: warning } = notification;
  if (!isKind(type)) return null;
  const { icon, word } = type === "poll" && account.id === viewer?.account.id ? ownPoll : kinds[type];
  return (
    <li class={classes("notification", `notification-${type}`, unread && "notification-unread")}>
      <Icon name={icon} class="notification-icon" />
      <div class="notification-words">
        <p class="notification-line">
          <AccountAvatar account={account} size="small" />
          <span>
            {unread && <span class="visually-hidden">{t.notifications.unread}:</span>}
            {t.notifications[word](
              <a href={paths.profile(account)}>
                <AccountName account={account} />
              </a>,
            )}
          </span>
          <span class="notification-time">
            <Time at={notification.created_at} />
          </span>
        </p>
        {type === "follow_request" && <RequestAnswers account={account} />}
        {collection && (
          <a class="notification-excerpt" href={paths.collection(collection)} dir="auto">{collection.name}</a>
        )}
        {event && (
          <p>
            {t.notifications.severedFrom(event.target_name, event.followers_count, event.following_count)}
          </p>
        )}
        {warning && warning.text !== "" && <p class="notification-warning" dir="auto">{warning.text}</p>}
        {report && <Reported account={report.target_account} comment={report.comment} />}
        {status && shownWhole.has(type) && <Post status={status} />}
        {status && (type === "favourite" || type === "reblog") && <Excerpt status={status} />}
      </div>
    </li>
  );
}

function isKind(type: string): type is keyof typeof kinds {
  return Object.hasOwn(kinds, type);
}

/** The beginning of one's own post, to know which one it is about. */
function Excerpt({ status }: { status: Status }) {
  const words = status.spoiler_text || textOf(status.content, 160);
  return <a class="notification-excerpt" href={paths.post(status)} dir="auto">{words}</a>;
}

/** Whom somebody has reported, and why. */
function Reported({ account, comment }: { account: Account; comment: string }) {
  const { t } = usePage();
  return (
    <div class="notification-report">
      <p>
        {t.notifications.reported(
          <a href={paths.profile(account)}>
            <AccountName account={account} />
          </a>,
        )}
      </p>
      {comment !== "" && <p dir="auto">{comment}</p>}
    </div>
  );
}
