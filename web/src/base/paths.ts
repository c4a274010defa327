/**
 * Every path that a page links to or posts to, spelled once. What is posted is listed under `actions`, so
 * that the server's routes can be held against it.
 */

/** Who a path leads to: an `Account`, a `Mention`, or anything else that has an address. */
interface Addressed {
  acct: string;
}

/** Which post a path leads to. */
interface Written {
  id: string;
  account: Addressed;
}

const profile = (account: Addressed) => `/@${account.acct}`;
const post = (status: Written) => `${profile(status.account)}/${status.id}`;

export const paths = {
  landing: "/",
  home: "/home",
  notifications: "/notifications",
  /** Who has written and was kept back. */
  messageRequests: "/notifications/requests",
  followRequests: "/follow_requests",
  local: "/public/local",
  federated: "/public",
  bookmarks: "/bookmarks",
  favourites: "/favourites",
  settings: "/settings",
  /** For admins. */
  doctor: "/admin/doctor",
  search: "/search",
  about: "/about",
  privacy: "/privacy",
  signUp: "/auth/sign_up",
  signIn: "/auth/sign_in",
  /** For those who have signed in and may not enter yet: says what they wait for. */
  waiting: "/auth/waiting",
  forgot: "/auth/forgot",
  authorize: "/oauth/authorize",
  /** Shows the code to whom no app can fetch it for. */
  showCode: "/oauth/authorize/native",

  /** `/@alice`, `/@rimu@elsewhere.test` */
  profile,
  withReplies: (account: Addressed) => `${profile(account)}/with_replies`,
  followers: (account: Addressed) => `${profile(account)}/followers`,
  following: (account: Addressed) => `${profile(account)}/following`,
  tag: (name: string) => `/tags/${encodeURIComponent(name)}`,
  collection: ({ id }: { id: string }) => `/collections/${id}`,

  /** `/@alice/123` */
  post,
  /** The composer below a post. */
  reply: (status: Written) => `${post(status)}#reply`,
  edit: (status: Written) => `${post(status)}/edit`,
  history: (status: Written) => `${post(status)}/history`,
  /** Asks once more before a post is deleted. */
  remove: (status: Written) => `${post(status)}/delete`,

  favicon: "/assets/favicon.svg",
  /** What the app on a home screen is called, and looks like. */
  manifest: "/manifest.json",
  /** For home screens: square, full to the edges. */
  touchIcon: "/assets/icon-180.png",
  /** What `Account.avatar` and `Account.header` say where somebody has none: the pages draw their own. */
  noAvatar: "/assets/avatar.png",
  noHeader: "/assets/header.png",
  /** What link previews of the server itself show. */
  thumbnail: "/assets/thumbnail.png",
} as const;

/** The sign-in or sign-up page, and from there to `next`: the path of a page here. */
export function thenTo(path: string, next: string | undefined): string {
  return next ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/** What a member can do to a post. The undoing of `favourite` is `unfavourite`, and so on. */
export type PostAction =
  | "favourite"
  | "unfavourite"
  | "reblog"
  | "unreblog"
  | "bookmark"
  | "unbookmark"
  | "pin"
  | "unpin"
  | "edit"
  | "delete";

/** What a member can do to somebody. */
export type AccountAction = "follow" | "unfollow" | "block" | "unblock" | "mute" | "unmute";

/** Where forms are posted to. All of them carry `csrf` and `back`, see `Form`. */
export const actions = {
  signUp: "/auth/sign_up",
  signIn: "/auth/sign_in",
  signOut: "/auth/sign_out",
  sendConfirmation: "/auth/waiting",
  /** The one-time links of mails. */
  confirm: (token: string) => `/auth/confirm/${encodeURIComponent(token)}`,
  reset: (token: string) => `/auth/reset/${encodeURIComponent(token)}`,
  forgot: "/auth/forgot",
  authorize: "/oauth/authorize",
  /** The one-time link that makes an account an admin. */
  becomeAdmin: (token: string) => `/auth/admin/${encodeURIComponent(token)}`,

  /** A new post, or a reply where `in_reply_to_id` says so. */
  newPost: "/posts",
  post: (id: string, action: PostAction) => `/posts/${id}/${action}`,
  vote: (pollId: string) => `/polls/${pollId}/votes`,
  account: (id: string, action: AccountAction) => `/accounts/${id}/${action}`,
  followRequest: (accountId: string, answer: "authorize" | "reject") =>
    `/follow_requests/${accountId}/${answer}`,
  followTag: (name: string) => `/tags/${encodeURIComponent(name)}/follow`,
  unfollowTag: (name: string) => `/tags/${encodeURIComponent(name)}/unfollow`,
  messageRequest: (id: string, answer: "accept" | "dismiss") => `/notifications/requests/${id}/${answer}`,
  leaveCollection: (id: string) => `/collections/${id}/leave`,
  clearNotifications: "/notifications/clear",

  saveProfile: "/settings/profile",
  savePolicy: "/settings/strangers",
  changePassword: "/settings/password",
  changeEmail: "/settings/email",
  keepEmail: "/settings/email/keep",
  saveDigest: "/settings/digest",
  endDigest: (token: string) => `/digest/${encodeURIComponent(token)}/end`,
  endSession: (id: string) => `/settings/sessions/${id}/revoke`,
  revokeApplication: (id: string) => `/settings/applications/${id}/revoke`,
} as const;
